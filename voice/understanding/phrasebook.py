"""Phrases that callers use, kept as text: one phrase a line, compiled once.

A line is words. `(a|b c)` is one of these, `x?` may be missing, `x*` may come any number of times,
`cancel~` is any word that begins so, `_` is any word, `..` is up to four of them, `...` up to
eight, `!(a|b)` looks ahead and refuses, `^` and `$` are the ends of what was said, `{name}` is a
list of the file's own, given as `name = a | b`. `[section]` opens a section; `#` begins a remark.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from voice.understanding.word_lists import lines_of
from voice.understanding.words import plain

_LIST = re.compile(r"^(\w+) = (.+)$")
_ITEM = re.compile(r"!?(?:\((?:[^()]|\([^()]*\))*\)|\{\w+\}|[^\s(){}?*]+)[?*]?")
_WORD = r"[a-z0-9:.@+/#-]"


def says(name: str, section: str, words: str) -> bool:
    """Whether a phrase of that section of `english/<name>.txt` stands in the words."""
    return phrases(name)[section].search(f"{plain(words)} ") is not None


@cache
def phrases(name: str) -> Mapping[str, re.Pattern[str]]:
    """The sections of `english/<name>.txt`, each one pattern; for plain text and a space."""
    lists: dict[str, str] = {}
    sections: dict[str, list[str]] = {}
    for section, line in lines_of(name):
        if found := _LIST.match(line):
            lists[found[1]] = _pieces(found[2], lists)
        else:
            sections.setdefault(section, []).append(_phrase(line, lists))
    return {
        title: re.compile(r"(?<!\S)(?:" + "|".join(lines) + ")")
        for title, lines in sections.items()
    }


def _phrase(line: str, lists: Mapping[str, str]) -> str:
    """One line as a pattern; every word is followed by its space."""
    pattern = ""
    for item in _ITEM.findall(line):
        pattern += _item(item, lists)
    return pattern


def _item(item: str, lists: Mapping[str, str]) -> str:
    if item in ("^", "$"):
        return item
    if item in ("..", "..."):
        return rf"(?:{_WORD}+ ){{0,{4 if item == '..' else 8}}}?"
    if item.startswith("!"):
        return f"(?!{_item(item[1:], lists)})"
    many = item[-1] if item[-1] in "?*" else ""
    bare = item[:-1] if many else item
    if bare.startswith("{"):
        one = f"(?:{lists[bare[1:-1]]})"
    elif bare.startswith("("):
        one = f"(?:{_pieces(bare[1:-1], lists)})"
    else:
        one = rf"{_WORD}+ " if bare == "_" else f"{_written(bare)} "
    return f"(?:{one}){many}" if many else one


def _pieces(alternatives: str, lists: Mapping[str, str]) -> str:
    """Alternatives parted by bars, each with its trailing space; one level of brackets inside."""
    depth, start, pieces = 0, 0, []
    for at, sign in enumerate(alternatives):
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and depth == 0:
            pieces.append(alternatives[start:at])
            start = at + 1
    pieces.append(alternatives[start:])
    return "|".join(_phrase(piece, lists) for piece in pieces)


def _written(word: str) -> str:
    """The word itself; "~" stands for any ending, "@" for a run of digits."""
    return re.escape(word).replace(r"\~", rf"{_WORD}*").replace("~", rf"{_WORD}*")
