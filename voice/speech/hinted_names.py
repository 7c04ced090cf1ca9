"""Names that were expected, written as their business writes them where they sound the same.

A recogniser told of "Vera Cruz" and "brake inspection" may still write "Vera cross" and "break
inspection". Sound is compared by metaphone over whole names, and only over names long enough for
that to mean something, with a word of theirs heard whole: "Anna Reese" is not made "Ana Ruiz", nor
is "very cross" made "Vera Cruz".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import jellyfish

FEWEST_SOUNDS = 5
"""Of a name: shorter ones sound like too much else."""
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def restore_names(text: str, names: Sequence[str]) -> str:
    """The text with every stretch that sounds like one of `names` replaced by that name."""
    sounding = {sound: name for name in reversed(names) for sound in _sounds_of(name)}
    if not sounding:
        return text
    words = list(_WORD.finditer(text))
    written: list[str] = []
    done = at = 0
    while at < len(words):
        for end in range(min(len(words), at + _most_words(names) + 1), at, -1):
            begin, stop = words[at].start(), words[end - 1].end()
            heard = text[begin:stop]
            name = sounding.get(_sound(heard))
            if name is not None and _shares_a_word(heard, name):
                same = _bare(heard) == _bare(name)
                written += [text[done:begin], heard if same else _in_case(name, heard, begin)]
                done, at = stop, end - 1
                break
        at += 1
    return "".join(written) + text[done:]


def _shares_a_word(heard: str, name: str) -> bool:
    return bool(set(_WORD.findall(heard.lower())) & set(_WORD.findall(name.lower())))


def _in_case(name: str, heard: str, begin: int) -> str:
    """A thing that is not first in the sentence keeps the small letter it was heard with."""
    small = begin > 0 and heard[:1].islower() and not name.istitle()
    return name[:1].lower() + name[1:] if small else name


def _most_words(names: Sequence[str]) -> int:
    return max(len(_WORD.findall(name)) for name in names)


def _sounds_of(name: str) -> Iterator[str]:
    sound = _sound(name)
    if len(sound) >= FEWEST_SOUNDS:
        yield sound


@lru_cache(maxsize=4096)
def _sound(words: str) -> str:
    """Of the words run together; every vowel that begins them is one sound."""
    sound = jellyfish.metaphone(_bare(words))
    return f"A{sound[1:]}" if sound[:1] in ("A", "E", "I", "O", "U") else sound


def _bare(words: str) -> str:
    return "".join(sign for sign in words.lower() if sign.isalpha())
