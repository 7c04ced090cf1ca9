"""Words of everyday calls that are not people's names."""

from __future__ import annotations

from voice.understanding.word_lists import word_lists

_LISTS = word_lists("everyday")

NOT_NAMES = _LISTS["function"] | _LISTS["of calls"]
"""Never part of a name that comes after a weak introduction ("it's …") or none."""
NEVER_NAMES = _LISTS["function"] - {"may", "will"} | _LISTS["of calls alone"]
"""Not part of a name even after a strong introduction ("my name is …")."""
SURNAMES_TOO = _LISTS["surnames too"]
GIVEN_TOO = _LISTS["given too"]
