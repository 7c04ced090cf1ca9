"""Orders and goods that a caller names, or says to be none: what is about them takes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from voice.dialogue.agenda import LONGEST_QUERY, Agenda, AnyMatter, OutcomeKind, Query
from voice.dialogue.goods_noted import rule_for_visits
from voice.dialogue.matters.billing import Billing
from voice.dialogue.matters.booking import Booking
from voice.dialogue.matters.buying import Buying
from voice.dialogue.matters.message import Message
from voice.dialogue.matters.own_order import MOST_ASKED, OrderStatus, OwnOrder, with_words
from voice.dialogue.matters.refunding import Refunding
from voice.dialogue.matters.table import MATTERS
from voice.dialogue.only_asking import is_known
from voice.dialogue.speaking import phrase
from voice.dialogue.statements import Rank, Statement
from voice.dialogue.turn_heard import TurnHeard, take
from voice.dialogue.view import View
from voice.spoken import on_day, say_day, say_time
from voice.understanding.acts import Act, Reading
from voice.understanding.goods.goods_said import (
    OUTRIGHT,
    asks_to_fetch,
    says_faulty,
    says_they_fetch,
    says_was_done,
    wants_another_for_it,
)
from voice.understanding.wishes.wanted import spans_of
from voice.understanding.words import plain

TO_FETCH = "When can I come to pick up my order?"
ABOUT_GOODS = ("want:refund", "want:order", "want:billing", "want:buy")
OF_SOMETHING_ELSE = ("want:cancel", "want:move", "want:lookup", "want:message", "give:booking",
                     "ask:policy")  # fmt: skip
"""Labels beside which a thing is only named."""
OF_SALES = frozenset({"refund", "order", "billing", "buy"})
"""Kinds of matters."""
BESIDE_GOODS = frozenset({"problem", "other"})
"""Slots that, beside a wish about goods, tell why."""


def wish_about_goods(hearing: TurnHeard) -> str | None:
    """Of what kind, where this turn has one that is ours to do."""
    for wish in hearing.reading.all(*ABOUT_GOODS):
        begun = MATTERS.get(wish.kind)
        if begun is not None and begun(kind=wish.kind).is_done_here(hearing.view):
            return wish.kind
    return None


def give_goods(hearing: TurnHeard, act: Act) -> OutcomeKind:
    """Of an order, wherever its matter stands on the agenda: what is told before a wish belongs to
    it, and an order alone is asked after."""
    matters, view = hearing.agenda.matters, hearing.view
    wish = wish_about_goods(hearing)
    place = next((at for at, each in enumerate(matters) if each.claims(act, view)), None)
    if place is None:  # what is told beside a wish is of the one matter that the wish is of
        place = next((at for at, each in enumerate(matters) if each.kind == wish), None)
    if place is None:
        if not OF_SALES.isdisjoint(hearing.agenda.done) and wish is None and not act.adds:
            return "noted"  # of what is done
        other = hearing.reading.first(*OF_SOMETHING_ELSE) or hearing.reading.complaint
        if act.kind == "product" and wish is None and other:
            return "nothing to do"  # "this new cream I tried"
        bought = act.kind == "order" or any(each.has_any(act.likely) for each in view.orders)
        sold = any(one.id in act.likely for one in view.business.products)
        kind = wish or ("order" if bought else "buy" if sold else None)
        if kind is None and hearing.matter is not None:
            return "nothing to do"  # "just the one bike", of a visit
        matter = MATTERS[kind](kind=kind) if kind is not None else None
        if matter is None or not matter.is_done_here(view):
            return hearing.asks(act)
        if hearing.matter == Booking() and hearing.at not in hearing.begun:
            hearing.take_for(matter)
        else:
            hearing.begin(matter, len(matters))
        return take(hearing, act)
    at, hearing.at = hearing.at, place
    outcome = take(hearing, act)
    hearing.at = at
    return outcome


def wants_a_visit_back(agenda: Agenda, reading: Reading) -> bool:
    """Whether who says that there is no order means money, but for a visit."""
    if isinstance(agenda.in_hand, Billing):
        return agenda.in_hand.wrong
    money = isinstance(agenda.in_hand, Refunding) or reading.first("want:refund") is not None
    return money and bool(reading.of_visit or agenda.complaint)


def hunts(agenda: Agenda, reading: Reading) -> bool:
    """Whether an order is looked for, and the caller has neither number nor name to find it by."""
    told = reading.first("give:order", "give:reference", "give:name")
    asked = agenda.asked in ("order", "name") and told is None
    return asked and isinstance(agenda.in_hand, OwnOrder) and reading.no_number


def found_by_nothing(agenda: Agenda, before: Agenda, reading: Reading) -> Agenda:
    """With the order given up that there is nothing to find by: the caller says so, or was asked
    twice and told neither number nor name."""
    matter, told = agenda.in_hand, reading.first("give:order", "give:reference", "give:name")
    if (
        not isinstance(matter, OwnOrder)
        or told is not None
        or before.asked not in ("order", "name")
    ):
        return agenda
    times = before.put.get("order", 0) + before.put.get("name", 0)
    vain = times >= MOST_ASKED and reading.first("ask", "person", "hold") is None
    if not (reading.no_number or vain):
        return agenda
    return agenda.with_in_hand(matter.but(unfound=True))


def with_order_number(agenda: Agenda, reading: Reading, view: View) -> Reading:
    """Digits that are too few for a telephone number are those of the order that is looked for."""
    matter = agenda.in_hand
    if not isinstance(matter, OwnOrder) or matter.order(view) is not None:
        return reading
    acts = (
        replace(act, kind="order", value=act.digits)
        if act.label == "give:phone" and act.digits and not act.value
        else act
        for act in reading.acts
    )
    return replace(reading, acts=tuple(acts))


def with_fetching(agenda: Agenda, reading: Reading, view: View) -> Agenda:
    """With when the caller comes for what is being bought, or was just bought, and with the
    question whether they can: no order's state is told to that."""
    buying = next((each for each in agenda.matters if isinstance(each, Buying)), None)
    if buying is None and agenda.done[-1:] != ("buy",):
        return agenda
    spans = spans_of(when for act in reading.acts for when in act.times)
    days = {span.day for span in spans if span.day is not None}
    if not spans and "tomorrow" in plain(reading.text).split():
        days = {view.today + timedelta(days=1)}
    day = min(days) if len(days) == 1 else None
    when = f" {on_day(say_day(day, view.today, view.business.country))}" if day else ""
    matters = agenda.matters
    if buying is not None and says_they_fetch(reading.text):
        fetching = buying.but(fetches=when)
        matters = tuple(fetching if each is buying else each for each in matters)
    if not asks_to_fetch(reading.text):
        return agenda.but(matters=matters)
    asked = [Query(text=TO_FETCH, topic="fetch", turn=reading.text[:LONGEST_QUERY])]
    if buying is None or when:
        hour = next((say_time(each.at, view.business.country) for each in spans if each.at), "")
        at = f" at {hour}" if hour else ""
        asked.append(Query(text=f"are you open{when or ' today'}{at}", topic="hours"))
    others = (each for each in agenda.queries if not asks_to_fetch(f"{each.text}?"))
    kept = (e for e in matters if buying or not isinstance(e, OrderStatus) or e.changing)
    return agenda.but(matters=tuple(kept), queries=(*others, *asked))


def another_for_it(agenda: Agenda, reading: Reading) -> Reading:
    """A new one in the place of what came faulty is not bought."""
    faulty = agenda.faulty or says_faulty(reading.text)
    maybe_bought = any(act.label == "want:buy" for act in (*reading.acts, *reading.instead))
    if not faulty or not maybe_bought or not wants_another_for_it(reading.text):
        return reading
    acts = (
        replace(act, kind="refund", confidence=OUTRIGHT) if act.label == "want:buy" else act
        for act in reading.acts
    )
    return replace(reading, acts=tuple(acts), instead=())


def with_faults(agenda: Agenda, reading: Reading) -> Agenda:
    """What came faulty is wrong with its order, and money that is wanted back, then or later, is
    for that."""
    faulty = says_faulty(reading.text)
    if not faulty and not agenda.faulty:
        return agenda
    ordered = any(isinstance(each, OwnOrder) for each in agenda.matters)
    matters: list[AnyMatter] = []
    for one in agenda.matters:
        if isinstance(one, Refunding):
            matters.append(one.but(faulty=True))
        elif isinstance(one, OrderStatus) and faulty:
            matters.append(one.but(wrong=True, words=with_words(one.words, reading.text)))
        else:
            matters.append(one)
    return agenda.but(matters=tuple(matters), faulty=agenda.faulty or ordered)


def of_no_order(agenda: Agenda, reading: Reading, view: View) -> Agenda:
    """A wrong charge for a visit, or for nobody knows what on a line without a number, is written
    down: no order is looked for."""
    matter = agenda.in_hand
    back = next((each for each in agenda.matters if isinstance(each, Refunding)), None)
    if back is not None:
        return _paid_back(agenda, back, reading, view)
    if not isinstance(matter, Billing) or not matter.wrong:
        return agenda
    if reading.of_visit and not matter.of_visit:
        matter = matter.but(of_visit=True)
        dispute = matter.dispute(view, reading.text if reading.text != matter.words else "")
    elif matter.of_visit or view.call.known_phone is None:
        dispute = matter.dispute(view)
    else:
        return agenda
    if dispute is None:
        return agenda
    sorry = Statement(words=phrase("sorry_to_hear"), rank=Rank.ASIDE)
    told = agenda if agenda.mood else agenda.but(mood="anger").owing(sorry)
    return told.with_in_hand(dispute).asking(None)


def _paid_back(agenda: Agenda, matter: Refunding, reading: Reading, view: View) -> Agenda:
    """Money for a visit is the team's to decide: no order is looked for, and what was told is to be
    passed on, with a word of regret and what is written of such a case."""
    known = " ".join((agenda.complaint, *(each.issue for each in view.tickets), reading.text))
    visit = reading.of_visit or reading.no_order or not view.business.products
    visit = visit or says_was_done(known) and not reading.goods
    if matter.products or matter.reference or view.orders or not visit:
        return agenda
    told = tuple(filter(None, (agenda.complaint, matter.words, reading.text)))
    before = next((one for one in agenda.matters if isinstance(one, Message)), Message())
    message = before.but(sort="refund", said=(*before.said, *told), wanted=True, agreed=True)
    rule = rule_for_visits(view.business, " ".join(told)) or ""
    rule = rule if not any(rule in each for each in agenda.told) else ""
    unwished = (Booking,) if reading.first("want:book") is None else ()
    others = (one for one in agenda.matters if one not in (before, matter))
    kept = (one for one in others if is_known(one) or not isinstance(one, unwished))
    sorry = Statement(words=phrase("sorry_to_hear"), rank=Rank.ASIDE)
    hope = Statement(words=f"{rule} {phrase('put_to_team')}".strip(), rank=Rank.ANSWERED)
    heard = agenda if agenda.mood else agenda.but(mood="wronged").owing(sorry)
    heard = heard.but(matters=(message, *kept), complaint="; ".join(told)[:LONGEST_QUERY])
    return heard.owing(hope).asking(None)
