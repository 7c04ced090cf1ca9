"""Names given letter by letter, and the letter that tells how one is written: "Ann with an E"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from voice.understanding.sounding import likeness, sounds_same
from voice.understanding.words import LETTERS, Word, fold


def write_name(said: str) -> str:
    """Title case with the usual inner capitals, unless the words came with their own."""
    bare = said.strip("'’")
    if not bare.isupper() and any(sign.isupper() for sign in bare[1:]):
        return bare
    pieces = re.split(r"([-'’])", bare.lower())
    written = "".join(piece[:1].upper() + piece[1:] for piece in pieces)
    if len(pieces) > 1 and pieces[-1] == "s":
        written = written[:-1] + "s"
    return re.sub(r"^(Mc)([a-z])", lambda found: found[1] + found[2].upper(), written)


_LETTER = re.compile(
    r"\b(?:(?P<has>with(?: an?)?)|without an?|with no|no(?= [b-hj-z]\b)) "
    r"(?P<sign>p h|c k|[a-z])\b(?! [a-z]\b)"
)
_SAID_LIKE = {
    "x": ("cks", "ks", "cs"), "k": ("ch", "c", "q"), "c": ("k", "s"), "ck": ("c", "k"),
    "ph": ("v", "f"), "v": ("ph", "f"), "f": ("ph",), "y": ("ie", "i"), "i": ("y",),
    "z": ("s",), "s": ("z", "c"), "j": ("g",), "g": ("j",),
}  # fmt: skip
"""What may have been written for the sound of these letters."""
_SILENT = "ehst"
"""Letters that are told because nobody hears them at the end."""
_SHORTEST = 3
"""Letters of a name that was spelled; fewer are initials."""
_ALIKE = 0.7


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that a name is written with, or without, and the word that it was said of."""

    sign: str
    written: bool
    of: str


def take_letters(words: Sequence[Word]) -> tuple[list[Word], list[Letter]]:
    """ "Stephen with a P H, Ward": the name without the remark, and without what is only said again
    to hang the remark on; and the remark."""
    letters: list[Letter] = []
    taken: set[int] = set()
    said = [word.folded for word in words]
    joined = " ".join(LETTERS.get(word, word) if "with" in said[:at][-2:] else word
                      for at, word in enumerate(said))  # fmt: skip
    for found in _LETTER.finditer(joined):
        first, last = (joined.count(" ", 0, place) for place in found.span())
        if first == 0:
            continue
        sign = found["sign"].replace(" ", "")
        letters.append(Letter(sign, bool(found["has"]), words[first - 1].folded))
        taken |= set(range(first, last + 1))
        if said[first - 1] in said[: first - 1]:
            taken.add(first - 1)
    return [word for at, word in enumerate(words) if at not in taken], letters


def lettered(name: str, letters: Sequence[Letter]) -> str:
    """The name as these letters say that it is written."""
    parts = name.split()
    for letter in letters:
        if [fold(part) for part in parts[:2]] == [letter.of] * 2:
            parts = parts[1:]  # "Steven with a V, Steven Marsh"
        for at, part in enumerate(parts):
            if fold(part) == letter.of:
                parts[at] = _written(part, letter)
    return " ".join(parts)


def _written(part: str, letter: Letter) -> str:
    """ "Cathy with a K", "Marks with an X", "Ann with an E", "Sarah with no H"."""
    low, sign = part.lower(), letter.sign
    if not letter.written:
        before, _, after = low.rpartition(sign)
        return write_name(before + after)
    if sign in low and (sign not in _SILENT or low.startswith(sign)):
        return part
    for sound in _SAID_LIKE.get(sign, ()):
        if sound in low:
            return write_name(low.replace(sound, sign, 1))
    if sign in _SILENT:
        return part if low.endswith(sign) else f"{part}{sign}"
    return part


def merged(heard: str, spelled: str, said_before: str = "") -> str:
    """A spelling corrects the part of the name that it spells: the one that it is like, else the
    one said right before it; of none of them, it comes first."""
    parts = heard.split()
    for name in _as_heard(spelled, parts):
        place = _place(name, parts, said_before)
        if place is None:
            return f"{spelled} {heard}"
        parts[place] = name
    return " ".join(parts)


def _as_heard(spelled: str, parts: Sequence[str]) -> Sequence[str]:
    """What was spelled; both of "J A Y N E S M Y T H E" where two were heard before."""
    for at in range(_SHORTEST, len(spelled) - _SHORTEST + 1) if len(parts) == 2 else ():
        halves = write_name(spelled[:at]), write_name(spelled[at:])
        if all(_alike(half, part) for half, part in zip(halves, parts, strict=True)):
            return halves
    return (spelled,)


def _place(name: str, parts: Sequence[str], said_before: str) -> int | None:
    """Which part of the name heard this is: the one most like it, or that begins alike."""
    alike = [at for at, part in enumerate(parts) if _alike(name, part)]
    if alike:
        return max(alike, key=lambda at: (likeness(name.lower(), parts[at].lower()), at))
    begun = [at for at, part in enumerate(parts) if part[0].lower() == name[0].lower()]
    if begun:
        return begun[-1]
    spelled = [at for at, part in enumerate(parts) if fold(part) == said_before]
    return spelled[-1] if spelled else len(parts) - 1 if len(parts) > 1 else None


def _alike(name: str, part: str) -> bool:
    one, other = name.lower(), part.lower()
    return one == other or sounds_same(one, other) or likeness(one, other) >= _ALIKE
