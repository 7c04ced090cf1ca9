"""No card's number comes further than the door, or the journal's door where the lines before are
its own: it is cut out of all that is handed in, told at once or in pieces."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from voice.turn import Line, Turn
from voice.understanding.numbers.cards import CUT, MOST, expected_after, without_cards

NO_CARDS = "I can't take card numbers over the telephone, so I haven't kept the one you said."
LARGEST = 10**MOST


def turn_without_cards(turn: Turn, before: Sequence[Line] | None = None) -> Turn:
    """The same turn, its lines before it too; it knows whether a number was in its own words.
    `before`: the lines that were heard, where the turn brings none."""
    history = None if turn.history is None else lines_without_cards(turn.history)
    text = text_without_cards(turn.text, history or before or ())
    if (text, history) == (turn.text, turn.history):
        return turn
    left_out = text != turn.text
    # Which of them were pressed cannot be told any more.
    keys = tuple(each for each in turn.keys if each in text) if left_out else turn.keys
    return replace(turn, text=text, history=history, keys=keys, card_left_out=left_out)


def lines_without_cards(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The same lines of a conversation; what stood in those before tells what digits are of."""
    kept: list[Line] = []
    for line in lines:
        text = text_without_cards(line.text, kept if line.who == "caller" else ())
        kept.append(line if text == line.text else replace(line, text=text))
    return tuple(kept)


def text_without_cards(text: str, before: Sequence[Line]) -> str:
    """What the caller says after these lines."""
    callers = [line.text for line in before[-8:] if line.who == "caller"]
    ours = before[-1].text if before and before[-1].who == "us" else ""
    return without_cards(text, expected_after(callers[-2:], ours))


def anything_without_cards(found: Any) -> Any:
    """The same arguments or report, whatever they hold."""
    match found:
        case str():
            return without_cards(found)
        case int() | float() if abs(found) < LARGEST and CUT in without_cards(str(found)):
            return CUT  # a model may leave a number unquoted
        case dict():
            return {name: anything_without_cards(value) for name, value in found.items()}
        case list():
            return [anything_without_cards(value) for value in found]
    return found
