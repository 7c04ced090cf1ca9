from __future__ import annotations

import pytest

from voice.understanding.tagging.word_pieces import WordPieces

PIECES = ("[UNK]", "[CLS]", "[SEP]", "when", "##ever", "o", "'", "clock", "brid", "##s", "e", "日")


def pieces_of(word: str) -> list[str]:
    return [PIECES[piece] for piece in WordPieces(PIECES).ids(word)]


def test_a_word_is_cut_into_the_longest_pieces_known() -> None:
    assert pieces_of("whenever") == ["when", "##ever"]


def test_a_word_with_an_unknown_part_is_unknown_whole() -> None:
    assert pieces_of("whenzz") == ["[UNK]"]


def test_marks_stand_alone() -> None:
    assert pieces_of("o'clock") == ["o", "'", "clock"]


def test_capitals_and_accents_do_not_count() -> None:
    assert pieces_of("Bríd") == ["brid"]


def test_every_ideograph_stands_alone() -> None:
    assert pieces_of("日日") == ["日", "日"]


@pytest.mark.parametrize("word", ["", "\u200b", "\u0301", "\x00"])
def test_what_cannot_be_seen_has_no_piece(word: str) -> None:
    assert pieces_of(word) == []


def test_an_endless_word_is_unknown() -> None:
    assert pieces_of("e" * 101) == ["[UNK]"]
