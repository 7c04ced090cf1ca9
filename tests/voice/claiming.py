"""What a model's words are held against in the tests of claims."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from scheduling.desk import Desk
from tests.voice.caller import Caller
from voice.call import CallContext
from voice.claims.check import ClaimsCheck
from voice.journal.journal import Journal
from voice.turn import Line


async def context_of(
    caller: Caller, desk: Desk, journal: Journal, *, text: str = "", history: str = ""
) -> CallContext:
    """What a model's words are held against after the turns so far."""
    facts, now = await journal.facts(caller.call)
    return CallContext(
        call=caller.call,
        organisation=caller.organisation,
        business=await desk.business(caller.organisation.id),
        facts=facts,
        now=now,
        text=text,
        desk=desk,
        journal=journal,
        history=(Line("caller", history),) if history else (),
    )


async def let_through(context: CallContext, sentences: Iterable[str]) -> list[str]:
    """Those of the sentences that leave as they are; the facts stay what they were."""
    return [each for each in sentences if await is_kept_back(context, each) is None]


async def is_kept_back(context: CallContext, sentence: str) -> str | None:
    """What it falsely claims; `yes <= am I booked` is said after these words of the caller."""
    sentence, _, answered = sentence.partition(" <= ")
    context = replace(context, text=answered or context.text)
    check = ClaimsCheck(context)
    said = await check.check(sentence)
    if not check.kept_back:
        assert said == sentence
        return None
    assert said
    assert said != sentence
    assert await ClaimsCheck(context).check(said) == said, f"the truth was not true: {said}"
    return check.kept_back[0].kind
