"""Keys of the telephone as they are pressed: when a number is whole, counted in audio."""

from __future__ import annotations

from voice.understanding.acts import Asked

BETWEEN_KEYS_SECONDS = 2.0
MOST_KEYS = 32


class Keys:
    """Of one call."""

    def __init__(self) -> None:
        self._pressed = ""
        self._seconds = 0.0

    @property
    def pressing(self) -> bool:
        """Whether keys were pressed that may not be all."""
        return bool(self._pressed)

    def press(self, key: str, asked: Asked) -> str:
        """All keys, when this is the last: a hash, or the one that chooses what was read out."""
        if key == "#":
            return self._take()
        self._seconds = 0.0
        self._pressed = (self._pressed + key)[:MOST_KEYS]
        return self._take() if asked in ("choose", "which_booking") else ""

    def step(self, seconds: float) -> str:
        """So much more was heard of the line; all keys, when no more seem to come."""
        self._seconds += seconds
        return self._take() if self._seconds >= BETWEEN_KEYS_SECONDS else ""

    def _take(self) -> str:
        pressed, self._pressed = self._pressed, ""
        return pressed
