"""People's names as they are compared, whoever wrote or heard them."""

from __future__ import annotations

import unicodedata

UNDECOMPOSED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"}
)


def fold(name: str) -> str:
    """Letters and digits alone, without case, accents or spacing."""
    plain = name.casefold().translate(UNDECOMPOSED)
    return "".join(each for each in unicodedata.normalize("NFKD", plain) if each.isalnum())
