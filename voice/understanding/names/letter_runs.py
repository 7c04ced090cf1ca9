"""Where in a stretch letters are said one by one, however a recogniser writes a run of them:
"J A Y N E", "M-E-G-A-N", "NTHONYCLARKE", "ETR-Ovia"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voice.understanding.acts import Tagged
from voice.understanding.names.spelled_against import Run, is_a_name
from voice.understanding.numbers.spelling import sign_at
from voice.understanding.word_lists import word_lists
from voice.understanding.words import Word, words_of

_LEAST_SPELLED = 2
_LEAST_ALONE = 3
"""Letters that are a name where nothing else was said."""
_SIGNS_SAID = {"apostrophe": "'", "hyphen": "-", "dash": "-"}
_JOINTS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("and", "an", "on", "in", "end"), ("", "n")),
    **dict.fromkeys(("or", "her", "our", "at"), ("",)),
    "okay": ("ok", ""),
}
"""Words between letters that are one of them, or a filler."""
_LEAST_UNASKED = 5
"""Letters that are of a name, whatever the words around them were taken for."""
_SURE = 0.8
_SPELLED_TOO = ("give:name", "give:reference", "give:order", "give:email")
_MAY_BE_WORDS = ("a", "i")
_VOWELS = "AEIOUY"
_FILLERS = ("er", "um", "uh")
_LONGEST_JOINED = 4
"""Letters of what looks like a word and hangs by a hyphen on letters before it."""


@dataclass(frozen=True, slots=True)
class Spelled:
    """Letters said from one word on."""

    names: tuple[str, ...] = ()
    """As they stand, parted where that was told."""
    run: Run = ()
    after: int = 0
    """The word behind them."""
    as_word: bool = False
    """It may as well be a word in capitals."""


def spelled_from(words: Sequence[Word], at: int, text: str, *, named: bool) -> Spelled:
    """The letters that begin at this word, two at least; `named`: a name was said before them."""
    lists = word_lists("names")
    names, run, stops = [""], list[tuple[str, ...]](), list[int]()
    after, place, in_capitals = at, at, 0
    while place < len(words):
        word = words[place].folded
        sign, taken = sign_at(words, place, False, inside=any(names))
        begins = len(word) == 1 or _goes_on(words, place + taken) and not _spells(words, place)
        if not sign or not (any(names) or begins):
            sign, taken = _capitals(words, place, text, named=named or any(names)), 1
            in_capitals += bool(sign)
        if sign:
            if names[-1] and "," in text[words[place - 1].end : words[place].start]:
                stops.append(len(names[-1]))
            names[-1] += sign
            run.append((sign, "") if not any(map(any, run)) and word in _MAY_BE_WORDS else (sign,))
            place += taken
            after = place
        elif named and word == "an" and not any(names) and _starts(words, place + 1, text):
            names[-1], run, place = "a", [("a", "")], place + 1
        elif any(names) and word in _JOINTS and _starts(words, place + 1, text):
            run.append(_JOINTS[word])
            place += 1
        elif any(names) and word in lists["between names"]:
            names += [""] if names[-1] else []
            place += 1
        elif word in lists["inside letters"] or any(names) and word in _SIGNS_SAID:
            names[-1] += _SIGNS_SAID.get(word, "")
            run.append((_SIGNS_SAID.get(word, ""),))
            place += 1
        else:
            break
    names = [name.strip("-'") for name in names if name.strip("-'")]
    if len(names) == 1:
        names = _parted(names[0], stops)
    if sum(map(len, names)) < _LEAST_SPELLED:
        return Spelled()
    return Spelled(tuple(names), run, after, as_word=in_capitals == len(run) == 1)


def with_letters(text: str, tags: Sequence[Tagged], asked: str) -> tuple[Tagged, ...]:
    """The tags, where what was said of a name we asked for or read back holds a name's letters and
    was taken for something else."""
    told = any(tag.label in _SPELLED_TOO for tag in tags)
    words = words_of(text)
    if told or not (asked == "name" or asked.startswith("confirm")):
        return tuple(tags)
    for at in range(1, len(words)):
        spelled = spelled_from(words, at, text, named=True)
        letters = "".join(spelled.names)
        if len(letters) < _LEAST_UNASKED or not is_a_name(letters):
            continue
        start, end = words[at].start, words[spelled.after - 1].end
        if any(tag.label == "give:service" and tag.start < end > start < tag.end for tag in tags):
            continue  # "X-rays only"
        before = tuple(tag for tag in tags if tag.end <= start and tag.label != "story")
        since = max((tag.end for tag in before), default=0)
        name = Tagged("give:name", next(w.start for w in words if w.start >= since), end, _SURE)
        return (*before, name, *(tag for tag in tags if tag.start >= end))
    return tuple(tags)


def _starts(words: Sequence[Word], at: int, text: str) -> bool:
    """Whether letters stand there, after others."""
    if at >= len(words):
        return False
    return len(words[at].folded) == 1 or bool(_capitals(words, at, text, named=True))


def _capitals(words: Sequence[Word], at: int, text: str, *, named: bool) -> str:
    """The letters of a word that a recogniser wrote of letters: in capitals among other words, or
    hanging on such."""
    word = words[at]
    if not named or text.isupper() or not word.folded.isalpha():
        return ""
    filler = next((each for each in _FILLERS if word.text.endswith(each)), "")
    letters = word.text.removesuffix(filler)
    joined = at > 0 and text[words[at - 1].end : word.start] == "-"
    hangs = at + 1 < len(words) and text[word.end : words[at + 1].start] == "-"
    sure = joined or hangs or set(letters).isdisjoint(_VOWELS)
    two = len(letters) == _LEAST_SPELLED and hangs and len(words[at + 1].folded) == 1
    two = two and set(word.folded).isdisjoint(_VOWELS.lower())  # "Ch-L-O-E"
    if two or letters.isupper() and len(letters) >= (_LEAST_SPELLED if sure else _LEAST_ALONE):
        return letters.lower()
    after_letters = at > 0 and words[at - 1].text.isupper()
    if after_letters and (joined and len(word.text) <= _LONGEST_JOINED or word.text.isupper()):
        return word.folded
    return ""


def _parted(name: str, stops: Sequence[int]) -> list[str]:
    """ "J A Y N E, P R Y O R": two names, where each is long enough for one."""
    cuts = [0, *stops, len(name)]
    parts = [name[start:end] for start, end in zip(cuts, cuts[1:], strict=False)]
    return parts if min(map(len, parts)) >= _LEAST_ALONE else [name]


def _spells(words: Sequence[Word], at: int) -> bool:
    """Whether the letters behind a word are its own: "Victor, v i c t o r"."""
    behind = [word.folded for word in words[at + 1 : at + 1 + _LEAST_SPELLED]]
    return behind == list(words[at].folded[:_LEAST_SPELLED])


def _goes_on(words: Sequence[Word], at: int) -> bool:
    """Whether the word of the telephone alphabet before it began a spelling: "mike romeo o z"."""
    return at < len(words) and bool(sign_at(words, at, False, inside=False)[0])
