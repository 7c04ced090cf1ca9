"""A reading taken into the agenda: each act is heard in its turn, and each has an outcome."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from voice.dialogue.agenda import Agenda, Outcome, OutcomeKind
from voice.dialogue.alarmed import still_alarmed
from voice.dialogue.asides import HEARD_ASIDE
from voice.dialogue.assent import HEARD_ASSENT, taken_up_again
from voice.dialogue.details import give
from voice.dialogue.each_visit import (
    in_hearing_order,
    in_their_order,
    only_one,
    places,
    taken_apart,
    visits,
    with_denied_visits,
)
from voice.dialogue.goods_given import (
    another_for_it,
    found_by_nothing,
    hunts,
    of_no_order,
    wants_a_visit_back,
    with_faults,
    with_fetching,
    with_order_number,
)
from voice.dialogue.guarding import guarded
from voice.dialogue.matters.booking import Booking
from voice.dialogue.matters.buying import Buying
from voice.dialogue.matters.message import BESIDE_IT, Message, complained, offering_to_pass_on
from voice.dialogue.matters.own_booking import OwnBooking
from voice.dialogue.matters.own_order import OwnOrder
from voice.dialogue.matters.pair import Pair
from voice.dialogue.matters.timed import TimedMatter
from voice.dialogue.matters.written_down import WrittenDown, is_own_words
from voice.dialogue.message_words import taken_back, with_its_matter, without_promises
from voice.dialogue.only_asking import LEADING_ON, as_asking, is_known, without_noes
from voice.dialogue.own_visits import move_instead, new_instead, spoken_of, with_own_visit
from voice.dialogue.pairing import paired
from voice.dialogue.ruling_out import rule_out
from voice.dialogue.speaking import can_put_through, matter_words, phrase
from voice.dialogue.statements import Rank, Statement
from voice.dialogue.turn_heard import CONTENT, READ_BACKS, TurnHeard
from voice.dialogue.view import View
from voice.dialogue.wanting import want
from voice.understanding.acts import Act, Reading
from voice.understanding.emergencies import is_none, sounds_like_danger
from voice.understanding.loose_phrases import urgency_of
from voice.understanding.names.said_names import said_name
from voice.understanding.services.matching import told_apart
from voice.understanding.services.whom import is_of_oneself, made_for, whom_told

SURE = 0.45
"""Of a reading; below it nothing is done but to ask back."""
HARDLY = 0.2
"""Of an act; below it the words say something else."""
SURE_YES = 0.6
"""Of a yes to what is written into the book."""
SURE_WISH = 0.6
"""Of a wish or a question behind a goodbye."""
TAKEN_FOR_A_NAME = ("story", "outside", "social")
"""Names of acts that may be a name badly heard."""
SHORTEST_NAME, LONGEST_NAME = 3, 4
"""In letters, and in words."""
OWN_WORDS_ASKED = ("problem", "message", "call_back")
"""Questions that are answered in words of one's own."""
OF_SALES = (OwnOrder, Buying)
OF_A_NUMBER = ("want:account", "ask:reference", "want:order", "deny")
"""Labels under which it is told that there is no number, where one was asked for."""
WISHES_OF_SALES = frozenset(
    """want:order want:refund want:billing want:buy want:lookup give:product give:order""".split()
)
TO_BUY = frozenset({"want:buy", "give:product"})
"""Of these what is still to be bought."""
SAYING_MORE = ("ask", "want", "give:problem", "give:service", "social:thanks", "social:bye")
NO_MESSAGE = frozenset(
    {"want:message", "give:call_back", "give:name", "give:phone", "social:bye", "social:thanks"}
)
"""Labels of what ends a message, or stands before it."""
CURT = 2
"""Words of a yes or a no that says nothing else."""
CALMING = ("deny", "drop", "emergency")
"""Names of acts by which it is said that nobody is in danger."""
ACTING = frozenset({"affirm", "deny", "choose", "more", "want", "give", "rule_out", "drop"})
HEARD: Mapping[str, Callable[[TurnHeard, Act], OutcomeKind]] = {
    "want": want,
    "give": give,
    "rule_out": rule_out,
    **HEARD_ASSENT,
    **HEARD_ASIDE,
}
"""What hears an act, by its name."""


def hear(agenda: Agenda, reading: Reading, view: View, alarming: Reading | None = None) -> Agenda:
    """The agenda after the caller's words; `alarming`: those before that were taken for an alarm
    and are heard now that it was none."""
    if agenda.alarmed and _is_calm(reading):
        return _calmed(agenda, alarming or Reading(), reading, view)
    changed = _hear(agenda, reading, view)
    if _has_alarmed(changed, reading):  # nothing else is talked of beside it
        return changed.but(queries=())
    return still_alarmed(changed, reading, view) if agenda.alarmed else changed


def _is_calm(reading: Reading) -> bool:
    """Whether it is none, and no danger is told beside that: "nothing's wrong with me, but my
    husband has collapsed"."""
    dangers = (each for each in reading.all("emergency") if not is_none(each.text))
    return reading.calm and not any(dangers) and not sounds_like_danger(reading.text)


def _calmed(agenda: Agenda, before: Reading, reading: Reading, view: View) -> Agenda:
    """The call goes on where the alarm broke in, with all that was said then; a no to the alarm is
    none to what was asked before it, and what is said once more counts once."""
    heard = _acting(before, lambda act: act.name != "emergency")
    said = heard.first(*CONTENT) is not None
    rest = _acting(
        reading,
        lambda act: act.name not in (*CALMING, *(CONTENT if said else ())),
    )
    sorry = Statement(words=phrase("no_danger"), rank=Rank.ASIDE)
    agenda = agenda.but(alarmed=False, alarmed_by="", repeated_alarm=False)
    first = _hear(agenda, heard, view) if heard.acts else agenda
    last = _hear(first, rest, view).owing(sorry)
    if not heard.acts:
        return last
    queries, outcomes = (*first.queries, *last.queries), (*first.outcomes, *last.outcomes)
    wants_person, unsure = first.wants_person or last.wants_person, last.unsure or first.unsure
    last = last.but(wants_person=wants_person, unsure=unsure, news=first.news or last.news)
    return last.but(queries=queries, outcomes=outcomes)


def _acting(reading: Reading, counts: Callable[[Act], bool]) -> Reading:
    """With those acts alone."""
    return replace(reading, acts=tuple(filter(counts, reading.acts)), instead=())


def _hear(agenda: Agenda, reading: Reading, view: View) -> Agenda:
    fresh = agenda.but(
        queries=(), outcomes=(), news=False, waits=False, leaving=False, wants_person=False,
        elsewhere=agenda.elsewhere and reading.first("want:book") is None,
        unsure=None, disputed=reading.disagreement or "", offers_person=False, put_through=False,
        maybe_alarmed=False, goods=reading.goods or agenda.goods,
    )  # fmt: skip
    reading = another_for_it(fresh, with_order_number(fresh, reading, view))
    asked = _questions_before_yes(reading, agenda)
    fresh = as_asking(fresh, reading)
    fresh, reading = guarded(fresh, _with_name_as_heard(agenda, asked), view)
    if (asked_back := _ask_back(fresh, agenda, reading)) is not None:
        return asked_back
    fresh, reading = without_promises(felt(fresh, reading, view), reading, view)
    fresh, reading = _without_denied(fresh, reading)
    fresh = new_instead(taken_up_again(fresh, reading), reading, view)
    fresh = taken_back(fresh, reading, view)
    fresh = taken_apart(move_instead(fresh, reading, view), reading, view)
    reading, visit = spoken_of(fresh, _without_doubtful_yes(reading), view)
    named = with_denied_visits(fresh, reading, view)
    hearing = TurnHeard(fresh, named, view, unsure=agenda.unsure)
    if visit is not None:
        hearing.take_for(visit)
    heard: dict[int, Outcome] = {}
    for place, act in in_hearing_order(hearing.reading):
        outcome = _kept(hearing, act) or HEARD[act.name](hearing, act)
        heard[place] = Outcome(label=act.label, words=act.text, kind=outcome)
    outcomes = [*fresh.outcomes, *(heard[place] for place in sorted(heard))]
    changed = _with_limits(_as_the_turn_says(hearing, agenda), hearing)
    changed = changed.but(leaving=changed.leaving and not _goes_on(reading))
    news = _known(changed) != _known(agenda)
    taken = [each for each in outcomes if each.kind not in ("asked back", "nothing to do")]
    further = any(not each.label.startswith(("social", "noise", "story")) for each in taken)
    declined = all(each.kind == "declined" for each in taken)
    misses = 0 if news or further and not declined else agenda.misses
    return changed.but(outcomes=tuple(outcomes), news=news, misses=misses)


def _with_limits(agenda: Agenda, hearing: TurnHeard) -> Agenda:
    """With the hours that bind whatever visit is wanted, as the one in hand was told to keep to."""
    timed = [one for one in hearing.agenda.matters if isinstance(one, TimedMatter)]
    return agenda.but(limits=timed[0].wanted.kept) if timed and timed[0].wanted.spans else agenda


def _with_name_as_heard(agenda: Agenda, reading: Reading) -> Reading:
    """Words that nothing was made of, said to a question for the name that was put before: they are
    taken for it as they were heard, and read back."""
    told = any(act.label not in ("give:name", "story") for act in reading.acts if act.value)
    words = reading.text.split()
    again = agenda.asked == "name" and agenda.put.get("name", 0) > 1
    plainly = all(act.name in TAKEN_FOR_A_NAME for act in reading.acts)
    if not again or told or not plainly or len(words) > LONGEST_NAME or reading.all("give:name"):
        return reading
    name = said_name(reading.text)
    if name is None or len(name) < SHORTEST_NAME:
        return reading
    act = Act("give", "name", reading.text, 0, len(reading.text), SURE, value=name)
    return replace(reading, acts=(act,))


def _as_the_turn_says(hearing: TurnHeard, before: Agenda) -> Agenda:
    """With what follows from the acts of the turn together."""
    reading, view = hearing.reading, hearing.view
    in_order = in_their_order(hearing.agenda, reading, view)
    one = _told_apart(only_one(in_order, reading, view), before, reading, view)
    told = _for_whom_it_is(one, before, reading, view)
    told = with_faults(of_no_order(told, reading, view), reading)
    told = found_by_nothing(told, before, reading)
    whole = paired(told, reading, view)
    whole = offering_to_pass_on(_without_empty_visit(whole, hearing), view)
    changed = with_own_visit(whole, before.asked, reading, view)
    return _whose(with_fetching(_as_pressing(changed, reading), reading, view), reading)


def _without_denied(agenda: Agenda, reading: Reading) -> tuple[Agenda, Reading]:
    """Who says that no visit is to be booked, or that nothing was or is to be bought, has no such
    matter in hand, and is asked of none before one is wished for; that no is none to anything
    else."""
    if hunts(agenda, reading):
        reading = _acting(reading, lambda act: act.label not in OF_A_NUMBER)
    wish = reading.first("want:book")
    no_visit = reading.no_visit and not (wish is not None and wish.confidence >= SURE_WISH)
    buys = reading.first("want:buy")
    to_buy = buys is not None and buys.confidence >= SURE_WISH
    no_order = reading.no_order and not wants_a_visit_back(agenda, reading)
    if reading.no_order:
        dropped = WISHES_OF_SALES - TO_BUY if to_buy else WISHES_OF_SALES
        dropped = dropped if no_order else frozenset({"want:order"})
        reading = _acting(reading, lambda act: act.label not in dropped)
        if agenda.asked == "ticket":  # "it's not an order" is no no to having it written down
            reading = without_noes(reading)
    sales = (OwnOrder,) if to_buy else OF_SALES
    denied = (*((Booking,) if no_visit else ()), *(sales if no_order else ()))
    if reading.only_asks and agenda.asked in LEADING_ON:
        reading = without_noes(reading)
    if not denied:
        return agenda, reading
    kept = tuple(one for one in agenda.matters if not isinstance(one, denied) or is_known(one))
    asked = agenda.asked if kept[:1] == agenda.matters[:1] else None
    heard = reading
    if asked not in READ_BACKS:
        heard = without_noes(reading)
    agenda = agenda.but(matters=kept, asked=asked, elsewhere=no_visit or agenda.elsewhere)
    return agenda, heard


def _without_empty_visit(agenda: Agenda, hearing: TurnHeard) -> Agenda:
    """A visit of which nothing is known waits for what else was begun with it; beside a complaint
    it was never wished for."""
    first, *others = agenda.matters or (None,)
    if first != Booking(kind="book") or not others or 0 not in hearing.begun:
        return agenda
    behind = () if hearing.reading.complaint else (first,)
    return agenda.but(matters=(*others, *behind))


def _has_alarmed(agenda: Agenda, reading: Reading) -> bool:
    """Whether the alarm was raised, or raised again, by this turn."""
    raised = reading.first("emergency") is not None or agenda.asked == "emergency"
    return raised and agenda.alarmed and agenda.waits


def _kept(hearing: TurnHeard, act: Act) -> OutcomeKind | None:
    """What the matter in hand takes as it was said; None: the act means what it always does."""
    matter = hearing.matter
    if isinstance(matter, Message):
        act = _in_whole(hearing, matter, act)
    if matter is None or not matter.keeps(act, hearing.agenda):
        return None
    taken = matter.take(act, hearing.agenda, hearing.view)
    if isinstance(taken, Message) and act.label == "want:message":
        taken = with_its_matter(hearing, act, taken)
    hearing.change(matter, taken)
    return "noted"


def _in_whole(hearing: TurnHeard, matter: Message, act: Act) -> Act:
    """With all the words of an answer that was told in several pieces: "any day" and "Monday after
    two" are "any day but Monday after two"; a message is all that stands between a yes before it
    and a goodbye."""
    reading, asked = hearing.reading, hearing.agenda.asked
    if act.label == "want:message" and reading.first("give:message") is None:
        return replace(act, text=reading.text)
    if act.label == "give:message":
        return act
    pieces = [a for a in reading.acts if is_own_words(a) and a.label not in NO_MESSAGE]
    if asked == "call_back":
        pieces = [each for each in reading.acts if each.kind in ("when", "call_back")]
    if act not in pieces:
        return act
    start, end = pieces[0].start, pieces[-1].end
    if asked == "message" or matter.wanted and not matter.said:
        others = [each for each in reading.acts if each.label in NO_MESSAGE]
        yes = [each for each in reading.acts if each.name in ("affirm", "deny") and _is_curt(each)]
        start = max((each.end for each in (*yes, *others) if each.end <= start), default=0)
        end = min((each.start for each in others if each.start >= end), default=len(reading.text))
    elif asked not in BESIDE_IT:
        return act
    told = reading.text[start:end].strip(" ,.;")
    return replace(act, text=told.removesuffix(" i").removesuffix(" and"))


def _is_curt(act: Act) -> bool:
    return len(act.text.split()) <= CURT


def _as_pressing(agenda: Agenda, reading: Reading) -> Agenda:
    """What ends as a ticket is as pressing as the whole turn says, not its own words alone."""
    matter, said = agenda.in_hand, urgency_of(reading.text)
    if not isinstance(matter, WrittenDown) or said == "normal":
        return agenda
    return agenda.with_in_hand(matter.but(pressing=said))


def _goes_on(reading: Reading) -> bool:
    """Whether a wish or a question, with no goodbye behind it, keeps the call going."""
    bye = max((each.start for each in reading.all("social:bye")), default=-1)
    behind = [act for act in reading.all("want", "person", "ask") if act.start > bye]
    return any(
        act.confidence >= SURE_WISH or (act.asking is not None and act.asking.openly)
        for act in behind
        if act.asking is None or not act.asking.to_oneself
    )


def _told_apart(agenda: Agenda, before: Agenda, reading: Reading, view: View) -> Agenda:
    """With the service that was meant, where we asked whether it is one, or which of several, or
    where the one in hand was turned down, and a word tells it from the others, or the same need is
    told again."""
    matter, asked = agenda.in_hand, before.in_hand
    if not isinstance(asked, Booking) or not isinstance(matter, Booking) or matter.service_id:
        return agenda
    turned_down = asked.service_id is not None and not matter.likely
    if not turned_down and (before.asked not in ("guess", "service") or not asked.likely):
        return agenda
    among = asked.likely or {each.id for each in view.named_services} - {asked.service_id}
    named = [each for each in view.named_services if each.id in among]
    again = {each for act in reading.all("give:service", "give:problem") for each in act.likely}
    meant = told_apart(reading.text, named) if len(named) > 1 else None
    meant = meant or next((each for each in asked.likely if each in again), None)
    if meant is None or meant in agenda.not_meant:
        return agenda
    return agenda.with_in_hand(matter.take(Act("give", "service", value=meant), agenda, view))


def _for_whom_it_is(agenda: Agenda, before: Agenda, reading: Reading, view: View) -> Agenda:
    """With the service that is made for whom it is, where one of a common name was asked for; of
    several visits each has its own."""
    agenda = agenda.but(whom=reading.whom or agenda.whom)
    several = len(places(agenda)) > 1 or any(map(is_of_oneself, reading.all("give:party")))
    theirs = [at for at, one in places(agenda) if not (several and one.own)]
    known = getattr(before.in_hand, "service_id", None)
    matters = list(agenda.matters)
    for at, one in places(agenda):
        if isinstance(one, Pair):
            continue
        whom = whom_told(one.party) or (agenda.whom if theirs == [at] else "")
        wanted = one.service_id or (None if one.likely or at else known)
        new = reading.whom != "" or not any(each.service_id == wanted for each in visits(before))
        made = made_for(wanted, whom, view.named_services) if wanted and new else None
        if made not in (None, one.service_id, *agenda.not_meant):
            meant = Act("give", "service", value=made, corrects=True)
            matters[at] = one.take(meant, agenda, view)
    return agenda.but(matters=tuple(matters))


def _whose(agenda: Agenda, reading: Reading) -> Agenda:
    """With the name of whoever the visit is of that is spoken of: "it's about my wife, Linda
    Pollard". Their name is not the caller's."""
    names = [each.value for each in reading.all("give:name") if each.value]
    if not (reading.of_kin and names) or not isinstance(agenda.in_hand, OwnBooking):
        return agenda
    return agenda.but(of_another=names[0])


def _without_doubtful_yes(reading: Reading) -> Reading:
    """Beside words that say what is wanted, a yes, a no or a wish that is hardly one says nothing;
    nor does such a wish or question beside a plain no."""
    no = any(act.name in ("deny", "drop") and act.confidence >= SURE for act in reading.acts)
    kept = tuple(
        act
        for act in reading.acts
        if act.confidence >= _least_of(act, no=no) and not _hardly_of_sales(reading, act)
    )
    content = any(act.name in CONTENT and act.confidence >= SURE for act in kept)
    return replace(reading, acts=kept) if content or no else reading


def _hardly_of_sales(reading: Reading, act: Act) -> bool:
    """Whether a wish about an order, or to buy, names nothing and is less sure than what else is
    said: "is that the heating people"."""
    if act.label not in WISHES_OF_SALES - {"want:lookup"} or act.confidence >= SURE_WISH:
        return False
    others = [each for each in reading.all(*SAYING_MORE) if each is not act]
    named = reading.first("give:product", "give:order", "give:reference") is not None
    return not named and any(each.confidence > act.confidence for each in others)


def _least_of(act: Act, *, no: bool) -> float:
    """The confidence from which on an act counts beside others."""
    match act.name:
        case "deny" if act.value == "kept":
            return 0.0  # what is to stay as it is is cancelled by no yes beside it
        case "affirm" | "deny" | "drop":
            return SURE
        case "ask":
            return SURE if no else 0.0
        case "want":
            return HARDLY
    return 0.0


def _questions_before_yes(reading: Reading, before: Agenda) -> Reading:
    """A yes to what is written into the book that is hardly one is none beside a question: that is
    answered, and the read-back comes again."""
    asks = any(each.asking is not None and each.asking.openly for each in reading.all("ask"))
    if before.asked not in READ_BACKS or not asks:
        return reading
    kept = tuple(a for a in reading.acts if a.name != "affirm" or a.confidence >= SURE_YES)
    return replace(reading, acts=kept)


def _known(agenda: Agenda) -> tuple[object, ...]:
    return (
        agenda.matters, agenda.name, agenda.phone, agenda.phone_digits, agenda.phone_declined,
    )  # fmt: skip


def _ask_back(fresh: Agenda, before: Agenda, reading: Reading) -> Agenda | None:
    """Of words that may mean either of two things nothing is done; which it is, is asked, but
    never twice in a row."""
    acting = [act for act in reading.acts if act.name in ACTING]
    if before.unsure is not None or not acting or before.asked in OWN_WORDS_ASKED:
        return None
    outcomes = tuple(Outcome(label=a.label, words=a.text, kind="asked back") for a in reading.acts)
    yes = reading.first("affirm")
    if before.asked in READ_BACKS and yes is not None and yes.confidence < SURE_YES:
        if all(act.name not in CONTENT for act in acting):
            return fresh.but(unsure=("yes", "no"), outcomes=outcomes)
    leaves = reading.first("social:bye") and not reading.first("affirm")  # a no is borne out
    if max(act.confidence for act in acting) >= SURE or leaves:
        return None
    wants = [
        act.kind if act.name == "want" else act.name
        for each in (reading.acts, reading.instead)
        for act in each
        if act.name in ("want", "person")
    ]
    kinds = [kind for kind in dict.fromkeys(wants) if matter_words(kind)]
    if len(kinds) >= 2:
        return fresh.but(unsure=(kinds[0], kinds[1]), outcomes=outcomes)
    if before.asked in READ_BACKS:
        return fresh.but(unsure=("yes", "no"), outcomes=outcomes)
    return None


WORDS = {"hurt": "sorry_hurt", "joy": "glad_news", "wronged": "sorry_to_hear"}
LEAST_SURE = 0.5
"""Of an act in which somebody is upset."""


def felt(agenda: Agenda, reading: Reading, view: View) -> Agenda:
    """The agenda after sad news, or after words of anger, to which a person is offered as well."""
    if agenda.alarmed or reading.first("emergency") is not None:
        return agenda
    agenda = complained(agenda, reading)
    if reading.sad_news and agenda.mood not in ("grief", "hurt"):
        mood = "hurt" if reading.sad_news == "hurt" else "grief"
        told = Statement(words=phrase(f"sorry_{reading.sad_news}"), rank=Rank.ASIDE)
        return agenda.but(mood=mood).owing(told)
    if reading.feeling is not None and not agenda.mood:
        told = Statement(words=phrase(WORDS[reading.feeling]), rank=Rank.ASIDE)
        return agenda.but(mood=reading.feeling).owing(told)
    upset = reading.first("social:upset", "noise:abuse")
    if upset is None or upset.confidence < LEAST_SURE or agenda.mood:
        return agenda
    angry = agenda.but(mood="anger")
    if reading.first("affirm", "person", "social:bye") is not None:
        return angry  # who agrees, or is put through, wants no more words
    words = phrase("sorry_to_hear")
    if can_put_through(agenda, view):
        words = phrase("sorry_and_a_person")
    return angry.owing(Statement(words=words, rank=Rank.ASIDE))
