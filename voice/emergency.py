"""The words that are answered before anything else."""

from __future__ import annotations

from scheduling.business import Business
from voice.understanding.emergencies import holds_own, sounds_like_danger


def emergency_reply(business: Business, text: str) -> str | None:
    """What the business says to these words, when they hold one of its emergency words in any
    form of it, or tell of a plain danger."""
    emergency = business.emergency
    if emergency is None or not text:
        return None
    return emergency.say if sounds_like_danger(text) or holds_own(text, emergency.words) else None
