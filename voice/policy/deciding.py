"""What the built-in model does next, from the facts, the caller's words and the results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from voice.call import CallContext, ToolResult
from voice.policy.asides import asks_which_place, questions_in, renames
from voice.policy.booking import ask_back, booked, found
from voice.policy.changes import (
    changed,
    identified,
    identify,
)
from voice.policy.hearing import take_in, take_next
from voice.policy.in_hand import asked_of_it
from voice.policy.intents import finish
from voice.policy.letting_go import left_as_it_is, lets_go, scraps
from voice.policy.open_question import (
    give_time,
    go_on,
    is_out_of_date,
    reopen,
    settled,
    what_else,
)
from voice.policy.phrases import a_person, now_for, put, what_we_offer
from voice.policy.rounds import broken
from voice.policy.steps import CallTools, Decision, HandOff, Say, Step, ToolCall, call, said
from voice.policy.talk import (
    ask_the_business,
    asks_outright,
    asks_what_we_do,
    cannot,
    capabilities,
    farewell,
    not_heard,
    recalled,
    says_goodbye,
    sounds_like_a_question,
    speaks_another_language,
)
from voice.spoken import sentences
from voice.understanding.assent import asks_too, only_thanks
from voice.understanding.clauses import INTENTS
from voice.understanding.reading import Route
from voice.understanding.words import plain

MOST_TOOL_CALLS = 8
NO_ENGLISH = "I'm sorry, I only speak English."
NO_RENAMING = "I can't change the name on it from here."
DONE = ("book_appointment", "reschedule_appointment", "cancel_appointment")


@dataclass(frozen=True, slots=True)
class Reach:
    """What the agent that speaks was given."""

    tools: frozenset[str]
    handoffs: Mapping[Route, str] = field(default_factory=dict)
    """Which other agent takes a route; only those that it may hand over to."""


def decide(context: CallContext, reach: Reach) -> Decision:
    """The next step of this turn."""
    take_in(context)
    if not context.results and not questions_in(context):
        context.facts.last_question = ""
    if context.results:
        step = _follow(context)
    else:
        to = _someone_else(context, reach)
        if to is not None:
            return HandOff(to)
        step = _plan(context)
    if isinstance(step, CallTools):
        within = tuple(each for each in step.calls if each.name in reach.tools)
        if not within:
            return said("I can't do that from here.", a_person(context) or put(context, "help"))
        return CallTools(within)
    step = broken(context, step)
    context.facts.last_reply = step.text
    return step


def _someone_else(context: CallContext, reach: Reach) -> str | None:
    """The agent that has to take this turn, when that is not the one that speaks."""
    routes = context.routes
    if "human" in routes or asks_what_we_do(context):
        return None
    asks = bool(questions_in(context)) or _asks_something(context)
    intent = context.facts.intent
    if intent is not None and "check_availability" not in reach.tools:
        moved_on = "goodbye" in routes or "repeat" in routes and not context.news
        if not moved_on and not (asks and "answer_question" in reach.tools and not context.news):
            return reach.handoffs.get(intent)
    if intent is None and asks and "answer_question" not in reach.tools:
        aside: Route = next((route for route in routes if route in reach.handoffs), "faq_other")
        return reach.handoffs.get(aside)
    return None


def _asks_something(context: CallContext) -> bool:
    """A question that no route explains."""
    return (
        context.facts.intent is None
        and (not context.routes or INTENTS.keys() >= {*context.routes})
        and not context.reading.answer
        and sounds_like_a_question(context)
    )


def _plan(context: CallContext) -> Step:
    facts, reading = context.facts, context.reading
    if scraps(context):
        return _dropped(context)
    spoken = settled(context) or asked_of_it(context) or _talk(context) or give_time(context)
    if spoken is not None:
        return spoken
    asked = questions_in(context)
    if asked:
        return CallTools((*asked, *_alongside(context)))
    if facts.intent is not None:
        if lets_go(context):
            return _dropped(context)
        if reading.disagreement is not None:
            return ask_back(context)
        return _matter(context)
    if _asks_something(context):
        return ask_the_business(context)
    if "greeting" in context.routes:
        return said("Hello!", put(context, "help"))
    if reading.answer == "affirm" or context.news:
        return said(put(context, "help"))
    if reading.answer == "deny":
        return farewell(context) if facts.asked == "help" else said(put(context, "help"))
    return not_heard(context, put(context, "help"))


def _talk(context: CallContext) -> Step | None:
    """What needs no look at the matter in hand."""
    facts, routes = context.facts, context.routes
    if speaks_another_language(context) and not context.news:
        return said(NO_ENGLISH, reopen(context) or put(context, "help"))
    if "human" in routes and not asks_what_we_do(context):
        return call("transfer_to_human", reason=context.text[:200])
    thanked = only_thanks(context.text)
    if (routes[:1] == ("goodbye",) or thanked) and context.reading.answer != "ask_more":
        if says_goodbye(context) or not context.news:
            return _parting(context)
    if "repeat" in routes and not context.news and facts.last_reply:
        return Say(facts.last_reply)
    if renames(context) and not facts.intent:
        return said(NO_RENAMING, a_person(context) or put(context, "help"))
    if asks_which_place(context) and not facts.intent:
        return said(f"This is {context.business.name}.", put(context, "help"))
    if again := recalled(context):
        return said(again, put(context, "anything_else"))
    if asks_what_we_do(context):
        return said(capabilities(context), reopen(context) or put(context, "help"))
    if facts.intent is None or not context.news:
        refused = cannot(context)
        if refused is not None:
            return refused
    return None


def _parting(context: CallContext) -> Step:
    """Goodbye; thanks alone do not end a matter that is still open."""
    open_question = "" if says_goodbye(context) else reopen(context)
    return said("You're welcome.", open_question) if open_question else farewell(context)


def _alongside(context: CallContext) -> tuple[ToolCall, ...]:
    """What the matter in hand needs looked up at the same time."""
    if context.facts.intent is None or not context.news:
        return ()
    kept = context.facts.model_copy(deep=True)
    step = _matter(context)
    if isinstance(step, CallTools):
        return step.calls
    context.facts = kept  # its question is asked after the answer
    return ()


def _matter(context: CallContext) -> Step:
    """The next step of what the caller came for."""
    if not context.news and not context.intents:
        still = _nothing_new(context)
        if still is not None:
            return still
    context.facts.misses = 0
    return go_on(context)


def _nothing_new(context: CallContext) -> Step | None:
    """A no, or words that say nothing of the matter."""
    facts, reading = context.facts, context.reading
    if facts.asked == "confirm" and is_out_of_date(context):
        return what_else(context)
    questions = asks_outright(context) and not plain(context.text).startswith("no ")
    if reading.answer == "deny" and not reading.times and not questions:
        if facts.asked in ("confirm", "confirm_move"):
            return what_else(context)
        if facts.asked in ("confirm_cancel", "open"):
            return _dropped(context)
        if facts.asked == "guess":
            return said("All right.", what_we_offer(context), put(context, "service"))
        if facts.asked == "choose":
            return said("All right.", put(context, "date"))
        if facts.asked == "reference" and facts.intent != "book":
            return identify(context)
        if facts.asked == "name" and facts.intent != "book" and facts.tried:
            finish(facts)
            return said("Then I can't open it from here.", a_person(context))
        if facts.asked == "name" and facts.intent != "book":
            return _dropped(context)
    if reading.answer in ("affirm", "ask_more") and facts.asked in ("choose", "date", "time"):
        return go_on(context)
    if reading.answer == "deny_with_correction" and facts.asked in ("confirm", "confirm_move"):
        return what_else(context)
    if reading.answer == "deny_with_correction" and facts.asked == "confirm_cancel":
        return _dropped(context)
    asks = sounds_like_a_question(context) or asks_too(context.text)
    if asks_outright(context) or asks and facts.asked != "name":
        return ask_the_business(context)
    guessed = facts.guessed
    question = go_on(context)
    if facts.guessed != guessed or reading.service or reading.times:
        return question  # heard well enough to ask back, or known already
    return not_heard(context, question.text) if isinstance(question, Say) else question


def _dropped(context: CallContext) -> Say:
    """The caller lets the matter go."""
    left = left_as_it_is(context)
    finish(context.facts)
    context.facts.next_matters = []
    return left


def _follow(context: CallContext) -> Step:
    """After tools: on with the matter, with the answers to questions in front."""
    if len(context.results) > MOST_TOOL_CALLS:
        return said("I'm sorry, I could not do that just now.", put(context, "help"))
    answers = [result for result in context.results if result.name == "answer_question"]
    others = [result for result in context.results if result.name != "answer_question"]
    if not others:
        return _answered(context, answers)
    step = _after(context, others)
    if not isinstance(step, Say):
        return step
    before = [sentences(answer.spoken)[0] for answer in answers]
    before += [result.spoken for result in others[:-1] if result.name in DONE]
    return Say(" ".join([*before, step.text]), step.hang_up)


def _after(context: CallContext, results: list[ToolResult]) -> Step:
    last = results[-1]
    if last.name == "check_availability":
        return found(context, results) or go_on(context)
    if last.name in ("verify_caller", "find_appointment"):
        return identified(context, last)
    if last.name == "transfer_to_human":
        stays = last.facts.get("transfer") is None
        return said(last.spoken, put(context, "anything_else") if stays else "")
    done = booked(context, last) if last.name == "book_appointment" else changed(context, last)
    return _next_matter(context, last, done)


def _next_matter(context: CallContext, result: ToolResult, done: Say) -> Step:
    """What else the caller came for, or the farewell that was already said."""
    facts = context.facts
    if result.refused is not None:
        return done
    if facts.next_matters:
        take_next(context)
        step = go_on(context)
        if not isinstance(step, Say):
            return step
        return said(result.spoken, now_for(context), step.text)
    if "goodbye" in context.routes:
        return Say(f"{result.spoken} Goodbye!", hang_up=True)
    return done


def _answered(context: CallContext, answers: list[ToolResult]) -> Say:
    """Answers only: then back to the open question."""
    context.facts.misses = 0
    asked = questions_in(context)
    context.facts.last_question = asked[-1].arguments["question"] if asked else context.text
    spoken = [answer.spoken for answer in answers]
    if len(spoken) > 1:
        spoken = [sentences(each)[0] for each in spoken]
    reopened = "".join(sentences(reopen(context))[-1:])  # the question alone
    if any(answer.facts.get("answer") is None for answer in answers) and not reopened:
        return said(*spoken, a_person(context) or put(context, "anything_else"))
    return said(*spoken, reopened or put(context, "anything_else"))
