"""No card's number comes further than the door: it is cut out of all that a door hands in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from voice.turn import Line, Turn
from voice.understanding.cards import without_cards

NO_CARDS = "I can't take card numbers over the telephone, so I haven't kept the one you said."


def turn_without_cards(turn: Turn) -> Turn:
    """The same turn, its lines before it too; it knows whether a number was in its own words."""
    text = without_cards(turn.text)
    history = turn.history
    if history is not None:
        history = tuple(line_without_cards(line) for line in history)
    if (text, history) == (turn.text, turn.history):
        return turn
    keys = tuple(without_cards(each) for each in turn.keys)
    return replace(turn, text=text, history=history, keys=keys, card_left_out=text != turn.text)


def line_without_cards(line: Line) -> Line:
    """The same line of a conversation."""
    text = without_cards(line.text)
    return line if text == line.text else replace(line, text=text)


def anything_without_cards(found: Any) -> Any:
    """The same arguments or report, whatever they hold."""
    match found:
        case str():
            return without_cards(found)
        case dict():
            return {name: anything_without_cards(value) for name, value in found.items()}
        case list():
            return [anything_without_cards(value) for value in found]
    return found
