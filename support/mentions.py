"""What a business wrote that speaks of a service: by its very name, or of it in some case."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scheduling.business import Faq, Service
from support.faq import content, plain

_CASE = re.compile(r"\b(?:if|unless|although|though|seeing|given|considering)\b(.*)")
_EVERYDAY = frozenset(content("pay paying cost costs charge price come book day time"))
"""Words of a case that nearly every answer has."""


def naming(written: Sequence[Faq], services: Sequence[Service]) -> Faq | None:
    """The answer that calls one of these by a name of theirs, the longest name first."""
    names = {plain(name) for each in services for name in (each.name, *each.also)}
    for name in sorted(names, key=len, reverse=True):
        for entry in written:
            if f" {name} " in f" {plain(entry.answer)} ":
                return entry
    return None


def of_one_kind(services: Sequence[Service], said: str) -> list[Service]:
    """Those with a word in their names by which the question calls one of its kind."""
    words = set(content(said))
    return [each for each in services if words & set(content(each.name))]


def of_the_case(written: Sequence[Faq], service: Service, said: str) -> Faq | None:
    """The answer that speaks both of the service and of the case that the question tells of, as
    of glasses that were bought elsewhere."""
    told = _CASE.search(plain(said))
    own = {word for name in (service.name, *service.also) for word in content(name)}
    case = set(content(told[1])) - own - _EVERYDAY if told else set()
    best: tuple[int, Faq] | None = None
    for entry in written:
        asked, words = set(content(entry.question)), set(content(entry.answer))
        if case & (asked | words) and own & (asked | words):
            common = len((case | own) & (asked | words))
            best = max(best or (0, entry), (common, entry), key=lambda each: each[0])
    return best[1] if best is not None else None
