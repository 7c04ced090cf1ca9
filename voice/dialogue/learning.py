"""Results of tools taken into the agenda: what is to be told of them, and what is over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from support.faq import content
from voice.dialogue.agenda import LONGEST_QUERY, Agenda, Query
from voice.dialogue.guarding import firmly
from voice.dialogue.matters.message import Message, passing_on
from voice.dialogue.matters.timed import TimedMatter
from voice.dialogue.promoting import promoted, settled
from voice.dialogue.speaking import list_services, phrase, reach_a_person
from voice.dialogue.statements import Rank, Statement
from voice.dialogue.steps import Ran
from voice.dialogue.view import View
from voice.spoken import list_of, lower_first, one_of
from voice.understanding.asked_about import points_back
from voice.understanding.free_changes import free_ahead
from voice.understanding.words import plain

UNANSWERED = {
    "help": "what_i_can_do",
    "call_me": "nobody_rings",
    "fetch": "when_ready",
    "refund": "no_payments",
    "billing": "no_payments",
    "order": "no_payments",
    "buy": "no_sales",
    "product": "no_sales",
}
"""What is said, by topic, where the business wrote no answer of its own."""
ALIKE = 0.6
"""Of the words of two questions: from this share on they are the same one."""
NEEDS_PERSON = frozenset({"refund", "billing", "order", "buy", "product"})
AGAIN = ("", "As I said, ", "Once more: ")
"""Before an answer that the caller has heard already, by how often."""
MOST_KEPT = 6
"""Answers that are kept of a call."""
PASSED_ON = frozenset(
    {"", "policy", "other", "location", "person", "hours", "price", "booking", "fee"}
)
"""Topics of questions that staff may have an answer to where the business wrote none."""


def learn(agenda: Agenda, ran: Sequence[Ran], view: View) -> Agenda:
    """The agenda after these tools ended; of questions those that have an answer come first."""
    if any(each.result.facts.get("range") is False for each in ran):  # beside a price it is vague
        vague = {e.call.arguments["question"] for e in ran if e.result.facts.get("range")}
        ran = [each for each in ran if each.call.arguments.get("question") not in vague]
        agenda = agenda.but(queries=tuple(e for e in agenda.queries if e.text not in vague))
    questions = [each for each in ran if each.call.name == "answer_question"]
    questions.sort(key=lambda one: one.result.facts.get("answer", "") is None)
    for each in (questions.pop(0) if one in questions else one for one in ran):
        match each.call.name:
            case "answer_question" if not _is_of_matter(agenda, each):
                agenda = _answered(agenda, each, view)
            case "transfer_to_human":
                agenda = _to_a_person(agenda, each)
            case _ if agenda.in_hand is not None:
                agenda = _of_matter(agenda, each, view)
    return agenda


def _is_of_matter(agenda: Agenda, ran: Ran) -> bool:
    return agenda.in_hand is not None and agenda.in_hand.looks_up(ran.call)


def _of_matter(agenda: Agenda, ran: Ran, view: View) -> Agenda:
    assert agenda.in_hand is not None
    before, ended = len(agenda.matters), agenda.in_hand
    learnt = ended.learn(ran, agenda, view)
    if len(learnt.matters) < before:
        done = ended if ran.result.refused is None else None
        kinds = (*learnt.done, ended.kind) if done else learnt.done
        return promoted(learnt.but(news=True, done=kinds), done, view)
    return settled(learnt, view)


def _answered(agenda: Agenda, ran: Ran, view: View) -> Agenda:
    asked = ran.call.arguments["question"]
    query = next(
        (each for each in agenda.queries if each.text == asked), Query(text=asked, topic="")
    )
    topic, asked = query.topic, query.said or asked
    left = tuple(each for each in agenda.queries if each != query)
    agenda = agenda.but(queries=left)
    if agenda.leaving and topic == "service":
        return agenda.declining(words=asked)
    if ran.result.facts.get("offered") is False:
        return _not_done_here(agenda, ran, view)
    guessed = topic == "fetch" and ran.result.facts.get("sure") is False
    if ran.result.facts.get("answer") and not guessed:
        applied = _applied(query, ran.result.spoken, view)
        return _told(agenda.but(left_open=query.turn), query, ran, applied)
    if not query.surely and _something_else(agenda, asked):
        return agenda.declining(words=asked, as_kind="nothing to do")
    agenda = agenda.declining(words=asked).but(offers_person=topic in NEEDS_PERSON)
    if topic == "free":
        told = any(each.rank is Rank.ANSWERED for each in agenda.owed)
        return agenda if told else firmly(agenda, "price", view)
    if name := UNANSWERED.get(topic):
        if topic == "help" and view.business.products:
            name = "what_i_can_do_in_a_shop"
        if name == "no_sales" and view.business.products:
            name = "not_sold"
        words = phrase(name, business=view.business.name)
        return agenda.owing(Statement(words=words, rank=Rank.ANSWERED))
    if agenda.leaving:
        return agenda  # who says goodbye asks nothing more
    return _honest_no(agenda, query, view)


def _applied(query: Query, rule: str, view: View) -> str:
    """What the rule of changes comes to for the visit that is asked about, where that is certain;
    else nothing."""
    free = free_ahead(rule, query.change) if query.starts is not None else None
    if query.starts is None or free is None:
        return ""
    left, days = query.starts - view.now, view.local(query.starts).date() - view.today
    if left > free.ahead:
        words = phrase("no_charge", length=free.words)
        return f"No, {words}" if query.yes_or_no else f"{words[:1].upper()}{words[1:]}"
    surely = left < free.ahead and days < free.ahead and free.charges and query.yes_or_no
    return f"Yes: {lower_first(rule)}" if surely else ""


def _told(agenda: Agenda, query: Query, ran: Ran, applied: str) -> Agenda:
    """The answer, where it is not told already; a mere guess only where nothing else was told of
    that."""
    facts = ran.result.facts
    if day := facts.get("day"):
        agenda = agenda.but(day_told=date.fromisoformat(day))
    told = applied or ran.result.spoken
    if any(each.words.endswith(lower_first(told)[1:]) for each in agenda.owed):
        return agenda  # two questions with one answer
    if told in agenda.told and not query.openly:
        return agenda  # "then I'll park behind": who says so has heard it
    if facts.get("sure") is False and _goes_without(agenda, query):
        return agenda
    again = AGAIN[min(agenda.told.count(told), len(AGAIN) - 1)]
    words = f"{again}{lower_first(told)}" if again else told
    kept = (told, *agenda.told)[:MOST_KEPT]
    return agenda.but(told=kept).owing(Statement(words=words, rank=Rank.ANSWERED))


def _not_done_here(agenda: Agenda, ran: Ran, view: View) -> Agenda:
    """What is near to it, which denies nothing, for it may be what was meant; else a no, once in a
    turn and each time in other words, with some of the services, which nobody hears twice. Nothing
    is said where what is near is seen to already."""
    near: list[str] = ran.result.facts["near"]
    if any(each.no_answer for each in agenda.owed) or _is_in_hand(agenda, near, view):
        return agenda
    words = phrase("not_done", agenda.denied)
    if near:
        words = phrase("nearest_done", names=list_of(near))
    elif not agenda.listed:
        words = f"{words} {list_services(view)}"
    told = Statement(words=words, rank=Rank.ANSWERED, no_answer=True, not_done=True, lists=not near)
    return agenda.but(denied=agenda.denied + 1).owing(told)


def _is_in_hand(agenda: Agenda, near: Sequence[str], view: View) -> bool:
    """Whether a visit for one of these is being booked, or is asked about in this reply."""
    matter = agenda.in_hand
    services = (*getattr(matter, "services", ()), *getattr(matter, "likely", ()))
    named = {one_of(lower_first(view.business.service(each).name)) for each in services}
    return not named.isdisjoint(near)


def _something_else(agenda: Agenda, asked: str) -> bool:
    """Whether the turn has come to something but for these words, or a question of ours is open."""
    others = [each for each in agenda.outcomes if each.words[:LONGEST_QUERY] != asked]
    heard = any(each.kind in ("done", "answered", "noted", "kept") for each in others)
    return heard or agenda.asked is not None


def _honest_no(agenda: Agenda, query: Query, view: View) -> Agenda:
    """That we have no answer, once for one question and once in a turn, with the offer to pass it
    on, the first time in a call and where nothing else is going on; to one that comes again, how to
    reach somebody."""
    asked = plain(query.text)
    if _goes_without(agenda, query):
        return agenda
    if any(each.no_answer for each in agenda.owed):
        return agenda.but(unanswered=(*agenda.unanswered, asked))
    if any(_alike(asked, each) for each in agenda.unanswered):
        words = f"{phrase('no_answer', len(agenda.unanswered))} {reach_a_person(view)}".strip()
        reach = Statement(words=words, rank=Rank.ANSWERED, weak=True, no_answer=True)
        return agenda.but(offers_person=not agenda.matters).owing(reach)
    answered = any(each.rank is Rank.ANSWERED for each in agenda.owed)
    first = not agenda.unanswered and not agenda.times_asked.get("pass_on")
    offered = first and query.surely and query.topic in PASSED_ON and not answered
    idle = not agenda.matters  # beside something else it would come up when it is forgotten
    name = "no_judging" if query.to_judge else "no_other_answer" if answered else "no_answer"
    words, weak = phrase(name, len(agenda.unanswered)), not (query.surely and query.openly)
    told = Statement(words=words, rank=Rank.ANSWERED, weak=weak, no_answer=True)
    unanswered, left_open = (*agenda.unanswered, asked), query.turn or query.text
    honest = agenda.but(unanswered=unanswered, left_open=left_open).owing(told)
    return passing_on(honest, left_open) if offered and idle else honest


def _goes_without(agenda: Agenda, query: Query) -> bool:
    """Whether a question is only about what this turn's other question has been told: "what's your
    rule on it"."""
    answered = any(each.rank is Rank.ANSWERED and not each.no_answer for each in agenda.owed)
    return answered and points_back(query.text)


def _alike(asked: str, before: str) -> bool:
    """Whether most words of the shorter that carry meaning are in the other."""
    words, others = set(content(asked)), set(content(before))
    return len(words & others) > ALIKE * min(len(words), len(others))


def _to_a_person(agenda: Agenda, ran: Ran) -> Agenda:
    told = Statement(words=ran.result.spoken, rank=Rank.DONE)
    through = ran.result.facts.get("transfer") is not None
    agenda = agenda.but(wants_person=False, put_through=through, elsewhere=not through).owing(told)
    agenda = agenda.but(no_person=agenda.no_person or through)
    matter = agenda.in_hand
    begun = isinstance(matter, TimedMatter) and (matter.chosen or matter.searched)
    kept = begun or isinstance(matter, Message) and matter.said and not through
    if matter is not None and not kept:
        agenda = agenda.without_in_hand()
    return agenda if through else passing_on(agenda.declining(label="person"))
