from __future__ import annotations

import pytest

from voice.understanding.tagging.tagger import (
    SHA256,
    TaggedTurn,
    Tagger,
    WeightsRefused,
    load_tagger,
    tagger_of,
)

READ_BACK = "That's a booster for Bella on Friday the fourth at two with Tess. Shall I book it?"
OFFER = "I have nine, quarter past ten or half two on Thursday with Nora. Which suits?"


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return load_tagger()


def read(tagger: Tagger, text: str, asked: str = "confirm", agent: str = READ_BACK) -> TaggedTurn:
    return tagger.tag_turn(text, asked=asked, agent=agent)


def labels(turn: TaggedTurn) -> list[str]:
    return [each.label for each in turn.tagged]


def test_a_yes_may_have_a_question_behind_it(tagger: Tagger) -> None:
    text = "yes please will I have to leave her with you"
    turn = read(tagger, text)
    assert [(text[each.start : each.end], each.label) for each in turn.tagged] == [
        ("yes please", "affirm"),
        ("will I have to leave her with you", "ask:policy"),
    ]


@pytest.mark.parametrize(
    "refusal",
    [
        "no",
        "no thanks",
        "yeah no that's not going to work",
        "ah no don't bother",
        "that doesn't suit me at all",
        "none of that is right",
        "no that's wrong",
        "I'd rather not",
    ],
)
def test_a_refusal_is_never_surely_a_yes(tagger: Tagger, refusal: str) -> None:
    turn = read(tagger, refusal)
    assert not [each for each in turn.tagged if each.label == "affirm" and each.confidence > 0.5]


def test_words_after_offers_pick_one_and_after_a_question_for_a_time_name_one(
    tagger: Tagger,
) -> None:
    assert labels(read(tagger, "half two", "choose", OFFER)) == ["choose"]
    assert labels(read(tagger, "half two", "time", "What time would suit?")) == ["give:when"]


def test_stretches_lie_in_order_without_marks_at_their_edges(tagger: Tagger) -> None:
    text = "Hello, could I book my dog in for Friday morning, please? It's Rita Byrne."
    turn = read(tagger, text, "open", "Good morning, how can I help?")
    places = [place for each in turn.tagged for place in (each.start, each.end)]
    assert places == sorted(places)
    for each in turn.tagged:
        assert text[each.start : each.end].strip(" ,.?") == text[each.start : each.end]


def test_a_detail_that_mends_another_corrects_it(tagger: Tagger) -> None:
    given = [each for each in read(tagger, "no, Thursday").tagged if each.label == "give:when"]
    assert [each.corrects for each in given] == [True]


def test_the_second_best_reading_is_another(tagger: Tagger) -> None:
    turn = read(tagger, "leave it")
    assert turn.instead != turn.tagged


def test_every_label_has_its_chance(tagger: Tagger) -> None:
    chances = read(tagger, "yes").chances
    assert chances["affirm"] > chances["deny"]
    assert all(0 <= chance <= 1 for chance in chances.values())


@pytest.mark.parametrize("text", ["", "  ", "\u200b", "\x00"])
def test_nothing_said_is_read_as_nothing(tagger: Tagger, text: str) -> None:
    assert read(tagger, text) == TaggedTurn()


def test_long_turns_are_read_to_their_end(tagger: Tagger) -> None:
    text = "well you see my neighbour told me all about it " * 20 + "so can I book friday morning"
    turn = read(tagger, text, "open", "Good morning, how can I help?")
    assert any(text[each.start : each.end].endswith("friday morning") for each in turn.tagged)


def test_weights_that_are_not_ours_are_refused_before_anything_reads_them() -> None:
    with pytest.raises(WeightsRefused):
        tagger_of(dict.fromkeys(SHA256, b"not a model"), SHA256)
