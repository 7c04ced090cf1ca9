"""Which of the answers that a business wrote fits a question best, by its words alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from scheduling.business import Faq

LEAST_SHARE = 0.45
"""Of the question's weight that an answer must cover where only words are compared."""
ANSWER_WORDS_WEIGH = 0.6
"""A word of the answer, against one of its question."""

_EMPTY = frozenset(
    """hes shes theyre ye yall yous youse
    a an the i im ill id me my we us our you your yours it its is are was be been am do does did
    to of in on at for with and or if can could would will shall should may might there here this
    that these those what which who whom whose when where why how please tell know want like get
    got have has had any some about just so then than into from by as up out hi hello hey ok okay
    yes no not never dont doesnt didnt isnt arent wasnt cant cannot couldnt wont wouldnt
    thanks thank question ask wondering wonder need also too much many long one
    he she they him them his anything something
    take takes taking do done go going come coming put
    before after first quick quickly actually um uh well let im curious possible able""".split()
)
_ALIKE = (
    "child kid baby toddler son daughter children pediatric infant teenager",
    "park parking car garage lot",
    "pay payment card cash credit debit check",
    "insurance insurer coverage cover medicare medicaid",
    "wheelchair accessible accessibility disabled ramp lift elevator stairs step",
    "bring documents paperwork document",
    "pet dog cat animal",
    "wifi internet wireless",
    "bathroom toilet restroom",
    "eat food feed fast fasting breakfast meal hungry",
    "wait waiting sit lounge room hang",
    "match beat discount haggle cheaper negotiate percent deal",
    "vaccination vaccinate booster jab shot",
    "house home yard farm",
    "bus train subway transit transport metro",
    "refund return",
    "buy bought purchase",
    "age old eighteen 18 sixteen 16 minor",
)


def best_faq(faqs: Sequence[Faq], said: str, *, least_share: float = LEAST_SHARE) -> Faq | None:
    """The one that fits what was asked best, if it fits well enough: by the words that it covers,
    of which rarer ones weigh more."""
    if not faqs or not said.strip():
        return None
    shares = _shares(faqs, content(said))
    most = max(range(len(faqs)), key=shares.__getitem__)
    return faqs[most] if shares[most] >= least_share else None


def _shares(faqs: Sequence[Faq], heard: Sequence[str]) -> list[float]:
    """How much of the weight of these words each covers, 0 to 1."""
    asked = [set(content(faq.question)) for faq in faqs]
    told = [set(content(faq.answer)) for faq in faqs]
    times_asked = Counter(word for words in asked for word in words)
    times_told = Counter(word for words in told for word in words)

    def weight(word: str, index: int) -> float:
        if word in asked[index]:
            return 1 / times_asked[word]
        return ANSWER_WORDS_WEIGH / times_told[word] if word in told[index] else 0.0

    return [
        sum(weight(word, index) for word in heard) / max(1, len(heard))
        for index in range(len(faqs))
    ]


@lru_cache(maxsize=512)
def content(text: str) -> tuple[str, ...]:
    """Stems of the words that carry meaning, each once; words of like meaning are one."""
    words = plain(text).replace("check up", "checkup").split()  # no cheque
    return tuple(dict.fromkeys(_like(stem(word)) for word in words if word not in _EMPTY))


def stem(word: str) -> str:
    """The word without its ending."""
    if word in ("lady", "ladies"):
        return "lady"
    for ending in ("ations", "ation", "ings", "ing", "ities", "ies", "ed", "es", "s", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


_LIKE = {stem(word): stem(group.split()[0]) for group in _ALIKE for word in group.split()}


def _like(stem: str) -> str:
    return _LIKE.get(stem, stem)


def plain(text: str) -> str:
    """Lower case, words only, contractions run together."""
    return " ".join(re.findall(r"[^\W_]+", re.sub(r"['’]", "", text.casefold())))
