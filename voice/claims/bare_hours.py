"""Bare hours in a sentence of ours: "would ten suit you", "nine, noon or two".

The grammar of times reads callers, who count and answer in numbers too, so it wants evidence for
a bare one. Of our own sentences we must be strict: what a listener may take for an hour is one.
"""

from __future__ import annotations

import re

_WORDS = "one two three four five six seven eight nine ten eleven twelve".split()
HOUR_WORDS = frozenset((*_WORDS, "noon", "midday", *map(str, range(1, 13))))
_NUMBER = rf"(?:{'|'.join(_WORDS)}|1[0-2]|[1-9])"
_OTHER = r"(?:zero|oh|\d[\d:]*|thirteen|fifteen|twenty|thirty|forty|fifty|hundred|dozen)"
_TIME = rf"(?:{_NUMBER}|noon|midday|midnight|\d\d?:\d\d(?: ?[ap]\.?m\.?)?|half past {_NUMBER})"
_WHOLE = r"(?![\w:/%'’-]|\.\d)"
_LISTED = re.compile(
    rf"(?<![\w:./$£€'-]){_NUMBER}{_WHOLE}"
    rf"(?:(?:,? (?:or|and|to|till|until|through) |, ){_NUMBER}{_WHOLE})*",
    re.IGNORECASE,
)
_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    "sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_NO_HOUR_BEFORE = re.compile(
    rf"(?:\b(?:{_MONTHS}|which|this|that|those|these|each|every|another|other|either|any|no|first|"
    r"second|third|last|next|number|step|floor|room|suite|bay|chair|door|level|line|age|aged|older|"
    r"younger|under|over|than|options?|press|dial|call|page|of|of the|the|between the|all|"
    r"you|us|we|them|half|past|quarter to|minutes to|(?:five|ten|twenty|twenty-five) to|"
    r"least|most|only|just|plus|"
    r"cost|costs|charge|charges|pays?|price is|fee is|comes to|dial|version|visit|order|grade)|"
    rf"\b(?:{_NUMBER}|{_OTHER})),?\s$",
    re.IGNORECASE,
)
_MAY_BE_ONE = re.compile(
    rf"(?:\b(?:at|by|after|before|until|till|from|around|about|past|does|how about|what about|"
    rf"would)\s|\b{_TIME},?\s(?:(?:or|and|to|till|until)\s)?)$",
    re.IGNORECASE,
)
""" "One" stands for a thing far more often than for an hour."""
_HOUR_AFTER = re.compile(
    r"\W*$|[,.!?;]|\s[-–—]|\s(?:(?:or|and|to|till|until) (?:noon|midday|half|\d\d?:)|"
    r"(?:or|and|but|so|is|isn't|doesn't|won't|wouldn't|are|was|works?|working|suits?|suited|fits?|sounds?|looks?|feels?|does|do|"
    r"would|will|can|could|might|may|should|then|today|tomorrow|tonight|on|in|with|for|it|instead|"
    r"please|this|next|too|also|as|if|because|since|sharp|be|be any|any|good|ok|okay|fine|"
    r"taken|locked|booked|reserved|set|gone|yours|that|which|still|at the|ish|now|"
    r"has|goes|went|every|each|slot|spot|opening|appointment|in the|before|after|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|first|"
    r"(?:free|open|available|left)(?! \w+s\b))\b)",
    re.IGNORECASE,
)
_COUNTED_AFTER = re.compile(
    r"\s(?:in the (?:morning|afternoon|evening) and (?:one|two|three)|for (?:you|today)\b|"
    r"(?:of|left|more|to choose|that|which|in (?:all|total)))",
    re.IGNORECASE,
)
_COUNTED_BEFORE = re.compile(r"\b(?:have|got|are|has|found|offer|see|and|with)\s$", re.IGNORECASE)
_IN_A_LIST = re.compile(
    r"\b(the )(?:first|second|third)"
    r"(?= (?:is|one|would|works?|and|or|suits?|available|free|open)\b)",
    re.IGNORECASE,
)
_THOSE = re.compile(r"\b(those|these) (?:two|three)\b", re.IGNORECASE)
_COUNTS = frozenset("one two three 1 2 3".split())


def with_hours(sentence: str) -> str:
    """The sentence with "o'clock" after every bare hour, as the grammar of times reads it.

    "The first is at nine" speaks of a list of ours, not of the first of a month.
    """

    plain = _THOSE.sub(r"\1 ones", _IN_A_LIST.sub(r"\1one", sentence))

    def told(found: re.Match[str]) -> str:
        before, after = plain[: found.start()], plain[found.end() :]
        alone = not re.search(r"\w", before + after)  # "Two." tells nothing by itself
        if alone or not _HOUR_AFTER.match(after) or _NO_HOUR_BEFORE.search(before):
            return found[0]
        numbers = [each.lower() for each in re.findall(_NUMBER, found[0], re.IGNORECASE)]
        if len(numbers) == 1 and not _is_hour(numbers[0], before, after):
            return found[0]
        return re.sub(
            rf"\b{_NUMBER}\b", lambda each: f"{each[0]} o'clock", found[0], flags=re.IGNORECASE
        )

    return _LISTED.sub(told, plain)


def _is_hour(number: str, before: str, after: str) -> bool:
    """A small number by itself may count the offers, or stand for one of them."""
    if number in ("one", "1") and not _MAY_BE_ONE.search(before):
        return False
    counted = _COUNTED_BEFORE.search(before) and _COUNTED_AFTER.match(after)
    return not (number in _COUNTS and counted)
