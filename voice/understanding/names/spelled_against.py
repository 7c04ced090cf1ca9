"""Letters held against the words that they spell: which part of a name, where one name ends and
the next begins, and whether the ear or the spelling is to be believed.

A recogniser writes letters badly: some are lost, some are taken for others that rhyme with them,
an "um" becomes an M, and the first is often swallowed by the word before. So letters are believed
only as far as they can be of the name that was said with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product

import jellyfish

from voice.understanding.names.spelled_names import write_name
from voice.understanding.sounding import begins_alike, sounds_same
from voice.understanding.word_lists import lines_of, word_lists
from voice.understanding.words import fold

Run = Sequence[tuple[str, ...]]
"""Letters as they were said: of each stretch all that it may stand for, the plainest first."""
_RHYMING = ("bcdegptvz", "mn", "fs", "ajk", "qu")
"""Letters whose names are taken for one another."""
_MOST_WAYS = 24
_LEAST_LIKE = 0.5
"""Of letters and the words that they spell; below it they are of nothing that was heard."""
_LIKE = 0.75
"""From here on a name and its letters are one name, heard twice."""
_MOST_OTHER = 3
"""Letters in which a common name may be other than what was heard."""
_LEAST_OF_TWO = 3
"""Letters of either of two names that run together."""
_FILLERS = ("um", "om", "er", "uh", "m", "r")
_LIKE_ONE = 0.8
"""From here on one word and its letters are one name, not two said as one."""
_SAME_SOUND = 0.8
_SHORTEST = 2


def fitted(parts: Sequence[str], run: Run) -> list[str] | None:
    """The name with what its letters tell of it; None: they are not of these words."""
    ways = [letters for letters in _ways(run) if letters.isalpha() and len(letters) >= _SHORTEST]
    made = [each for letters in ways for each in _fits(parts, letters)]
    if not made:
        return None
    likeness, name = max(made, key=lambda each: each[0])
    return name if likeness >= _LEAST_LIKE else None


def cut_like(parts: Sequence[str], said: str) -> list[str] | None:
    """Two names that were run together, parted like those known before; None: they are none."""
    if len(parts) != 2 or _likeness("".join(map(fold, parts)), fold(said)) < _LIKE:
        return None
    letters = fold(said)
    cut = _cut(fold(parts[0]), fold(parts[1]), letters)
    return [write_name(letters[:cut]), write_name(letters[cut:])]


def parted(letters: str) -> list[str]:
    """Two names where the letters of both run together and the first is a common one."""
    given = word_lists("given_names")[""]
    low = letters.lower()
    cuts = [cut for cut in range(_SHORTEST + 1, len(low) - _SHORTEST + 1) if low[:cut] in given]
    return [letters[: cuts[-1]], letters[cuts[-1] :]] if cuts else [letters]


def common_two(letters: Sequence[str]) -> list[str] | None:
    """Two common names of which these are the letters, parted as they were told or, where they run
    together, as they must be: "S E A M M A S O N". None: they are of no such two."""
    first, *others = letters
    cuts = range(_LEAST_OF_TWO, len(first) - _LEAST_OF_TWO + 1) if not others else ()
    halves = [(first, others[0])] if len(others) == 1 else [(first[:c], first[c:]) for c in cuts]
    if not others and put_right(first) in {*word_lists("given_names")[""], *_family_names()}:
        return None  # one name by itself
    made = {two: [put_right(half) for half in two] for two in halves}
    given, family = word_lists("given_names")[""], _family_names()
    fits = [two for two, (one, last) in made.items() if one in given and last in family]

    def others_in(two: tuple[str, str]) -> int:
        return sum(map(str.__ne__, "".join(made[two]), "".join(two)))

    best = min(fits, key=lambda two: (others_in(two), -len(two[0])), default=None)
    if best is None or others_in(best) > _MOST_OTHER:
        return None
    return [write_name(each) for each in made[best]]


def _ways(run: Run) -> Iterator[str]:
    for number, way in enumerate(product(*run)):
        if number == _MOST_WAYS:
            return
        yield "".join(way)


def _fits(parts: Sequence[str], letters: str) -> Iterator[tuple[float, list[str]]]:
    """Every way in which the letters may be of the words, with how like they are."""
    for at, part in enumerate(parts):
        letters_of, heard = _with_first(fold(part), letters)
        if _begin(heard, letters_of):
            told = [*parts[:at], _settled(heard, letters_of, part), *parts[at + 1 :]]
            yield _likeness(heard, letters_of), told
    if len(parts) == 1:
        yield from _of_two(parts[0], letters)
    for at in range(len(parts) - 1):
        first, last = (fold(part) for part in parts[at : at + 2])
        whole, _ = _with_first(first, letters)
        cut = _cut(first, last, whole)
        halves = whole[:cut], whole[cut:]
        if not (_begin(first, halves[0]) or _is_told_by_last(first, last, halves)):
            continue
        told = [
            _settled(heard, half, part)
            for heard, half, part in zip((first, last), halves, parts[at:], strict=False)
        ]
        like = _together((first, last), halves)
        sure = _LIKE if first == halves[0] and len(halves[1]) >= _SHORTEST else 0.0
        yield max(like, sure), [*parts[:at], *told, *parts[at + 2 :]]


def _of_two(part: str, letters: str) -> Iterator[tuple[float, list[str]]]:
    """One word was heard, and the letters of two names: "TomCon", "Andaclark"."""
    inner = next((at for at, sign in enumerate(part) if at > 1 and sign.isupper()), 0)
    if inner and part[inner - 1].islower() and not part.startswith("Mc"):
        yield from _fits((part[:inner], part[inner:]), letters)
    heard = fold(part)
    halves = parted(letters)
    if letters.startswith(heard) and len(letters) >= len(heard) + _SHORTEST:
        halves = [letters[: len(heard)], letters[len(heard) :]]
        yield 1.0, [write_name(half) for half in halves]
    elif len(halves) > 1 and _likeness(heard, letters) < _LIKE_ONE:
        yield _likeness(heard, letters) + 0.01, [write_name(half) for half in halves]


def _cut(first: str, last: str, letters: str) -> int:
    """Where the letters of the first name end."""
    given = word_lists("given_names")[""]

    def well(cut: int) -> float:
        halves = letters[:cut], letters[cut:]
        sure = first == halves[0] or last == halves[1]
        begins = begins_alike(last, halves[1])
        told = 0.5 * sure + 0.1 * begins + 0.1 * (halves[0] in given)
        return _together((first, last), halves) + told

    return max(range(1, len(letters)), key=well)


def _is_told_by_last(first: str, last: str, halves: Sequence[str]) -> bool:
    """Whether the last name fits so well that the first may begin otherwise than was heard."""
    known = halves[0] in word_lists("given_names")[""]
    like = known or _likeness(first, halves[0]) >= _LEAST_LIKE
    return like and _likeness(last, halves[1]) >= _LIKE


def _begin(heard: str, letters: str) -> bool:
    """With the same sound, as far as a recogniser tells one from another."""
    vowels = {heard[:1], letters[:1]} <= set("aeiou")
    return vowels or begins_alike(heard, letters)


def _together(heard: Sequence[str], halves: Sequence[str]) -> float:
    """How like two names are to their letters, each by its length."""
    sizes = [max(map(len, pair)) for pair in zip(heard, halves, strict=True)]
    like = [_likeness(*pair) for pair in zip(heard, halves, strict=True)]
    return sum(size * each for size, each in zip(sizes, like, strict=True)) / sum(sizes)


def _with_first(heard: str, letters: str) -> tuple[str, str]:
    """With the first letter that the word before has swallowed: "Petrovap, E T R O V A"."""
    if len(letters) < _SHORTEST or begins_alike(heard, letters) or heard[1:3] != letters[:2]:
        return letters, heard
    swallowed = heard.rfind(heard[0], 3)
    return heard[0] + letters, heard[:swallowed] if swallowed > len(heard) // 2 else heard


def _likeness(heard: str, letters: str) -> float:
    longest = max(len(heard), len(letters), 1)
    same = _SAME_SOUND if sounds_same(heard, letters) else 0.0
    return max(same, 1 - jellyfish.damerau_levenshtein_distance(heard, letters) / longest)


def _settled(heard: str, letters: str, written: str) -> str:
    """The name as it is written: by its letters, unless those are only the word badly heard."""
    words = write_name(heard) if heard != fold(written) else written
    if heard == letters:
        return words
    letters = _without_um(heard, letters)
    if _is_misheard(heard, letters) or _has_lost(heard, letters):
        return words
    return write_name(put_right(letters, heard))


def put_right(letters: str, heard: str = "") -> str:
    """The letters, or the one common name whose letters rhyme with them and which is no less like
    what was heard: "E L E M A" of Elena, "P A M A K A" of Tanaka. Of several the one with the
    fewest other letters, then the one most like what was heard, then the most common."""
    given = word_lists("given_names")[""]
    if letters in given or letters in _family_names():
        return letters
    least = _likeness(heard, letters)
    alike = [name for name in _rhyming_names(letters) if _likeness(heard, name) >= least]
    others = {name: sum(map(str.__ne__, name, letters)) for name in alike}
    close = [name for name in alike if others[name] <= min(_MOST_OTHER, (len(letters) - 1) // 2)]
    ranks = _family_names()
    return min(
        close,
        key=lambda name: (others[name], -_likeness(heard, name), ranks.get(name, 0)),
        default=letters,
    )


def are_common(parts: Sequence[str]) -> bool:
    """Whether every word of a name is a common name."""
    given, family = word_lists("given_names")[""], _family_names()
    return all(part in given or part in family for part in map(fold, parts))


def _rhyming_names(letters: str) -> Iterator[str]:
    """All common names of as many letters that rhyme with these one by one."""
    for name in _by_sounds().get(_sounds_of(letters), ()):
        if all(map(_rhyme, name, letters)):
            yield name


@cache
def _by_sounds() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in dict.fromkeys((*_family_names(), *sorted(word_lists("given_names")[""]))):
        found.setdefault(_sounds_of(name), []).append(name)
    return found


def _sounds_of(letters: str) -> str:
    """The letters, each as the first of its row."""
    return "".join(next((row[0] for row in _RHYMING if sign in row), sign) for sign in letters)


@cache
def _family_names() -> dict[str, int]:
    """With their places, the most common first."""
    words = (word for _, line in lines_of("family_names") for word in line.split())
    return {name: place for place, name in enumerate(words)}


def _without_um(heard: str, letters: str) -> str:
    """Without an "um" or "er" between the letters that was taken for some of them."""
    for filler in _FILLERS:
        sure = filler == "m" and not {"m", "n"} & set(heard)
        for at in range(1, len(letters)):
            rest = letters[:at] + letters[at:].removeprefix(filler)
            if rest != letters and (sure or rest == heard):
                return rest
    return letters


def is_a_name(letters: str) -> bool:
    """Whether somebody may be called so: no letter three times running, and a vowel in it."""
    thrice = any(letters[at] * 3 == letters[at : at + 3] for at in range(len(letters)))
    return not thrice and (len(letters) <= _SHORTEST or not set(letters).isdisjoint("aeiouy"))


def _is_misheard(heard: str, letters: str) -> bool:
    """Whether only letters that rhyme stand for one another: "L O P E C" of Lopez."""
    letters = letters if len(letters) == len(heard) else letters.replace("fe", "v")
    return len(heard) == len(letters) and all(map(_rhyme, heard, letters))


def _rhyme(one: str, other: str) -> bool:
    return one == other or any(one in row and other in row for row in _RHYMING)


def _has_lost(heard: str, letters: str) -> bool:
    """Whether letters are missing that nobody leaves out: a syllable, or what makes the sound."""
    letters = letters if len(letters) < len(heard) else letters.replace("fe", "v")
    if len(letters) >= len(heard) or not _runs_through(letters, heard):
        return False
    given = word_lists("given_names")[""]
    if letters in given:
        return False
    return (
        heard in given or _syllables(letters) < _syllables(heard) or not sounds_same(heard, letters)
    )


def _runs_through(letters: str, heard: str) -> bool:
    """Whether the letters come in the word in that order, or such as rhyme with them."""
    left = iter(heard)
    return all(any(_rhyme(sign, other) for other in left) for sign in letters)


def _syllables(name: str) -> int:
    """Runs of vowels; an E at the end is silent."""
    name = name.removesuffix("e")
    vowels = [sign in "aeiouy" for sign in name]
    return sum(here and not before for before, here in zip([False, *vowels], vowels, strict=False))
