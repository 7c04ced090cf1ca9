"""How a caller names the one he takes among the times that were offered."""

from __future__ import annotations

from collections.abc import Sequence

from rehearsal.hearing import HeardTime
from rehearsal.saying import WEEKDAYS, clock_words
from rehearsal.voicing import Voice

PLACES = ("first", "second", "third", "fourth")


def pick_words(voice: Voice, chosen: HeardTime, offered: Sequence[HeardTime]) -> str:
    """A phrase that can only mean the chosen one."""
    if len(offered) == 1:
        return "yes please"
    return voice.random.choice(_names_of(voice, chosen, offered))


def _names_of(voice: Voice, chosen: HeardTime, offered: Sequence[HeardTime]) -> list[str]:
    minute = chosen.at.hour * 60 + chosen.at.minute
    clock = clock_words(minute, voice.business, voice.random)
    same_clock = [each for each in offered if each.at.time() == chosen.at.time()]
    same_day = [each for each in offered if each.at.date() == chosen.at.date()]
    names = [f"the {PLACES[offered.index(chosen)]} one"]
    if len(offered) == 2:
        names.append(
            "the earlier one" if chosen.at == min(e.at for e in offered) else "the later one"
        )
        if offered[0].at == offered[1].at:
            names.pop()
    if len(same_clock) == 1:
        names += [clock, clock, clock if " in the " in clock else f"the {clock} one"]
    elif chosen.provider_id and len({each.provider_id for each in same_clock}) > 1:
        names.append(f"{clock} with {voice.business.provider(chosen.provider_id).name}")
    if len(same_day) == 1:
        day = WEEKDAYS[chosen.at.weekday()]
        if sum(each.at.weekday() == chosen.at.weekday() for each in offered) == 1:
            names += [day, f"the one on {day}", f"{day} at {clock}"]
    return names
