"""Lists of English words and of words written for others, kept as text in `english/`.

In a list of words `[section]` opens a section, `#` begins a remark, and every line holds words;
in a list of pairs a line is `as written = as meant`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from voice.understanding.words import words_of


@cache
def word_lists(name: str) -> Mapping[str, frozenset[str]]:
    """The sections of `english/<name>.txt`: the words of each."""
    found: dict[str, set[str]] = {}
    for section, line in lines_of(name):
        found.setdefault(section, set()).update(line.split())
    return {section: frozenset(words) for section, words in found.items()}


def says_any(name: str, section: str, text: str) -> bool:
    """Whether one of the words of that section of `english/<name>.txt` is among these."""
    listed = word_lists(name)[section]
    return any(word.folded in listed for word in words_of(text))


@cache
def phrase_lists(name: str) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """The sections of `english/<name>.txt`: each line one phrase, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for section, line in lines_of(name):
        found.setdefault(section, []).append(tuple(line.split()))
    return {title: tuple(sorted(lines, key=len, reverse=True)) for title, lines in found.items()}


@cache
def pairs(name: str) -> Mapping[str, Mapping[tuple[str, ...], tuple[str, ...]]]:
    """The sections of `english/<name>.txt`: the words before the sign and those after it."""
    found: dict[str, dict[tuple[str, ...], tuple[str, ...]]] = {}
    for section, line in lines_of(name):
        written, _, meant = line.partition(" = ")
        found.setdefault(section, {})[tuple(written.split())] = tuple(meant.split())
    return found


def exchanged(words: list[str], pairs_of: Mapping[tuple[str, ...], tuple[str, ...]]) -> list[str]:
    """The words with every stretch that is on the left of a pair exchanged, the longest first."""
    longest = max(map(len, pairs_of), default=0)
    made: list[str] = []
    at = 0
    while at < len(words):
        for size in range(min(longest, len(words) - at), 0, -1):
            meant = pairs_of.get(tuple(words[at : at + size]))
            if meant is not None:
                made += meant
                at += size
                break
        else:
            made.append(words[at])
            at += 1
    return made


def lines_of(name: str) -> Iterator[tuple[str, str]]:
    """The lines of `english/<name>.txt`, each with its section; without the remarks."""
    text = files("voice.understanding").joinpath(f"english/{name}.txt").read_text("utf-8")
    section = ""
    for line in text.splitlines():
        line = line.split("#")[0].strip()
        if line.startswith("["):
            section = line.strip("[]")
        elif line:
            yield section, line
