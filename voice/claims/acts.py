"""What a clause of ours says has been done: booked, moved, cancelled, in whatever words.

Two kinds of words settle something. Words of acts ("booked", "moved") do it wherever they are not
planned, denied or asked. Small words do it only together ("you're in", "noon is yours"); they are
a closed class, so their turns of phrase can be listed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from voice.claims.act_words import (
    BOOKED,
    BOOKS,
    CANCELLED,
    DETAILS,
    DONE,
    MATTERS,
    MOVED,
    PAID,
)
from voice.claims.bare_hours import HOUR_WORDS
from voice.claims.promises import PERSONS
from voice.claims.telling import ADVERBS, Told, tellings

_HOURS = "|".join(sorted(HOUR_WORDS, key=len, reverse=True))
_DAYS = "(?:to(?:day|morrow|night)|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)"
_ON = rf"(?:in|down|at|for|on|with|set|{_DAYS}|{_HOURS})"
_MEET = "(?:see|seeing|meet|meeting|welcome|welcoming|expect|have|having|treat|treating|greet)"
_PLACED = [
    ("cancelled", rf"\b(?:off|out of|from) (?:\w+ )?(?:\w+ )?(?:{BOOKS})\b"),
    ("cancelled", r"\byou are (?:off|free (?:of|from))(?! to)\b"),
    ("cancelled", r"\byou (?:do|will|are|need) (?:not|no longer) (?:need|have|expected|required)? ?"
                  r"(?:to )?(?:come|attend|be here|be there|show|visit|turn)\b"),
    ("cancelled", r"\b(?:called|taken|took|is) (?:\w+ ){0,2}off\b"),
    ("cancelled", r"\b(?:it|that|this|one|appointment|booking|visit) (?:is|has) gone\b(?! (?:in|through|ahead|on))"),
    ("moved", rf"\bnew (?:time|slot|day|date|{MATTERS})\b.* (?:is|will be|at|on)\b"),
    ("booked", rf"\b(?:in|on|into|to|down in) (?:the|our|my|his|her|your|\w+) (?:\w+ )?(?:{BOOKS})\b"
               r"(?! again)"),
    ("booked", rf"\b(?:have|has|had|got|shows?|put|get) you (?:\w+ )?{_ON}\b"),
    ("booked", r"\b(?:have|has|got|put|get) your (?:\w+ ){1,2}(?:in|down|on|at) "),
    ("booked", r"\b(?:that|this|there) (?:is )?you (?!like|want|said|would|asked|need|prefer|mean|are|"
               r"have|can|could|mentioned|were|had|did|do|may|might|will|should|go\b|get\b)\w+"),
    ("booked", r"\byou are (?:all |back )*(?:in(?! (?:pain|luck|the right|good|a hurry|discomfort|"
               r"touch))|down|up for|due|back|at(?! the right)|for|with us|with \w+ at|on(?! (?:hold|"
               r"the (?:line|phone|right)))|having|good for|good to|ready for|expected|one of|a go)\b"),
    ("booked", rf"\byou are (?:coming|seeing|visiting|meeting)\b.*\b(?:{_DAYS}|{_HOURS})\b"),
    ("booked", rf"\byou (?:will|are going to) (?:be )?(?:see|seeing|meet|meeting|have|having|visit|"
               rf"visiting|coming).*\b(?:at|{_HOURS})\b"),
    ("booked", r"\b(?:your|the) name (?:is )?(?:on|against|in|by|beside|next)\b(?! the appointment)"),
    ("booked", r"\bis (?:a (?:go|deal|date|done deal)|in place|on for|on (?:the )?way)\b"),
    ("booked", r"\b(?:is|are|has|have|went|gone|going) (?:in|through)\b(?! (?:the|pain|\w+ street))"),
    ("booked", r"\b(?:look(?:s|ing)? after|tak(?:e|ing) (?:good |great )?care of) you\b"),
    ("booked", r"\bforward to (?:\w+ )?(?:you|your)\b"),
    ("booked", r"\bwaiting for you\b"),
    ("done", r"\bconsider (?:it|that|this|yourself|your)\b"),
    ("done", r"\b(?:take|taken|took|takes) care of\b"),
    ("done", r"\b(?:all|is|been) (?:done|sorted)\b(?! by)"),
    ("done", r"\bnothing (?:else|more|further) (?:\w+ ){0,2}(?:do|need|needed)\b"),
    ("done", r"\bnot (?:need|have) to do (?:anything|a thing)\b"),
    ("done", r"\bthere (?:you|we) (?:go|have)$"),
    ("exists", rf"\byour (?:\w+ ){{0,3}}(?:{MATTERS})(?: with \w+(?: \w+)?| for \w+| on \w+| at \w+)? "
               r"(?:is|will|was|has|begins|starts|stands|runs|remains|falls|exists)\b(?! not\b)"),
    ("exists", rf"\byour (?!(?:\w+ )*(?:name|number|phone|details|option|choice|best|first|next|"
               rf"earliest|preferred|question|request)\b)(?:[\w-]+ ){{1,4}}(?:is|will be|starts|begins) "
               rf"(?:at|on|with|for|{_DAYS}|{_HOURS})\b"),
    ("exists", rf"\byou (?:have|got|have got|had) (?:a|an|your|the|\w+)(?: \w+){{0,3}} "
               rf"(?:{MATTERS})s?\b(?! (?:with us )?already)"),
    ("exists", rf"\byou (?:have|got|have got) (?:\w+ ){{0,5}}(?:at )?(?:{_HOURS})\b"),
    ("exists", r"\byou (?:have|got|have got) something\b"),
]  # fmt: skip
_PLACED_WORDS = [(act, re.compile(pattern)) for act, pattern in _PLACED]
_WILL_SETTLES = re.compile(
    rf"(?:{BOOKS})$|{_MEET} you|look(?:ing)? after|care of|forward|waiting|new |your |is on"
)
_MEETS = re.compile(rf"\b{_MEET} you\b(?! (?:later|around|again|can|could|would|like))")
_NO_LONGER = re.compile(
    r"\b(?:nobody|no one)\b.*\bany ?(?:more|longer)\b|\bno longer\b(?! (?:available|free|open))|"
    r"\bnot .*\bany ?(?:more|longer)\b"
)
_OF_BOOKINGS = re.compile(
    rf"\b(?:{MATTERS}|{BOOKS}|booked|scheduled|expect\w*|come|on|valid)\b", re.IGNORECASE
)
_TAKEN = re.compile(
    r"\b(?:fully|completely|solidly|already) (?:booked|reserved|taken)(?: up| solid| out)?\b",
    re.IGNORECASE,
)
_DOING = re.compile(
    r"\b(?:i|we) (?:am|are|was|were) (\w+ing)\b|^(?:so |then |and )?(\w+ing) (?:it|that|you|this|the)\b"
)
_CALLERS_ARE = frozenset(
    """welcome right correct sure looking thinking asking calling speaking talking interested new
    not happy able free kind very so too in on at for with the a an after hoping trying feeling
    saying wondering worried nervous unsure ready most more here there back from through having
    seeing coming going waiting using being getting sorry doing really quite quick early late fine
    okay in-between a bit missing up down due off""".split()
)
"""Where these settle something after all, their turns of phrase are listed."""
_SEEKING = frozenset(
    """looking checking searching reading going trying talking speaking hearing seeing having
    wondering hoping thinking asking offering using finding waiting listening pulling bringing
    calling wanting needing getting doing being feeling starting saying meaning assuming considering
    learning showing opening transferring connecting passing patching""".split()
)
"""What we may be doing without any change to the book."""


def act_told(text: str, people: Sequence[str] = ()) -> str | None:
    """booked, moved, cancelled; `exists` for a booking that only is; `done` where it is not said
    what was done; `paid`. None: no such thing is told."""
    for told in tellings(_TAKEN.sub(" ", text)):
        act = _small_words(told, people) or _act_word(told)
        if act is not None:
            return act
    return None


def _small_words(told: Told, people: Sequence[str]) -> str | None:
    words = tuple(word for word in told.words if word not in ADVERBS)
    if told.conditional or not words:
        return None
    bare, text = Told(words), " ".join(words)
    if _NO_LONGER.search(text) and _OF_BOOKINGS.search(text):
        return "cancelled"
    if (found := _MEETS.search(text)) and not bare.perhaps(_at(text, found)):
        return None if bare.denied(_at(text, found)) else "booked"
    if _turns_to_them(text, bare, people) or _becomes_them(bare):
        return "booked"
    for act, pattern in _PLACED_WORDS:
        found = pattern.search(text)
        if found is None:
            continue
        at = _at(text, found)
        will_do = _WILL_SETTLES.search(found[0]) is not None
        open_still = bare.perhaps(at) if will_do or act == "done" else bare.planned(at)
        if not open_still and not bare.denied(at):
            return act
    return _in_the_making(text, bare)


def _turns_to_them(text: str, told: Told, people: Sequence[str]) -> bool:
    """ "Ben will be ready for you": whoever of us does anything with the caller has a booking."""
    persons = "|".join((*PERSONS, *people))
    found = re.search(rf"\b(?:{persons}) (?:is|are|will|was) (?!not\b)[\w ]*\b(?:you|your)\b", text)
    return found is not None and not told.planned(_at(text, found))


def _becomes_them(told: Told) -> bool:
    """ "You're X": a caller whom we have not booked is few things."""
    words = told.words
    for at in range(len(words) - 2):
        if words[at : at + 2] == ("you", "are") and words[at + 2] not in _CALLERS_ARE:
            inverted = at and words[at - 1] in ("what", "where", "who", "how", "that", "when")
            if not inverted and not told.planned(at) and not told.denied(at):
                return words[at + 2] not in CANCELLED
    return False


def _at(text: str, found: re.Match[str]) -> int:
    return text[: found.start()].count(" ")


def _in_the_making(text: str, told: Told) -> str | None:
    """ "I'm booking that now": it is done by a tool, before it is told."""
    found = _DOING.search(text)
    if found is None or told.denied(_at(text, found)) or told.planned(_at(text, found)):
        return None
    verb = found[1] or found[2]
    if verb in _SEEKING or (verb == "putting" and " through" in text):
        return None
    if verb.startswith("cancel"):
        return "cancelled"
    return "moved" if verb in ("moving", "rescheduling", "changing", "switching") else "booked"


def _act_word(told: Told) -> str | None:
    for at, word in enumerate(told.words):
        act = _act_of(word)
        if act is None or told.denied(at) or told.planned(at) or _is_no_act(told, at):
            continue
        said = " ".join(told.words)
        if re.search(r"\bcancell?ations?\b", said):
            return "cancelled"
        if act != "cancelled" and re.search(r"\b(?:the|your) (?:change|move|rescheduling)\b", said):
            return "moved"
        return act
    return None


def _act_of(word: str) -> str | None:
    if word in CANCELLED:
        return "cancelled"
    if word in MOVED:
        return "moved"
    if word in PAID:
        return "paid"
    if word in DONE:
        return "done"
    return "booked" if word in BOOKED or word.endswith("-booked") else None


def _is_no_act(told: Told, at: int) -> bool:
    """ "Ten is taken", "Monday through Friday", "done by Ben", "I've saved your number"."""
    word, before, after = told.words[at], told.words[:at], told.words[at + 1 :]
    if word in ("taken", "took"):
        return not {"i", "we"} & {*before}
    if word == "through":
        return not {"went", "gone", "go", "is", "are", "goes"} & {*before[-2:]}
    if after[:1] in (("by",), ("within",)):
        return True
    if word in ("set", "booked", "made") and before[-1:] == ("get",):
        return True
    of_details = DETAILS & ({*after[:2]} | {*before[-2:]})
    return bool(of_details) and after[:1] != ("under",) and HOUR_WORDS.isdisjoint(after)
