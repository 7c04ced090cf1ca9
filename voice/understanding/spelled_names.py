"""Names given letter by letter, and the letter that tells how one is written: "Ann with an E"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from voice.understanding.name_lines import NameHeard, NameLine, Span, write_name
from voice.understanding.sounding import likeness, sounds_same
from voice.understanding.words import fold

_LETTER = re.compile(
    r"\b(?:(?P<has>with an?)|without an?|with no|no(?= [b-hj-z]\b)) "
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


def take_letters(line: NameLine) -> tuple[NameLine, tuple[Letter, ...]]:
    """ "Stephen with a P H, Ward": the name without the remark, and the remark."""
    letters: list[Letter] = []
    taken: set[int] = set()
    for found in _LETTER.finditer(line.joined):
        first = line.word_at(found.start())
        if first == 0:
            continue
        sign = found["sign"].replace(" ", "")
        letters.append(Letter(sign, bool(found["has"]), line.words[first - 1].folded))
        taken |= set(range(first, line.word_at(found.end())))
    rest = [word for at, word in enumerate(line.words) if at not in taken]
    return replace(line, words=rest), tuple(letters)


def lettered(heard: NameHeard, letters: Sequence[Letter]) -> NameHeard:
    """The name as these letters say that it is written."""
    parts = heard.name.split()
    for letter in letters:
        if [fold(part) for part in parts[:2]] == [letter.of] * 2:
            parts = parts[1:]  # "Steven with a V, Steven Marsh"
        for at, part in enumerate(parts):
            if fold(part) == letter.of:
                parts[at] = _written(part, letter)
    return replace(heard, name=" ".join(parts))


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


def merged(heard: NameHeard | None, spelled: NameHeard) -> NameHeard:
    """A spelling corrects the part of the name that it spells."""
    if heard is None:
        return spelled
    parts = heard.name.split()
    for name in _as_heard(spelled.name, parts):
        place = _place(name, parts)
        if place is None:
            return _beside(heard, spelled)
        parts[place] = name
    return NameHeard(" ".join(parts), heard.parts)


def _as_heard(spelled: str, parts: Sequence[str]) -> Sequence[str]:
    """The names spelled; both of "J A Y N E S M Y T H E" where two were heard before."""
    if " " in spelled or len(parts) != 2:
        return spelled.split()
    for at in range(_SHORTEST, len(spelled) - _SHORTEST + 1):
        halves = write_name(spelled[:at]), write_name(spelled[at:])
        if all(_alike(half, part) for half, part in zip(halves, parts, strict=True)):
            return halves
    return (spelled,)


def _place(name: str, parts: Sequence[str]) -> int | None:
    """Which part of the name heard this is: the one most like it, or that begins alike."""
    alike = [at for at, part in enumerate(parts) if _alike(name, part)]
    if alike:
        return max(alike, key=lambda at: (likeness(name.lower(), parts[at].lower()), at))
    begun = [at for at, part in enumerate(parts) if part[0].lower() == name[0].lower()]
    if begun:
        return begun[-1]
    return len(parts) - 1 if len(parts) > 1 else None


def _alike(name: str, part: str) -> bool:
    one, other = name.lower(), part.lower()
    return one == other or sounds_same(one, other) or likeness(one, other) >= _ALIKE


def _beside(heard: NameHeard, spelled: NameHeard) -> NameHeard:
    """Spelled first, another name after it: "J A Y N E Smythe"; else the spelling counts."""
    first: Span = heard.parts[0]
    if " " not in spelled.name and spelled.parts[-1][1] <= first[0]:
        return NameHeard(f"{spelled.name} {heard.name}", spelled.parts + heard.parts)
    return NameHeard(spelled.name, heard.parts)
