"""The words that are answered before anything else."""

from __future__ import annotations

from scheduling.business import Business
from voice.understanding.acts import Reading
from voice.understanding.emergencies import holds_own, sounds_like_danger, tells_of_danger


def emergency_reply(business: Business, text: str, reading: Reading | None = None) -> str | None:
    """What the business says to these words, when they hold one of its emergency words in any
    form of it, or tell of a danger: by their reading, where there is one."""
    emergency = business.emergency
    if emergency is None or not text:
        return None
    danger = sounds_like_danger(text) if reading is None else tells_of_danger(reading)
    return emergency.say if danger or holds_own(text, emergency.words) else None
