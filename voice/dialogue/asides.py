"""What is no part of a matter: questions, a person, danger, waiting, and the rest of talk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from support.fitting import best_fit
from support.subjects import subjects
from voice.dialogue.agenda import OutcomeKind
from voice.dialogue.goods_noted import noted_of
from voice.dialogue.matters.booking import Booking
from voice.dialogue.matters.buying import Buying
from voice.dialogue.matters.looking_up import LookingUp
from voice.dialogue.matters.message import Message, passing_on
from voice.dialogue.matters.own_booking import OwnBooking
from voice.dialogue.matters.own_order import OwnOrder
from voice.dialogue.matters.timed import TimedMatter
from voice.dialogue.own_visits import is_opening
from voice.dialogue.ruling_out import why_not
from voice.dialogue.speaking import phrase, reach_a_person, visit_words
from voice.dialogue.statements import Rank, Statement
from voice.dialogue.tickets_told import message_told, rung_about
from voice.dialogue.turn_heard import CONTENT, SURE_QUESTION, TurnHeard, take
from voice.dialogue.view import View
from voice.dialogue.visits_asked import told_of_visits
from voice.dialogue.wanting import pass_unopened_on
from voice.spoken import list_of, say_minutes, say_reference
from voice.understanding.acts import Act, Asking
from voice.understanding.asked_about import asks_of_stock, is_question, points_back
from voice.understanding.emergencies import SURE, holds_own, sounds_like_danger
from voice.understanding.goods.goods_said import asks_for_more
from voice.understanding.tagging.meaning import closeness
from voice.understanding.words import plain

SURE_OF_HELP = 0.6
"""Of a question what we can do; below it something else was asked."""
ABOUT_GOODS = frozenset({"price", "policy", "other", "service", "hours", "times", "booking"})
"""Topics of questions that may be about a thing for sale."""
BY_A_NUMBER = frozenset(("by", "with", "from", "under", "using", "off", "my"))
"""Words of a question whether a telephone number will do."""
WAYS = frozenset(("it", "way"))
"""Words that ask for what we have just said that we cannot do."""
FEW = 4
"""Words at the beginning of a question whether we are the one rung, which tell that one."""
SURE_OUTSIDE = 0.5
"""Of a wish for what is not done here, beside others; below it the words are part of those."""
TOLD_OF_A_BOOKING = frozenset(("when", "who", "made"))
"""Sides of a visit that are told wherever it is looked up."""
CAN = ("can ", "cant ", "could ", "couldnt ")
"""How it is asked whether a visit may be with somebody else."""
WHY = frozenset(("why", "how"))
"""Words by which a reason is asked for."""
GONE = frozenset(("cancelled", "canceled", "gone", "off"))
"""Words of a visit that is no more."""
TALK = {"thanks": "welcome", "sorry": "no_trouble", "chat": "well_thanks"}


def _ask(hearing: TurnHeard, act: Act) -> OutcomeKind:
    act = _of_what_was_named(hearing, act)
    asking = act.asking or Asking()
    if asking.to_oneself:
        return "nothing to do"
    if act.kind == "call_me" and rung_about(hearing, act):
        return "answered"
    if act.kind == "free":
        return hearing.asks(act)
    if not WHY.isdisjoint(plain(act.text).split()[:2]) and why_not(hearing, act):
        return "answered"
    own = hearing.matter.answer(act, hearing.view) if hearing.matter is not None else None
    if own is not None:
        if own:
            hearing.owe(own, Rank.ANSWERED)
        return "answered" if own else "kept"
    goods = hearing.agenda.goods or isinstance(hearing.matter, Buying)
    if goods and asks_for_more(act.text):
        return _ask_for_more(hearing, act)
    act = _of_goods(hearing, act, asking)
    of_visit = asking.amount and isinstance(hearing.matter, TimedMatter)  # no fifty dollar card
    if asking.of_return or act.goods and not of_visit:
        return hearing.asks(act)
    if "made" in asking.sides and hearing.matter is not None and hearing.matter.agreed:
        return "answered"  # that it is done now, or why not
    if _is_of_a_change(hearing, act, asking):
        return hearing.asks(replace(act, kind="fee"))
    unopened, idle = hearing.agenda.unopened, WAYS.isdisjoint(plain(act.text).split())
    if isinstance(unopened, OwnBooking) and hearing.agenda.asked == "pass_on" and not idle:
        return pass_unopened_on(hearing, unopened)
    if asking.services:
        hearing.agenda = hearing.agenda.but(spoken_of=asking.services[0])
    if _is_looked_up(hearing, asking):
        return "answered"
    told = told_of_visits(act, hearing.agenda, hearing.matter, hearing.view)
    if told is not None:
        hearing.agenda = hearing.agenda.but(left_open=hearing.reading.text).owing(told)
        return "answered"
    return _ask_of(hearing, _by_its_sides(act, asking))


def _of_what_was_named(hearing: TurnHeard, act: Act) -> Act:
    """With the service, or the thing for sale, named just before it in the turn, where it points
    back: "who does the waxing, and what does it cost"."""
    before = hearing.before(act)[-1:]
    asking = act.asking or Asking()
    sides = asking.sides or (("price",) if act.kind == "price" else ())
    if not before:
        return act
    last, whole = before[0], hearing.reading.text
    text = whole[last.start : act.end]
    goods = last.likely if last.label == "give:product" else last.goods
    if not whole[last.end : act.start].strip(" ,") and noted_of(hearing.view.business, goods, text):
        asking = replace(asking, openly=True)  # "the card, she can use for a facial too?"
        return replace(act, text=text, goods=goods, asking=asking)
    if not sides or asking.services or not points_back(act.text):
        return act
    named = last.asking.services or last.likely if last.asking else (last.value,)
    if goods and not act.goods:
        return replace(act, text=text, goods=goods)
    if last.label not in ("give:service", "ask:service", "ask:person", "ask:price") or not named:
        return act
    services = tuple(each for each in named if each in hearing.view.services)
    of_it = replace(asking, sides=sides, services=services)
    return replace(act, text=text, asking=of_it) if services else act


def _of_goods(hearing: TurnHeard, act: Act, asking: Asking) -> Act:
    """With the things for sale that are spoken of, where it asks for what they cost or what is
    noted of them, and of no visit or person."""
    agenda, matter, view = hearing.agenda, hearing.matter, hearing.view
    bought = isinstance(matter, Buying) or matter is None and agenda.done[-1:] == ("buy",)
    goods = hearing.reading.goods or (agenda.goods if bought else ())
    named = act.goods or asking.services or act.value or asking.of_change
    if named or not goods or act.kind not in ABOUT_GOODS:
        return act
    priced = "price" in asking.sides and bool(hearing.reading.goods)
    had = asks_of_stock(act.text)
    put = asking.openly or act.confidence >= SURE_QUESTION
    noted = put and noted_of(view.business, goods, act.text) is not None
    return replace(act, goods=goods) if had or priced or noted else act


def _ask_for_more(hearing: TurnHeard, act: Act) -> OutcomeKind:
    """When there is more of a thing: as it is written, else whoever knows is asked."""
    business = hearing.view.business
    written = (*business.faqs, *business.policies)
    told = next((each.answer for each in written if asks_for_more(each.question)), "")
    hearing.owe(told or phrase("when_more"), Rank.ANSWERED)
    if not told and not hearing.agenda.matters:
        hearing.agenda = passing_on(hearing.agenda, act.text)
    return "answered" if told else "declined"


def _is_of_a_change(hearing: TurnHeard, act: Act, asking: Asking) -> bool:
    """Whether a charge is asked about that cancelling or moving may cost: told in so many words,
    or asked where a visit is being changed, or was just changed."""
    if asking.of_change:
        return True
    agenda, matter = hearing.agenda, hearing.matter
    own = matter if isinstance(matter, OwnBooking) else agenda.unopened
    changing = own.kind if own is not None else "" if matter else agenda.changed
    paid = "deposit" in subjects(act.text)  # "does it move over too"
    costs = paid or asking.of_fee or changing == "cancel" and "price" in asking.sides
    return bool(changing in ("cancel", "move") and costs and not asking.services)


def _by_its_sides(act: Act, asking: Asking) -> Act:
    """With the topic that its words tell, where the reader only told that something is asked."""
    if act.kind == "other" and "price" in asking.sides:
        return replace(act, kind="price")
    if act.kind in ("price", "policy", "other") and asking.sides == ("who",):
        return replace(act, kind="person")
    if act.kind == "help" and act.confidence < SURE_OF_HELP:
        return replace(act, kind="other")
    return act


def _ask_of(hearing: TurnHeard, act: Act) -> OutcomeKind:
    match act.kind:
        case "times":
            return _ask_times(hearing, act)
        case "person" | "hours" | "policy" if _asks_when_free(hearing, act):
            return _ask_times(hearing, replace(act, kind="times"))
        case "message":
            return _ask_message(hearing, act)
        case "booking" | "reference" | "repeat" if signs := _signs_again(hearing, act):
            hearing.owe(signs, Rank.ANSWERED)
            return "answered"
        case "booking" | "reference":
            return _ask_booking(hearing, act)
        case "repeat" if hearing.view.last_reply and _brings_nothing_else(hearing):
            hearing.owe(hearing.view.last_reply, Rank.URGENT)
            hearing.agenda = hearing.agenda.but(waits=True)
            return "answered"
        case "repeat":
            return "nothing to do"  # the question is put again in any case
        case "robot":
            hearing.owe(phrase("what_i_am", business=hearing.view.business.name), Rank.ANSWERED)
            return "answered"
    of_call = _of_the_call(hearing, act)
    return hearing.asks(act) if of_call is None else of_call


def _signs_again(hearing: TurnHeard, act: Act) -> str:
    """A number or letters that were told before, or our own number; empty: none is asked for."""
    agenda, view, asking = hearing.agenda, hearing.view, act.asking or Asking()
    calls = [each.asking.of_call for each in hearing.before(act) if each.asking is not None]
    if asking.of_call == "phone" or "phone" in calls and asking.of_call == "again":
        return reach_a_person(view)
    alone = act.kind == "repeat" and _brings_nothing_else(hearing)  # all of it is said again
    if asking.of_call != "again" or alone:
        return ""
    pointed = not points_back(act.text) or agenda.spelled in view.last_reply
    return agenda.spelled if pointed else ""


def _of_the_call(hearing: TurnHeard, act: Act) -> OutcomeKind | None:
    """What becomes of a question about the call itself, which no answer of the business fits; or of
    what only may be one, beside one that is put outright and goes with it. None: it asks for
    something else."""
    reading, business = hearing.reading, hearing.view.business
    asking = act.asking or Asking()
    first = not hearing.view.last_reply and all(
        each.name == "social" or each.kind == "name" for each in hearing.before(act)
    )
    known = {"the", *plain(business.name).split()}
    meant = not known.isdisjoint(plain(act.text).split()[:FEW])
    if asking.of_call == "through" or asking.of_call == "reached" and first and meant:
        hearing.owe(phrase("this_is", business=business.name), Rank.ASIDE)
        return "answered"
    names = {"there": "still_here", "how we are": "well_thanks", "unknown": "not_known"}
    if name := names.get(asking.of_call):
        hearing.owe(phrase(name), Rank.ASIDE)
        return "answered"
    wished = ("give:when", "give:service", "choose", "want:book", "want:move")
    if asking.of_call == "possible" and any(one.label in wished for one in hearing.before(act)):
        return "answered"  # by what is found for it
    unsure = not asking.openly and act.confidence < SURE_QUESTION
    others = (each.asking for each in reading.acts if each != act and each.asking is not None)
    beside = unsure and any(each.openly for each in others)
    return "nothing to do" if beside or asking.of_call == "said" else None


def _brings_nothing_else(hearing: TurnHeard) -> bool:
    idle = ("social", "story", "noise", "hold")
    return all(each.kind == "repeat" or each.name in idle for each in hearing.reading.acts)


def _is_looked_up(hearing: TurnHeard, asking: Asking) -> bool:
    """Whether the look-up that was asked for in the same breath tells it."""
    wanted = isinstance(hearing.matter, LookingUp) and not hearing.view.found
    return wanted and bool(asking.sides) and set(asking.sides) <= TOLD_OF_A_BOOKING


def _asks_when_free(hearing: TurnHeard, act: Act) -> bool:
    """Whether a question about a person is to be looked up in the times of a visit to them."""
    matter = hearing.matter
    if act.value and matter is not None and {"time", "datetime"} & {at.kind for at in act.times}:
        return True  # "does Tamika have noon on the eighteenth"
    asking, can = act.asking or Asking(), plain(act.text).startswith(CAN)
    if isinstance(matter, TimedMatter) and act.value and (act.order or can and not asking.services):
        return True  # "what's the latest Maeve has", "can't it be Maeve"
    if not isinstance(matter, Booking) or matter.service_id is None:
        return False
    of_whom = act.value or act.kind != "hours" and matter.provider_id
    return bool(of_whom and asking.of_being_there)


def _ask_times(hearing: TurnHeard, act: Act) -> OutcomeKind:
    wished = hearing.reading.first("want:book", "give:service", "give:problem")
    known = hearing.view.found and not is_opening(hearing.agenda, hearing.view)
    if hearing.matter is None and known and wished is None and not act.likely:
        return _ask_booking(hearing, act)
    matter, named = hearing.matter, act.asking.services if act.asking else ()
    new = Booking(service_id=named[0] if len(named) == 1 else None)
    if matter is None:
        hearing.begin(new, 0)
    elif isinstance(matter, OwnOrder) and matter.noting:  # that is done, and a visit comes next
        hearing.begin(new, hearing.at + 1)
    _take_what_it_names(hearing, act)
    if isinstance(hearing.matter, TimedMatter):
        take(hearing, act)
    unknown = getattr(hearing.matter, "service_id", None) is None
    return "kept" if unknown else "answered"


def _take_what_it_names(hearing: TurnHeard, act: Act) -> None:
    """The person and the service that a question for a time is asked of."""
    services = act.asking.services if act.asking is not None else ()
    spoken_of, matter = hearing.agenda.spoken_of, hearing.matter
    unnamed = hearing.reading.first("give:service", "give:problem", "want:book") is None
    if spoken_of and unnamed and getattr(matter, "service_id", "") is None and not services:
        services = (spoken_of,)
    if act.value:
        take(hearing, replace(act, name="give", kind="provider", times=()))
    if len(services) == 1 and isinstance(hearing.matter, Booking):
        take(hearing, replace(act, name="give", kind="service", value=services[0], times=()))


def _ask_booking(hearing: TurnHeard, act: Act) -> OutcomeKind:
    """What was put down: the visit in hand, else the one just booked, else it is looked up."""
    view, matter = hearing.view, hearing.matter
    if (gone := _told_gone(act, view)) is not None:
        hearing.owe(gone, Rank.ANSWERED)
        return "answered"
    if isinstance(matter, TimedMatter) and (offer := view.offer(matter.chosen)) is not None:
        minutes = int((offer.end - offer.start).total_seconds()) // 60
        name = getattr(matter, "name", None) or hearing.agenda.name
        said = f"it's under the name {name}" if name else f"it takes {say_minutes(minutes)}"
        told = f"I have your {visit_words(view, offer)}; {said}."
        if isinstance(matter, Booking):
            told += matter.and_then(hearing.agenda, view)
        statement = Statement(words=told, rank=Rank.ANSWERED, offers=(offer.offer_id,))
        hearing.agenda = hearing.agenda.owing(statement)
        return "answered"
    made = [each for each in view.found if each.reference in view.booked_here]
    if matter is None and len(made) > 1:
        yes = act.asking is not None and act.asking.yes_or_no
        listed = list_of([f"your {visit_words(view, each)}" for each in made])
        hearing.owe(f"{'Yes, y' if yes else 'Y'}ou're booked for {listed}.", Rank.ANSWERED)
        return "answered"
    if (outcome := _ask_of_unopened(hearing, act)) is not None:
        return outcome
    if isinstance(matter, OwnBooking) and matter.agreed:
        return "kept"  # what becomes of it is told once it is done
    booked = view.last_booked or (view.found[0] if len(view.found) == 1 else None)
    if booked is not None:
        name = f", under the name {booked.customer}" if booked.customer else ""
        told = f"You're booked for your {visit_words(view, booked)}{name}"
        told += f"; the reference is {say_reference(booked.reference)}."
        hearing.owe(told, Rank.ANSWERED)
        return "answered"
    if matter is None:
        hearing.begin(LookingUp(kind="lookup"), 0)
        return "done"
    if isinstance(matter, Booking) and matter.service_id:
        hearing.owe("Nothing is booked yet.", Rank.ANSWERED)
        return "answered"
    return "nothing to do"


def _ask_of_unopened(hearing: TurnHeard, act: Act) -> OutcomeKind | None:
    """What becomes of a question about a visit that could not be opened: its number opens it as
    little, and somebody may see to it. None: there is none, or another matter is in hand."""
    unopened, matter = hearing.agenda.unopened, hearing.matter
    if not isinstance(unopened, OwnBooking) or not isinstance(matter, Message | None):
        return None
    said, reach = set(plain(act.text).split()), reach_a_person(hearing.view)
    if "number" not in said:
        return pass_unopened_on(hearing, unopened)
    by_it = not reach or not BY_A_NUMBER.isdisjoint(said)
    hearing.owe(phrase("not_by_number", 1) if by_it else reach, Rank.ANSWERED)
    return "answered"


def _told_gone(act: Act, view: View) -> str | None:
    """That the visit asked about by its hour, or as one that is gone, was cancelled just now."""
    gone, said = view.given_up, plain(act.text).split()
    if gone is None or any(each.start == gone.start for each in view.found):
        return None
    start = view.local(gone.start)
    timed = any(when.value in (start, start.time()) for when in act.times)
    if not timed and GONE.isdisjoint(said):
        return None
    return f"Yes, your {visit_words(view, gone)} is cancelled."


def _ask_message(hearing: TurnHeard, act: Act) -> OutcomeKind:
    """Whether it was written down: a message, else the visit; one for somebody that was not is
    taken now."""
    if (told := message_told(act, hearing.view)) is not None:
        hearing.owe(told, Rank.ANSWERED)
        return "answered"
    if not act.value:
        return _ask_booking(hearing, act)
    hearing.begin(Message(wanted=True, whom=act.value), 0)
    return "done"


def _person(hearing: TurnHeard, act: Act) -> OutcomeKind:
    hearing.agenda = hearing.agenda.but(wants_person=True)
    return "done"


def _emergency(hearing: TurnHeard, act: Act) -> OutcomeKind:
    if not _is_sure(hearing, act):
        asked = hearing.reading.calm or hearing.agenda.times_asked.get("emergency", 0)
        hearing.agenda = hearing.agenda.but(maybe_alarmed=not asked)
        return "nothing to do" if asked else "asked back"
    return alarm(hearing)


def _is_sure(hearing: TurnHeard, act: Act) -> bool:
    """By its reading, by the business's own words, or as it comes again when it was asked for."""
    text, emergency = hearing.reading.text, hearing.view.business.emergency
    if emergency is not None and holds_own(text, emergency.words) or sounds_like_danger(text):
        return True
    again = hearing.agenda.alarmed or hearing.agenda.asked == "emergency"
    return not hearing.reading.calm and (act.confidence >= SURE or again)


def alarm(hearing: TurnHeard) -> OutcomeKind:
    """What is to be done in danger is said before anything else."""
    emergency = hearing.view.business.emergency
    words = emergency.say if emergency else phrase("danger")
    urgent = Statement(words=words, rank=Rank.URGENT)
    agenda = hearing.agenda
    again = agenda.repeated_alarm
    hearing.agenda = agenda.but(
        owed=agenda.owed if again else (*agenda.owed, urgent), queries=(), waits=True, alarmed=True,
        wants_person=emergency is None or again, repeated_alarm=agenda.alarmed and not again,
    )  # fmt: skip
    return "answered"


def _hold(hearing: TurnHeard, act: Act) -> OutcomeKind:
    if any(each.name not in ("hold", "social", "story", "noise") for each in hearing.reading.acts):
        return "nothing to do"
    count = hearing.agenda.times_asked.get("wait", 0)
    hearing.owe(phrase("take_your_time", count), Rank.ANSWERED)
    times = {**hearing.agenda.times_asked, "wait": count + 1}
    hearing.agenda = hearing.agenda.but(waits=True, times_asked=times)
    return "done"


def _social(hearing: TurnHeard, act: Act) -> OutcomeKind:
    agenda = hearing.agenda
    alone = all(each.name in ("social", "affirm") for each in hearing.reading.acts)
    if act.kind == "bye":
        hearing.agenda = agenda.but(leaving=True)
        return "done"
    if act.kind == "thanks" and alone and not agenda.matters and agenda.asked == "anything_else":
        hearing.agenda = agenda.but(leaving=True)
        return "done"
    if act.kind == "greet":
        if alone and agenda.asked is None:
            hearing.owe(phrase("hello"), Rank.ASIDE)
        return "done"
    first = agenda.asked is None and not agenda.matters
    if act.kind == "upset":
        return "answered" if agenda.mood else "nothing to do"  # by what is said to feelings
    leaves = hearing.reading.first("social:bye") is not None
    if act.kind in TALK and alone and not leaves and (act.kind != "chat" or first):
        hearing.owe(phrase(TALK[act.kind]), Rank.ASIDE)
        return "answered"
    return "nothing to do"


def _story(hearing: TurnHeard, act: Act) -> OutcomeKind:
    return "nothing to do"


def _outside(hearing: TurnHeard, act: Act) -> OutcomeKind:
    others = any(each.name in (*CONTENT, "ask") for each in hearing.reading.acts)
    if others and act.confidence < SURE_OUTSIDE:
        return "nothing to do"
    business = hearing.view.business
    written = (*business.faqs, *business.policies)
    if is_question(act.text) and best_fit(written, act.text, closeness):
        return hearing.asks(replace(act, name="ask", kind="other"))
    name = "not_ours_of_a_shop" if business.products else "not_ours"
    hearing.owe(phrase(name, business=business.name), Rank.ANSWERED)
    return "declined"


def _noise(hearing: TurnHeard, act: Act) -> OutcomeKind:
    if act.kind == "foreign":
        hearing.owe(phrase("english_only"), Rank.ANSWERED)
        return "declined"
    if act.kind in ("unclear", "silence") and len(hearing.reading.acts) == 1:
        return "asked back"
    return "nothing to do"


HEARD_ASIDE: Mapping[str, Callable[[TurnHeard, Act], OutcomeKind]] = {
    "ask": _ask,
    "person": _person,
    "emergency": _emergency,
    "hold": _hold,
    "social": _social,
    "story": _story,
    "outside": _outside,
    "noise": _noise,
}
