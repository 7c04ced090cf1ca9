from __future__ import annotations

import pytest

from tests.clinic import NOW
from voice.understanding.hearing import Hearing
from voice.understanding.said_first import as_meant
from voice.understanding.tagging.plain_yes import is_all_yes, says_yes, yes_phrases
from voice.understanding.tagging.vetoes import without_tag_question

KNOWN = yes_phrases(
    [
        ("yes please", ["yes please"]),
        ("yeah grand", ["yeah grand"]),
        ("yes", ["yes"]),
        ("yeah", ["yeah"]),
        ("no bother at all", ["no bother at all"]),
        ("no bother at all thanks", ["no bother at all"]),
        ("it is", ["it is"]),
        ("what time is it", []),
        ("is it far", []),
        ("it is not", []),
        ("go on", ["go on"]),
        ("go on so", ["go on"]),
        ("book it", ["book it"]),
        ("book it for me", ["book it"]),
    ]
)


@pytest.mark.parametrize(
    "words", ["Yes.", "ah yes go on", "No bother at all", "yeah", "ah go on, book it"]
)
def test_a_known_yes_is_plain(words: str) -> None:
    assert says_yes(words, KNOWN)


@pytest.mark.parametrize("words", ["is it heck", "keep it", "uh", "yes no", "I don't say yes"])
def test_what_no_example_says_or_what_denies_is_not(words: str) -> None:
    assert not says_yes(words, KNOWN)


def test_a_word_that_is_mostly_something_else_is_no_word_of_yes() -> None:
    assert "is" not in KNOWN
    assert "yes" in KNOWN


def test_several_known_yeses_say_nothing_else() -> None:
    assert is_all_yes("yes, go on, book it", KNOWN)
    assert not is_all_yes("go on, book what", KNOWN)
    assert not is_all_yes("yes, no, book it", KNOWN)


def test_a_tag_behind_a_sentence_is_neither_a_yes_nor_a_no() -> None:
    assert without_tag_question("yeah that's grand, no?") == "yeah that's grand?"
    assert without_tag_question("that's with Zofia, right?") == "that's with Zofia?"
    assert without_tag_question("is it nut free, yes or no?") == "is it nut free?"
    assert without_tag_question("No?") == "No?"
    assert without_tag_question("I see. Right?") == "I see. Right?"


@pytest.mark.parametrize(
    ("agent", "said", "meant"),
    [
        ("Is there anything else?", "Now...", "No..."),
        ("Shall I write it down?", "Now.", "No."),
        ("Monday at 3 is free. Does that suit you?", "Now, later.", "No, later."),
        ("Shall I put you through?", "Now, please.", "Now, please."),
        ("When would you like to come?", "Now.", "Now."),
        ("Shall I book it?", "Now on Tuesday", "Now on Tuesday"),
    ],
)
def test_now_alone_answers_no_question_that_wants_a_yes(agent: str, said: str, meant: str) -> None:
    assert as_meant(said, Hearing(now=NOW, asked="support", agent=agent)) == meant
