"""By which door a rehearsed call comes in: typed at Vapi's doors, or aloud at the audio socket."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from rehearsal.goals import Goal
from voice.speech.opening import Engines
from webhooks.live_calls import OpenLiveCalls, open_live_calls
from webhooks.rehearsal.line import Line, LineKind
from webhooks.rehearsal.stage import Stage

if TYPE_CHECKING:
    from webhooks.rehearsal.spoken_line import SpokenLine


@dataclass(frozen=True, slots=True)
class Aloud:
    """With what calls are spoken, and over what kind of line."""

    engines: Engines
    line: LineKind


@dataclass(frozen=True, slots=True)
class Door:
    """What the app of one call needs, and the line to it: of a stage, a goal and a call's id."""

    live_calls: OpenLiveCalls
    line: Callable[[Stage, Goal, str], Line | SpokenLine]


def typed() -> Door:
    """Vapi's doors: what the caller said arrives as text."""

    def line(stage: Stage, goal: Goal, call_id: str) -> Line:
        return Line(
            stage.client,
            call_id,
            phone=goal.person.phone if goal.person.shows_number else None,
            dialled=stage.business.numbers[0] if stage.business.numbers else None,
        )

    return Door(open_live_calls, line)


def spoken(aloud: Aloud, seed: str) -> Door:
    """The audio socket. It shows no number, and passes no call on."""
    # Sound needs numpy, which comes with the engines.
    from webhooks.rehearsal.call_time import CallTime, live_calls_in
    from webhooks.rehearsal.caller_sound import CallerSound
    from webhooks.rehearsal.spoken_line import SpokenLine

    time, random = CallTime(), Random(f"{seed}:sound")

    def line(stage: Stage, goal: Goal, call_id: str) -> SpokenLine:
        del goal
        tokens = stage.resources.caller_tokens
        token, _ = tokens.make(call_id=call_id, organisation_id=stage.organisation_id)
        voice = aloud.engines.synthesizer
        sound = CallerSound(voice, aloud.line, seed=random.randrange(2**32))
        return SpokenLine(stage.app, token, sound=sound, time=time, random=random)

    return Door(live_calls_in(time, aloud.engines), line)
