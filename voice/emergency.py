"""The words that are answered before anything else."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from scheduling.business import Business

_NOT = re.compile(r"\b(?:ca|can)(?:no|n ?)t\b|\bcan not\b")


def emergency_reply(business: Business, text: str) -> str | None:
    """What the business says to these words when one of its emergency words is among them."""
    emergency = business.emergency
    if emergency is None or not text:
        return None
    return emergency.say if _pattern(emergency.words).search(_plain(text)) else None


@lru_cache(maxsize=64)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    said = [re.escape(plain) for word in words if (plain := _plain(word))]
    return re.compile(rf"\b(?:{'|'.join(said)})\b" if said else r"(?!)")


def _plain(text: str) -> str:
    """Without case, accents, marks and spelling of "cannot": recognisers differ in all of them."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in bare if not unicodedata.combining(sign))
    bare = re.sub(r"['’`´]", "", bare)
    return _NOT.sub("cannot", " ".join(re.findall(r"\w+", bare)))
