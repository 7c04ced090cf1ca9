"""What to do next, from the agenda, the caller's acts and the results of tools. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from voice.dialogue.agenda import Agenda
from voice.dialogue.hearing import hear
from voice.dialogue.learning import learn
from voice.dialogue.matters.timed import TimedMatter
from voice.dialogue.promoting import promoted
from voice.dialogue.replying import reply
from voice.dialogue.steps import Ask, Need, Over, Ran, Reply, Step, UseTools, use
from voice.dialogue.view import View
from voice.dialogue.ways_out import is_in_vain, way_out
from voice.spoken import NEAR, say_nearly
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
    while (matter := agenda.in_hand) is not None:
        need = matter.need(agenda, view)
        if isinstance(need, Ask) and is_in_vain(need, agenda):
            agenda = way_out(need.asked, agenda, view)
            continue
        if not isinstance(need, Over):
            going = agenda.leaving and not matter.agreed
            return agenda, (None if going and isinstance(need, UseTools) else need)
        ended = agenda.without_in_hand().owing(*need.told)
        ended = ended.but(offers_person=need.offer_person or agenda.offers_person)
        ended = ended.but(too_late=tuple(filter(None, (*agenda.too_late, need.too_late))))
        agenda = promoted(ended, None, view)
    return agenda, None


TITLES = frozenset(
    {"dr", "dr.", "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "prof", "prof.", "doctor"}
)


def shortly(agenda: Agenda, reply: Reply, view: View) -> tuple[Agenda, Reply]:
    """The agenda with what has been said in full by now, and the reply in as few words."""
    told = list(agenda.told_in_full)
    forms = [*_people(view), *_days(view)]

    def shortened(words: str) -> str:
        if words == view.last_reply:  # said again to who did not hear it
            return words
        for full, short in forms:
            if full in told:
                words = words.replace(full, short)
            elif full in words:
                told.append(full)
                head, tail = words.split(full, 1)
                words = head + full + tail.replace(full, short)
        return words

    statements = tuple(each.but(words=shortened(each.words)) for each in reply.statements)
    question = shortened(reply.question)
    agenda = agenda.but(told_in_full=tuple(told))
    return agenda, replace(reply, statements=statements, question=question)


def _people(view: View) -> Iterator[tuple[str, str]]:
    """Full names, the longest first, and what else they are called: by the first name, or by title
    and surname; not where two share that."""
    names = sorted((who.name for who in view.business.providers), key=len, reverse=True)
    short = {name: _called(name) for name in names}
    for name in names:
        shared = sum(each == short[name] for each in short.values()) > 1
        if not shared and short[name] != name:
            yield name, short[name]


def _called(name: str) -> str:
    parts = name.split()
    if parts[0].lower() in TITLES:
        return f"{parts[0]} {parts[-1]}" if len(parts) > 1 else name
    return parts[0]


def _days(view: View) -> Iterator[tuple[str, str]]:
    day = view.today
    while day <= view.today + NEAR:
        if said := say_nearly(day, view.today, view.business.country):
            yield said
        day += timedelta(days=1)
