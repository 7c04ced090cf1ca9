"""answer_question: the business's own answer, or that it has none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, time, timedelta

from scheduling.business import Business, Faq, LocalSpan
from scheduling.windows import days
from support import answers
from support.answers import Question
from support.faq import content
from support.fitting import best_fit, without_yes_or_no
from support.questions import find_answer
from support.subjects import subjects
from support.written import written_to
from voice.call import CallContext, listening
from voice.dialogue.goods_noted import noted_of, without_other_goods
from voice.spoken import list_of, lower_first, one_of, sentences
from voice.tool_results import ToolResult
from voice.tools.answers_said import MOST_LISTED, say_answer
from voice.tools.goods_told import told_of_goods
from voice.tools.refusals import Incomplete
from voice.understanding import asked_about as about
from voice.understanding.acts import Act
from voice.understanding.dates.reading import read_times
from voice.understanding.goods.goods_said import goods_named, tells_what_was_asked
from voice.understanding.goods.goods_valued import asked_of_goods
from voice.understanding.hearing import Hearing
from voice.understanding.reading import Named
from voice.understanding.services.likely_services import may_mean
from voice.understanding.services.matching import all_named, where_named
from voice.understanding.services.services_said import ANYONE, said_person, said_service
from voice.understanding.tagging.meaning import closeness
from voice.understanding.wishes.wanted import Span, spans_of
from voice.understanding.word_lists import word_lists
from voice.understanding.words import plain

MOST_BESIDE = 2
"""Words of a question beside the name of a thing that is all it asks about."""
LEAST_IN_COMMON = 2
"""Words that a question shares with what it goes on about; one subject weighs as much."""
MOST_GUESSED = 2
MOST_DAYS = 14
"""Of a span that is asked about."""
NEAR_ENOUGH = 0.5
"""Of a service that is told of in the place of what is not done."""
SHUT = frozenset(("closed", "shut", "off"))
"""In a question with one of these a yes would say the opposite."""
BOTH = frozenset(("both", "they", "them", "two", "either"))
"""By such a word a question speaks of those who do what was spoken of."""
WISHES = frozenset({"refund", "billing", "order", "buy", "account", "product", "tech"})
"""Topics that are no questions: only the business's very words answer them."""
NEAREST = "What I have on that is:"
NO_ANSWER = "I'm afraid I don't have an answer to that."


async def answer_question(
    context: CallContext, *, question: str | None = None, topic: str | None = None
) -> ToolResult:
    """What the business file says to the question."""
    if not question or not question.strip():
        raise Incomplete("What would you like to know?")
    heard = listening(context)
    put = _put_of_one_more(context, question, heard)
    question, topic = put, topic if put == question else None
    goods = _goods_of(context, question, heard)
    if goods and _is_of_them(context, goods, question):
        noted = noted_of(context.business, goods, question)
        return _answered(noted or await told_of_goods(context, goods))
    asked = _understood(context, question, topic, heard)
    goods = goods or tuple(heard.goods_spoken_of)
    of_goods = _of_goods_spoken_of(context, asked, heard, goods)
    return of_goods or _told(context, asked, heard.services, goods)


def _put_of_one_more(context: CallContext, question: str, heard: Hearing) -> str:
    """The question before this one, of what "and what about the peel" names."""
    said, _, _ = context.text.partition(question)
    before = said if where_named(said, heard.services) else context.facts.agenda.left_open
    one, other = where_named(question, heard.services), where_named(before, heard.services)
    if one is None or other is None or not about.asks_of_one_more(question):
        return question
    return f"{before[: other[0]]}{question[one[0] : one[1]]}{before[other[1] :]}"


def _understood(context: CallContext, question: str, topic: str | None, heard: Hearing) -> Question:
    """It with what its words, and the call so far, tell of it."""
    agenda = context.facts.agenda
    spoken_of = _service_spoken_of(context, question, heard)
    # that something is done, or who does it, is told only of what is called by its name; beside a
    # price, what is written of it goes before a mere guess at what is meant
    loosely = spoken_of is None and topic not in ("service", "price")
    surely = all_named(question, heard.services, loosely=loosely)
    beside_it = all_named(question, heard.services) if surely and topic == "price" else ()
    named = max(surely, beside_it, key=len) or _guessed_services(context, question, topic, heard)
    beside = _told_around(context, question, spoken_of)
    within, told = _part_of_day(question, heard), (heard.day_told,) if heard.day_told else ()
    days = _days_named(question, heard) or _days_named(beside, heard) or (told if within else ())
    return Question(
        _with_goods_to_go_back(context, question, heard),
        days,
        named[0] if named else spoken_of,
        _person_asked_of(context, question, heard),
        _people_asked_of(context, question, heard),
        within,
        named,
        named=bool(surely),
        topic=topic or "",
        of_the_way=about.asks_the_way(question),
        of_return=about.asks_of_return(question),
        of_change=topic == "fee" or about.asks_of_a_change(question, heard.services),
        points_back=about.points_back(question),
        on_condition=about.is_on_condition(question),
        of_advice=about.asks_advice(question),
        of_notice=about.asks_of_notice(question),
        beside=beside,
        together=about.asks_in_all(question),
        surely=all(each.surely for each in agenda.queries if each.text == question),
        guessed=any(told.startswith(NEAREST) for told in agenda.told),
        refused=agenda.unanswered[-1] if agenda.unanswered else "",
    )


def _guessed_services(
    context: CallContext, question: str, topic: str | None, heard: Hearing
) -> tuple[str, ...]:
    """Those that a question for a side of a visit, or for a price, may mean; else what we have just
    guessed at."""
    if topic != "price" and not about.sides_of(question):
        return ()
    one, likely = said_service(question, heard.services)
    if one is None and not likely and topic == "price":
        likely = getattr(context.facts.agenda.in_hand, "likely", ())
    return (one,) if one is not None else likely[:MOST_GUESSED]


def _person_asked_of(context: CallContext, question: str, heard: Hearing) -> str | None:
    """Whom it names; of "she", and of when somebody is back, whoever the turn names, or the matter
    in hand is with."""
    who = said_person(question, heard.providers, loosely=False)
    of_somebody = about.asks_of_return(question) or about.asks_of_somebody(question)
    if who in (None, ANYONE) and of_somebody:
        who = said_person(context.text, heard.providers, loosely=False)
        who = _person_spoken_of(context) if who in (None, ANYONE) else who
    return who if who != ANYONE else None


def _people_asked_of(context: CallContext, question: str, heard: Hearing) -> tuple[str, ...]:
    """Those whom it names, or, of "both", all who do what was spoken of."""
    named = tuple(
        each.id
        for each in heard.providers
        if said_person(question, (each,), loosely=False) == each.id
    )
    service = context.facts.service_id or context.facts.agenda.spoken_of
    if BOTH.isdisjoint(plain(question).split()) or named or not service:
        return named if len(named) > 1 else ()
    return tuple(who.id for who in context.business.performers(service))


def _part_of_day(question: str, heard: Hearing) -> LocalSpan | None:
    """The hours that it is about; none where it asks what is so every week."""
    if not word_lists("asked")["every week"].isdisjoint(plain(question).split()):
        return None
    spans = spans_of(read_times(question, heard.asking(None)).found)
    timed = next((each for each in spans if each.after or each.before or each.at), None)
    if timed is None:
        return None
    start, end = timed.at or timed.after or time(), timed.at or timed.before or time(23, 59)
    return LocalSpan(start.hour * 60 + start.minute, end.hour * 60 + end.minute + bool(timed.at))


def _with_goods_to_go_back(context: CallContext, question: str, heard: Hearing) -> str:
    """A question for the rule of taking things back, put of what it is asked of."""
    goods = _goods_of(context, question, heard) or heard.goods_spoken_of
    names = [lower_first(each.name) for each in context.business.products if each.id in goods]
    going_back = getattr(context.facts.agenda.in_hand, "kind", "") == "refund"
    of_them = about.asks_of_taking_back(question) or going_back and about.points_back(question)
    if not names or not of_them or about.asks_the_way_back(question):
        return question
    return f"Can I return the {list_of(names[:MOST_GUESSED])}?"


def _service_spoken_of(context: CallContext, question: str, heard: Hearing) -> str | None:
    """That of the visit in hand or just booked, else one named anywhere in the turn: "what does a
    cleaning cost, and who does it"; a price or a length may be that of what was just told of."""
    in_turn = all_named(context.text, heard.services, loosely=False)
    last = context.facts.last_reply if about.sides_of(question) else ""
    booked = [e for e in context.facts.found if e.reference in context.facts.booked_here[-1:]]
    just_booked = [e.service_id for e in booked if about.points_back(question)]
    known = (*just_booked, *in_turn, *all_named(last, heard.services))
    return context.facts.service_id or next(iter(known), None)


def _days_named(question: str, heard: Hearing) -> tuple[date, ...]:
    times = read_times(question, heard.asking(None))
    spans = spans_of(replace(when, every=False) for when in times.found or times.exclude)
    return tuple(dict.fromkeys(day for span in spans for day in _days_of(span)))


def _days_of(span: Span) -> Iterator[date]:
    if span.first is not None:
        last = min(span.last or span.first, span.first + timedelta(days=MOST_DAYS - 1))
        yield from days(span.first, last)


def _told_around(context: CallContext, question: str, spoken_of: str | None) -> str:
    """The question with what was told around it, or with the service that "it" points back to."""
    query = next((each for each in context.facts.agenda.queries if each.text == question), None)
    if query is not None and query.beside:
        return query.beside
    if spoken_of is None or not about.points_back(question):
        return ""
    return f"{question}; {context.business.service(spoken_of).name}"


def _of_goods_spoken_of(
    context: CallContext, asked: Question, heard: Hearing, goods: Sequence[str]
) -> ToolResult | None:
    """What is noted of the things spoken of; beside a service, of those that the question names."""
    text, named = asked.text, all_named(asked.text, heard.services, loosely=False)
    if named:
        spoken = [each for each in heard.goods if each.id in goods and goods_named(text, (each,))]
        goods, text = [each.id for each in spoken], "; ".join((*(e.names[0] for e in spoken), text))
    if not asked.surely or asked.provider_id is not None or asked.topic in WISHES:
        return None
    said = noted_of(context.business, goods, text)
    return _answered(said) if said else None


def _goods_of(context: CallContext, question: str, heard: Hearing) -> tuple[str, ...]:
    """The things that it names, or that the turn does: "four winter tyres, have you got them"."""
    goods = asked_of_goods(Act("ask", text=question), heard).goods
    if goods or not (about.asks_of_stock(question) or about.asks_how_long_good(question)):
        return goods
    return asked_of_goods(Act("ask", text=context.text), heard).goods


def _is_of_them(context: CallContext, goods: Sequence[str], question: str) -> bool:
    """Whether it asks for these things: their price, whether they can be had, or hardly more than
    their names; not for a rule that was written, nor for something else to be done with them."""
    if written_to(context.business, question) is not None:
        return False
    if "price" in about.sides_of(question) or about.asks_of_stock(question):
        return True
    written = (*context.business.faqs, *context.business.policies)
    named = [each for each in context.business.products if each.id in goods]
    noted = [Faq(each.name, each.note) for each in named if each.note]
    fit = best_fit((*written, *noted), question, closeness)
    if fit is not None and fit.sure and fit.entry in written:
        return False
    known = {word for each in named for name in (each.name, *each.also) for word in content(name)}
    return len(set(content(question)) - known) <= MOST_BESIDE


def _answered(told: str | None) -> ToolResult:
    return ToolResult("answer_question", told or NO_ANSWER, {"answer": told})


def _told(
    context: CallContext, asked: Question, services: Sequence[Named], goods: Sequence[str]
) -> ToolResult:
    near = closeness if asked.topic not in WISHES else None
    business = without_other_goods(context.business, goods) if goods else context.business
    business = _without_other_services(business, asked, services)
    if context.business.products and not asked.of_change:
        business = business.telling_only(
            lambda each: tells_what_was_asked(asked.text, f"{each.question} {each.answer}")
        )
    answer = find_answer(business, asked, now=context.now, closeness=near)
    if answer is None:
        return _answered(_told_already(context, asked.text))
    if isinstance(answer, answers.NotOffered):
        return _not_offered(asked.text, answer, services, context)
    asks_whether = about.is_yes_or_no(asked.text)
    if isinstance(answer, answers.OwnAnswer):
        return _as_written(context, answer, asked.text, asks_whether=asks_whether)
    asks_whether = asks_whether and SHUT.isdisjoint(plain(asked.text).split())
    told = _answered(say_answer(context, answer, yes_or_no=asks_whether))
    if isinstance(answer, answers.Prices):
        told.facts["range"] = len(answer.items) > MOST_LISTED
    if isinstance(answer, answers.Days | answers.There) and answer.of:
        told.facts["day"] = max((each.closed or (each.day,))[-1] for each in answer.of).isoformat()
    return told


def _without_other_services(
    business: Business, asked: Question, services: Sequence[Named]
) -> Business:
    """Without what the owner was asked of other services by name than the one spoken of: what to
    eat before a dental cleaning says nothing of a check-up, and is dangerous advice there."""
    meant = {asked.service_id, *asked.others, *all_named(asked.text, services)}

    def fits(entry: Faq) -> bool:
        named = all_named(entry.question, services, loosely=False)
        return not named or not meant.isdisjoint(named)

    if meant == {None}:
        return business
    return business.telling_only(fits)


def _told_already(context: CallContext, question: str) -> str | None:
    """The answer told last, where this goes on about a sentence of it: "is that within the three
    weeks", "so he'll not be charging me"."""
    told = context.facts.agenda.told[:1]
    own = subjects(question) if about.points_back(question) else frozenset()
    words = set(content(question))
    in_common = max(
        (len(words & set(content(part))) + LEAST_IN_COMMON * len(own & subjects(part)))
        for part in sentences(told[0] if told else "") or [""]
    )
    return told[0] if in_common >= LEAST_IN_COMMON else None


def _as_written(
    context: CallContext, answer: answers.OwnAnswer, asked: str, *, asks_whether: bool
) -> ToolResult:
    """What the business wrote. The yes or no that it begins with answers the owner's question: it
    is told only where that very question was asked; in other words it may be the opposite, "are
    they kept apart" for "are they together"."""
    text = " ".join(answer.text.split())
    if not asks_whether or written_to(context.business, asked) is None:
        text = without_yes_or_no(text)
    if answer.sure:
        return _answered(text)
    told = f"{NEAREST} {text}"
    return ToolResult("answer_question", told, {"answer": told, "sure": False})


def _not_offered(
    question: str, answer: answers.NotOffered, services: Sequence[Named], context: CallContext
) -> ToolResult:
    """A no, with what is near in meaning, else with some of what there is."""
    near = may_mean(question, services, least=NEAR_ENOUGH)
    near = (near or may_mean(context.text, services, least=NEAR_ENOUGH))[:MOST_GUESSED]
    names = [one_of(lower_first(context.business.service(each).name)) for each in near]
    spoken = say_answer(context, answer)
    if names:
        spoken = f"What comes nearest to that here is {list_of(names)}."
    return ToolResult(
        "answer_question", spoken, {"answer": spoken, "offered": False, "near": names}
    )


def _person_spoken_of(context: CallContext) -> str | None:
    """Whom the matter in hand is with."""
    matter = context.facts.agenda.in_hand
    wanted = getattr(matter, "provider_id", None)
    chosen = getattr(matter, "chosen", None)
    offered = next((each for each in context.facts.offers if each.offer_id == chosen), None)
    own = context.facts.own
    known = offered or (own[0] if len(own) == 1 else None)
    return wanted if wanted not in (None, ANYONE) or known is None else known.provider_id
