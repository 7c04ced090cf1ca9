"""What to do next, from the agenda, the caller's acts and the results of tools. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from voice.dialogue.agenda import Agenda
from voice.dialogue.hearing import hear
from voice.dialogue.learning import learn
from voice.dialogue.matters.timed import TimedMatter
from voice.dialogue.promoting import promoted
from voice.dialogue.replying import reply
from voice.dialogue.shortening import shortly
from voice.dialogue.steps import Need, Over, Ran, Reply, Step, UseTools, use
from voice.dialogue.view import View
from voice.understanding.acts import Reading


def decide(
    agenda: Agenda, reading: Reading, results: Sequence[Ran], view: View
) -> tuple[Agenda, Step]:
    """The agenda after the caller's words, or after the tools that were asked for last, and the
    next step. A turn begins without results and ends with a Reply."""
    agenda = learn(agenda, results, view) if results else hear(agenda, reading, view)
    return go_on(agenda, view)


def go_on(agenda: Agenda, view: View) -> tuple[Agenda, Step]:
    """The next step of an agenda that holds all that was said and found so far."""
    agenda, need = _need(agenda, view)
    calls = [
        use("answer_question", question=each.text, topic=each.topic) for each in agenda.queries
    ]
    if agenda.wants_person:
        calls.append(use("transfer_to_human", reason="the caller asked for a person"))
    if isinstance(need, UseTools):
        calls += need.calls
    if calls:
        return agenda, UseTools(tuple(calls))
    return shortly(*reply(agenda, need, view), view)


def give_up(agenda: Agenda, view: View) -> tuple[Agenda, Reply]:
    """The reply of a turn whose tools never came to an end."""
    agenda = agenda.but(queries=(), wants_person=False, offers_person=True)
    return shortly(*reply(agenda, None, view), view)


def _need(agenda: Agenda, view: View) -> tuple[Agenda, Need | None]:
    """What the matter in hand needs; one that cannot go on makes room for the next."""
    if agenda.waits or agenda.unsure is not None or agenda.wants_person or agenda.put_through:
        return agenda, None
    if agenda.disputed and isinstance(agenda.in_hand, TimedMatter):
        services = view.business.services
        service = agenda.in_hand.service_id or (services[0].id if services else None)
        call = use("check_availability", service=service, when=agenda.disputed)
        return agenda.but(disputed=""), UseTools((call,))
    while agenda.in_hand is not None:
        need = agenda.in_hand.need(agenda, view)
        if not isinstance(need, Over):
            going = agenda.leaving and not agenda.in_hand.agreed
            return agenda, (None if going and isinstance(need, UseTools) else need)
        ended = agenda.without_in_hand().owing(*need.told)
        ended = ended.but(offers_person=need.offer_person or agenda.offers_person)
        agenda = promoted(ended, None, view)
    return agenda, None
