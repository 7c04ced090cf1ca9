"""What the caller has heard once in full is said shortly after that: people, and days near by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from voice.dialogue.agenda import Agenda
from voice.dialogue.steps import Reply
from voice.dialogue.view import View
from voice.spoken import NEAR, say_nearly

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
