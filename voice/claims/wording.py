"""English words and patterns of this package, kept as text in `english/`, one file for a module.

`[section]` opens a section; its lines are one pattern, or a list of words. `{name}` stands for
another section of the file or of `shared.txt`; `#` begins a remark.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files

_SECTION = re.compile(r"^\[([\w ]+)\]$")
_NAME = re.compile(r"\{([a-z_]+)\}")


class Wording:
    """The sections of one file."""

    def __init__(self, module: str) -> None:
        self._sections = {**_read("shared"), **_read(module)}

    def text(self, section: str) -> str:
        """The pattern, to be part of another."""
        return _NAME.sub(lambda found: self.text(found[1]), self._sections[section])

    def pattern(self, section: str) -> re.Pattern[str]:
        """The pattern, whatever the case."""
        return re.compile(self.text(section), re.IGNORECASE)

    def words(self, section: str) -> frozenset[str]:
        """The section as a list of words."""
        return frozenset(self._sections[section].split())


def _read(name: str) -> Mapping[str, str]:
    text = files("voice.claims").joinpath(f"english/{name}.txt").read_text("utf-8")
    sections: dict[str, str] = {}
    section = ""
    for line in text.splitlines():
        if found := _SECTION.match(line):
            section = found[1]
            sections[section] = ""
        elif line and not line.startswith("#"):
            joint = "" if not sections[section] or sections[section].endswith("|") else " "
            sections[section] += joint + line
    return sections
