"""Whose name it is: what one stretch tells of the person meant, without others named beside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from voice.understanding.acts import Tagged
from voice.understanding.everyday import NEVER_NAMES
from voice.understanding.services.matching import TITLES
from voice.understanding.word_lists import word_lists
from voice.understanding.words import Word, fold, words_of

_BESIDE = frozenset({"im", "not"}) | (TITLES - {"the"})
"""Before somebody else's name, once one was said: "I'm her mam Niamh", "not Heneghan Niamh", "Mrs
Whitfield's your lady"."""
_BACK = frozenset("it its that thats this but spelled spelt spelling is surname".split())
"""Words after which the person meant is spoken of again."""
INSTEAD = frozenset("just but only its it thats".split())
"""Words between what a name is not and what it is."""
_LEAST_OF_A_NAME = 2
_MOST_BETWEEN = 4
"""Words from "I'm" to the caller's own name."""


def of_one_person(words: Sequence[Word], text: str) -> tuple[Word, ...]:
    """The words that are left; of "Bond. James Bond" the first is not left."""
    told = _not_denied(_without_praise(words))
    kept = [*_without_others([_without_ending(word, words) for word in told])]
    if len(kept) > _LEAST_OF_A_NAME and {*".,"} & {*text[kept[0].end : kept[1].start]}:
        if any(each.folded == kept[0].folded for each in kept[1:3]):
            return tuple(kept[1:])
    return tuple(kept)


def _without_praise(words: Sequence[Word]) -> Sequence[Word]:
    """What is behind kind words to us, "oh lovely stuff, Tara Quinn"; at the end of a name such a
    word is a family's."""
    lists = word_lists("names")
    praised = False
    for at, word in enumerate(words):
        beside = word.folded in lists["unkept"] | NEVER_NAMES
        if word.folded in lists["praise"] or praised and word.folded in lists["with praise"]:
            praised = True
        elif not beside:
            return words[at:] if praised else words
    return words


def _not_denied(words: Sequence[Word]) -> Sequence[Word]:
    """What is left of "not Webb B, just Webb", where the no may have been taken for another act."""
    folded = [word.folded for word in words]
    for at in (at for at, word in enumerate(folded) if word in INSTEAD):
        before = {word.folded for word in words[:at] if _may_name(word)}
        behind = {word.folded for word in words[at:] if _may_name(word)}
        denied = "not" in folded[:at] and not any(map(_may_name, words[: folded.index("not")]))
        if behind and (denied or folded[at] in ("just", "only") and behind < before):
            return words[at:]
    return words


def _without_ending(word: Word, words: Sequence[Word]) -> Word:
    """ "Farquharson's the surname": the name that was said before."""
    stem = word.text.replace("’", "'").removesuffix("'s")
    said = any(each.start < word.start and each.folded == fold(stem) for each in words)
    said = said and len(stem) > 1  # of "two B's" a letter is told
    lists, behind = word_lists("names"), [each.folded for each in words if each.start > word.start]
    said = said or not (lists["family"] | lists["given"]).isdisjoint(behind[1:3])
    return replace(word, text=stem, folded=fold(stem)) if said and stem != word.text else word


def _without_others(words: Sequence[Word]) -> Iterator[Word]:
    names: list[str] = []
    other = False
    for at, word in enumerate(words):
        if word.folded in _BESIDE and names:
            other = True
        elif len(word.folded) == 1 or word.folded in _BACK:
            other = False
        elif _may_name(word):
            other = other and not _is_fuller(words[at : at + 2], names)
            if other:
                continue
            names.append(word.folded)
        yield word


def _is_fuller(words: Sequence[Word], names: Sequence[str]) -> bool:
    """Whether the one name there is is said once more with another: "Rita, I'm Rita Moore"."""
    return [words[0].folded] == list(names) and len(words) > 1 and _may_name(words[1])


def _may_name(word: Word) -> bool:
    lists = word_lists("names")
    said = lists["unkept"] | lists["remarks"] | lists["spells"] | lists["family"] | lists["given"]
    return word.folded not in said


def joined(text: str, tags: Sequence[Tagged]) -> tuple[Tagged, ...]:
    """Two stretches of names as one, where the second is the caller's own behind "I'm", or says
    more of a part of the first: which name is meant is told by all of it."""
    made: list[Tagged] = []
    for tag in tags:
        before = made[-1] if made else None
        if before is not None and before.label == tag.label == "give:name":
            said = [word.folded for word in words_of(text[before.start : tag.start])]
            own = "im" in said[1:] and len(said) - said.index("im") <= _MOST_BETWEEN
            own = own or said[-1] == "with"  # what it is written with
            if own or _says_again(text[before.start : before.end], text[tag.start : tag.end]):
                made[-1] = replace(before, end=tag.end)
                continue
        made.append(tag)
    return tuple(made)


def _says_again(first: str, second: str) -> bool:
    """ "Gráinne Mulvey, Gráinne with a fada"."""
    again = words_of(second)[:1]
    known = [word.folded for word in words_of(first)]
    return len(known) > 1 and again[0].folded in known if again else False
