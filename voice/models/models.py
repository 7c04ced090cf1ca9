"""Who reads and who speaks in a turn: ourselves, or a hosted model where the mode says so."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

import structlog

from voice.agents.building import build_agents
from voice.breaker import Breaker
from voice.call import CallContext
from voice.claims.check import ClaimsCheck
from voice.dialogue.matters.account import Account
from voice.journal.values import KeptBack
from voice.models.bridging import say_first
from voice.models.chat_completions import HostedModelError
from voice.models.hosted_model import HostedModel
from voice.models.hosted_side import HostedSide, Patience
from voice.models.hosted_turn import HostedTurn
from voice.models.reader import read_hosted
from voice.talking import hear_words, look_ahead, see_who_calls, talk, talk_on

log = structlog.stdlib.get_logger(__name__)

Mode = Literal["local", "hosted", "auto"]


@dataclass
class Spoken:
    """How a turn was answered, for the journal."""

    answered_by: str = "local"
    """`local`, `hosted`, or `hosted, local`; in `auto` the hosted model only reads."""
    kept_back: list[KeptBack] = field(default_factory=list)


class Models:
    """Chooses for each turn, and remembers how the hosted model has been doing."""

    def __init__(
        self,
        *,
        mode: Mode = "local",
        hosted: HostedModel | None = None,
        patience: Patience | None = None,
        breaker: Breaker | None = None,
    ) -> None:
        if mode != "local" and hosted is None:
            raise ValueError(f"mode {mode} needs a hosted model")
        self.mode = mode
        self.patience = patience = patience or Patience()
        breaker = breaker or Breaker(
            failures=patience.breaker_failures, rest_seconds=patience.breaker_rest_seconds
        )
        self._side = HostedSide(hosted, patience, breaker) if hosted is not None else None
        self._agents = build_agents() if mode == "hosted" else {}
        self.answers: Counter[tuple[str, str]] = Counter()
        """Turns by who answered, and why it was not the other: for the metrics."""
        self.kept_back: Counter[str] = Counter()
        """Sentences kept from callers, by what they claimed: for the metrics."""

    @property
    def filler_seconds(self) -> float:
        """From the turn on; then the caller hears that somebody is at it."""
        if self.mode == "auto":
            return self.patience.reading_filler_seconds
        return self.patience.filler_seconds

    async def speak(self, context: CallContext, say: Callable[[str], None], spoken: Spoken) -> None:
        """Everything that is to be said to the words of this turn, sentence by sentence."""
        await see_who_calls(context)
        if self._side is None or self.mode == "local":
            self.answers["local", "local"] += 1
            return await talk(context, say)
        danger = context.reading.first("emergency") is not None
        if self.mode == "auto":
            why = "emergency" if danger else await self._read(context, self._side)
            self.answers["local", why] += 1
            return await talk(context, say)
        why = "emergency" if danger else "guarded" if context.reading.attempt else ""
        if why or not self._side.breaker.admits():
            self.answers["local", why or "breaker"] += 1
            return await talk(context, say)
        await self._hosted(context, self._side, say=say, spoken=spoken)

    async def _read(self, context: CallContext, side: HostedSide) -> str:
        """Has the turn read by the hosted model where our own reading is not sure; what came of
        it, in a word."""
        if context.reading.confidence >= side.patience.sure or not context.text.strip():
            return "sure"
        if not side.breaker.admits():
            return "breaker"
        try:
            async with asyncio.timeout(side.patience.reading_seconds):
                heard = await read_hosted(side.model, context)
        except TimeoutError:
            return self._gave_up(context, side, "late")
        except HostedModelError as error:
            return self._gave_up(context, side, error.kind)
        side.breaker.succeeded()
        context.reading = heard.reading
        await say_first(context, heard.bridge)
        return "read"

    async def _hosted(
        self, context: CallContext, side: HostedSide, *, say: Callable[[str], None], spoken: Spoken
    ) -> None:
        """The hosted model talks; the built-in dialogue ends the turn where it fails, or where
        a change is to be agreed to."""
        await hear_words(context)
        if isinstance(context.facts.agenda.in_hand, Account):
            # Whom we believe, and what is forgotten, no model has a say in.
            self.answers["local", "account"] += 1
            return await talk_on(context, say)
        await look_ahead(context)
        context.facts.learn([each.spoken for each in context.results])
        claims = ClaimsCheck(context)
        turn = HostedTurn(side, context, claims=claims, say=say)
        why = "hosted"
        context.hosted = True
        try:
            await turn.run(self._agents)
        except HostedModelError as error:
            why = self._gave_up(context, side, error.kind)
            turn.hands_back = not turn.asked
        finally:
            context.hosted = False
            spoken.kept_back += claims.kept_back
            self.kept_back.update(each.kind for each in claims.kept_back)
            spoken.answered_by = "hosted" if turn.said or why == "hosted" else "local"
        turn.settle()
        if turn.hands_back:
            spoken.answered_by = "hosted, local" if spoken.answered_by == "hosted" else "local"
            await talk_on(context, say)
        self.answers["hosted" if why == "hosted" else spoken.answered_by, why] += 1

    def _gave_up(self, context: CallContext, side: HostedSide, kind: str) -> str:
        # The detail may hold a vendor's echo of the caller's words: only the kind is logged.
        log.warning("hosted model gave up", kind=kind, call_id=context.call.call_id)
        side.failed(kind)
        return kind
