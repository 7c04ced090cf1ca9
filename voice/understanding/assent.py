"""What turns a yes or a no: "yes please, wait no", "that's right except the name", "no, go ahead".

The first word of an answer weighs most, but not against the words after it: what is booked, moved
or cancelled on a yes needs one that nothing takes back, nothing limits and no question follows.
"""

from __future__ import annotations

from voice.understanding.phrasebook import phrases
from voice.understanding.words import plain

_SHORT = 2
"""Words: "yes please?" only sounds like a question."""


def taken_back(said: str) -> bool:
    """Whether a no, or a second thought, follows or contradicts the yes in plain words."""
    return _says("taken back", without_courtesies(said))


def limited(said: str) -> bool:
    """Whether the yes in plain words holds only in part: "except the name", "if it's with Ben"."""
    return _says("limited", without_courtesies(said))


def agrees_after_all(said: str) -> bool:
    """Whether a no in plain words only waves something away: "no worries, book it"."""
    return _says("agrees after all", said)


def asks_back(said: str) -> bool:
    """Whether plain words that sound like a yes ask for one: "is that right?"."""
    return _says("asks back", said)


def asks_too(text: str) -> bool:
    """Whether a question comes with the answer; to be asked to do the thing is none."""
    said = f"{without_courtesies(plain(text))} "
    rest = phrases("answers")["asks the act"].sub(" ", said)
    sounds = text.rstrip().endswith("?") and len(said.split()) > _SHORT and rest == said
    return sounds or _says("asks too", rest)


def clean_yes(text: str) -> bool:
    """Whether words read as a yes can be acted on as they are: there is nothing beside the yes
    that would have to be heard first."""
    said = plain(text)
    turned = not agrees_after_all(said) and (taken_back(said) or limited(said))
    return not (turned or asks_back(said) or asks_too(text))


def plain_yes(text: str) -> bool:
    """Whether a yes is more than thanks: "ok thanks" may only end what was being talked of."""
    said = plain(text)
    return _says("wholehearted", said) or not _says("thanks", said)


def only_thanks(text: str) -> bool:
    """Whether nothing was said but thanks."""
    return _says("only thanks", plain(text))


def without_courtesies(said: str) -> str:
    """Without the noes that refuse nothing: "no problem", "why not", "I don't mind"."""
    return phrases("answers")["courtesies"].sub(" ", f"{said} ").strip()


def _says(section: str, said: str) -> bool:
    return phrases("answers")[section].search(f"{said} ") is not None
