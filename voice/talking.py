"""A turn of the built-in dialogue: words are read, steps decided, tools run, sentences said."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from voice.call import CallContext
from voice.dialogue.agenda import Agenda
from voice.dialogue.decide import give_up, go_on
from voice.dialogue.hearing import hear
from voice.dialogue.learning import learn
from voice.dialogue.matters.timed import TimedMatter
from voice.dialogue.own_visits import may_be_recognised, names_told
from voice.dialogue.steps import Ran, Reply, UseTools
from voice.spoken import sentences
from voice.tools.account import recognise
from voice.tools.availability import live_offers
from voice.tools.running import run_to_the_end
from voice.turn import HangUp
from voice.understanding.acts import Reading
from voice.viewing import view_of

READS = frozenset({"check_availability", "check_pair", "answer_question"})
"""Tools that change nothing but what is offered."""
MOST_TOOL_ROUNDS = 6
"""In one turn; who needs more is going round in circles."""


async def talk(context: CallContext, say: Callable[[str], None]) -> None:
    """Everything that the built-in dialogue has to say to the words of this turn."""
    await hear_words(context)
    await talk_on(context, say)


async def hear_words(context: CallContext) -> None:
    """The words of this turn go into the agenda; nothing is done or said yet."""
    await _see_to_the_chosen(context)
    agenda = hear(context.facts.agenda, context.reading, view_of(context), _alarming(context))
    name = context.recognised
    context.facts.agenda = agenda if name is None else agenda.but(name=name)


async def see_who_calls(context: CallContext) -> None:
    """Before anything is made of the words: names in them may show whose bookings these are, in
    the light of which they are then read again."""
    before, reading = len(context.facts.own), context.reading
    if may_be_recognised(context.facts.agenda, reading, view_of(context)):
        context.recognised = await recognise(context, names_told(reading))
    if len(context.facts.own) > before:
        context.facts.agenda = context.facts.agenda.but(
            name=context.recognised or context.facts.agenda.name
        )
        context.reading = context.read(context.text)


def _alarming(context: CallContext) -> Reading | None:
    """The words that only raised an alarm, read once the caller says that it was none."""
    words = context.facts.agenda.alarmed_by
    if not words or not context.reading.calm:
        return None
    return context.read(words)


async def look_ahead(context: CallContext) -> None:
    """What the words just heard need looked up, and no more than that, is looked up: who talks
    next need not ask for it."""
    agenda, step = go_on(context.facts.agenda, view_of(context))
    calls = step.calls if isinstance(step, UseTools) else ()
    reads = tuple(call for call in calls if call.name in READS)
    if reads:
        context.facts.agenda = agenda
        ran = await _use(context, UseTools(reads))
        context.facts.agenda = learn(agenda, ran, view_of(context))


async def talk_on(context: CallContext, say: Callable[[str], None]) -> None:
    """What is to be done and said once the words of this turn were heard."""
    before, reply = await _decided(context)
    gone = await _gone(context, before, reply)
    if gone is not None:
        context.facts.agenda = gone
        _, reply = await _decided(context)
    if reply.hang_up and context.call.can_hang_up:
        context.acts.append(HangUp())
    for sentence in sentences(reply.text):
        say(sentence)


async def _decided(context: CallContext) -> tuple[Agenda, Reply]:
    """The reply, once every tool that it takes has run; and the agenda that it was made from."""
    before = context.facts.agenda
    agenda, step = go_on(before, view_of(context))
    for _ in range(MOST_TOOL_ROUNDS):
        context.facts.agenda = agenda
        if isinstance(step, Reply):
            return before, step
        ran = await _use(context, step)
        before = learn(agenda, ran, view_of(context))
        agenda, step = go_on(before, view_of(context))
    context.facts.agenda, reply = give_up(context.facts.agenda, view_of(context))
    return before, reply


async def _use(context: CallContext, step: UseTools) -> tuple[Ran, ...]:
    results = await asyncio.gather(
        *(run_to_the_end(context, call.name, call.arguments) for call in step.calls)
    )
    return tuple(Ran(call, result) for call, result in zip(step.calls, results, strict=True))


async def _see_to_the_chosen(context: CallContext) -> None:
    """Whether what was chosen can still be had: a hold may have run out or given way."""
    agenda, view = context.facts.agenda, view_of(context)
    matter = agenda.in_hand
    if not isinstance(matter, TimedMatter):
        return
    offer = view.offer(matter.chosen)
    if offer is None:
        return
    if not {each.offer_id for each in await live_offers(context)}.issuperset(offer.offer_ids):
        context.facts.agenda = agenda.with_in_hand(matter.gone(offer, view))


async def _gone(context: CallContext, before: Agenda, reply: Reply) -> Agenda | None:
    """The agenda of before the reply, without what that was about to offer and which is not free
    any more."""
    offered = {each for statement in reply.statements for each in statement.offers}
    matter = before.in_hand
    if not offered or not isinstance(matter, TimedMatter):
        return None
    live = {each.offer_id for each in await live_offers(context)}
    if offered <= live:
        return None
    again = matter.but(searched="", chosen=None, agreed=False)
    owed = tuple(each for each in before.owed if live.issuperset(each.offers))
    return before.but(owed=owed).with_in_hand(again)
