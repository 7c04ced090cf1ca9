"""Readings of what callers may say, drawn at random: what was asked for more often than not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

from hypothesis import strategies as st

from voice.dialogue.statements import Asked
from voice.understanding.acts import Act, Reading
from voice.understanding.reading import When

TOPICS = (
    "hours", "location", "price", "times", "person", "service", "policy", "booking", "reference",
    "robot", "call_me", "repeat", "help", "other",
)  # fmt: skip
TIMES = (
    When("date", "tuesday", (0, 7), value=date(2026, 11, 24)),
    When("time", "at ten", (0, 6), value=time(10)),
    When("datetime", "tuesday at two", (0, 14), value=datetime.fromisoformat("2026-11-24T14:00")),
    When("range", "next week", (0, 9), start=date(2026, 11, 30), end=date(2026, 12, 7)),
    When("timerange", "in the afternoon", (0, 16), start=time(12), end=time(17)),
)
PLAIN = (
    *(Act("ask", topic) for topic in TOPICS),
    *(Act("social", kind) for kind in ("greet", "thanks", "bye", "sorry", "chat", "upset")),
    *(Act("noise", kind) for kind in ("silence", "unclear", "foreign", "abuse", "aside")),
    *(Act("want", matter) for matter in ("book", "move", "cancel", "lookup") * 3),
    *(Act("want", matter) for matter in ("order", "refund", "buy", "billing", "tech", "message")),
    *(Act("want", "buy", value=wish) for wish in ("look", "compare")),
    *(Act("want", "account", value=wish) for wish in ("", "who", "number", "forget")),
    *(Act("want", "refund", value=used) for used in ("used", "unused")),
    *(Act("want", matter, value="wrong") for matter in ("order", "billing")),
    *(Act("affirm"), Act("deny"), Act("drop"), Act("more"), Act("person"), Act("emergency")),
    *(Act("hold"), Act("story"), Act("outside")),
)  # fmt: skip


def _gives(*, corrects: bool) -> tuple[Act, ...]:
    given: list[Act] = [
        *(Act("give", "service", value=each) for each in ("checkup", "cleaning", "physio")),
        Act("give", "service"),
        Act("give", "service", likely=("checkup", "physio")),
        Act("give", "service", likely=("cleaning",)),
        Act("give", "problem", value="physio"),
        Act("give", "problem"),
        *(Act("give", "provider", value=each) for each in ("ana", "ben", "any", None)),
        *(Act("give", "when", times=(when,)) for when in TIMES),
        Act("give", "when", times=TIMES[:2]),
        Act("give", "when"),
        *(Act("give", "name", value=each) for each in ("Maria Lopez", "June Bell")),
        Act("give", "name"),
        Act("give", "phone", value="+12125550188"),
        Act("give", "phone", value="calling"),
        Act("give", "phone", digits="212555"),
        Act("give", "reference", value="K7M2QX"),
        Act("give", "reference"),
        *(Act("give", "booking", which=which) for which in ((0,), (1,), (0, 1), ())),
        Act("give", "booking", times=TIMES[:1]),
        Act("give", "order", value="12345"),
        Act("give", "product", value="either", likely=("floss", "toothbrush")),
        Act("give", "product", count=2),
        Act("give", "product", value="cheapest"),
        Act("give", "order"),
        Act("give", "product", value="floss", likely=("floss",), count=1),
        Act("give", "product", value="night-guard", likely=("night-guard",)),
        Act("give", "party"),
        Act("give", "party", value="Peter Lopez"),
        *(Act("give", slot) for slot in ("email", "order", "product", "other")),
    ]  # fmt: skip
    return tuple(replace(each, corrects=corrects) for each in given)


RULED_OUT = (
    *(Act("rule_out", "when", times=(when,)) for when in TIMES[:2]),
    *(Act("rule_out", "provider", value=each) for each in ("ana", "ben")),
    Act("rule_out", "service", value="checkup"),
    Act("rule_out", "booking", which=(0,)),
    Act("rule_out", "product", value="floss", likely=("floss",)),
)
CHOSEN = (
    *(Act("choose", which=which) for which in ((0,), (1,), (2,), (0, 1), ())),
    Act("choose", which=(0,), value="checkup"),
    Act("choose", times=TIMES[2:3]),
)
ANYTHING = st.sampled_from(
    (*PLAIN, *_gives(corrects=False), *_gives(corrects=True), *RULED_OUT, *CHOSEN)
)
ANSWERS: dict[Asked | None, tuple[str, ...]] = {
    None: ("want", "give:service", "ask"),
    "service": ("give:service", "choose"),
    "guess": ("affirm", "deny", "give:service"),
    "date": ("give:when", "ask:times"),
    "time": ("give:when",),
    "choose": ("choose", "affirm", "deny", "more", "give:when"),
    "name": ("give:name",),
    "phone": ("give:phone", "deny"),
    "confirm": ("affirm", "affirm", "deny", "give:when"),
    "confirm_move": ("affirm", "affirm", "deny"),
    "confirm_cancel": ("affirm", "affirm", "deny"),
    "which_booking": ("choose", "give:booking"),
    "reference": ("give:reference", "deny"),
    "person": ("affirm", "deny"),
    "anything_else": ("want", "deny", "social", "ask", "give:service"),
    "change": ("give", "drop"),
    "help": ("want", "ask"),
    "reading": ("want", "affirm"),
    "emergency": ("affirm", "deny", "emergency"),
    "new_instead": ("affirm", "deny", "give:name"),
    "problem": ("give:problem", "give:other", "story", "deny"),
    "helped": ("affirm", "deny", "give:problem"),
    "same_ticket": ("affirm", "deny"),
    "pass_on": ("affirm", "deny"),
    "message": ("give:other", "story", "person"),
    "call_back": ("give:when", "give:other", "deny"),
    "confirm_number": ("affirm", "deny"),
    "confirm_name": ("affirm", "affirm", "deny", "give:name"),
    "confirm_forget": ("affirm", "deny"),
    "order": ("give:order", "give:reference", "give:name", "deny"),
    "which_order": ("choose", "give:order", "give:product"),
    "used": ("affirm", "deny"),
    "confirm_refund": ("affirm", "affirm", "deny", "give:product"),
    "ticket": ("affirm", "deny"),
    "product": ("give:product", "want:buy", "deny"),
    "which_product": ("choose", "give:product", "deny"),
    "take_it": ("affirm", "deny", "give:product"),
    "confirm_order": ("affirm", "affirm", "deny", "give:product"),
    "move_or_cancel": ("want", "affirm", "deny", "drop", "more", "give:when", "choose"),
}


def acts_to(asked: Asked | None) -> st.SearchStrategy[Act]:
    """What answers that question, or, less often, anything."""
    fitting = ANSWERS[asked]
    every = (*PLAIN, *_gives(corrects=False), *CHOSEN)
    answers = [each for each in every if each.label in fitting or each.name in fitting]
    return st.one_of(st.sampled_from(answers), st.sampled_from(answers), ANYTHING)


@st.composite
def readings_to(draw: st.DrawFn, asked: Asked | None) -> Reading:
    """One to four acts in answer to that question; each has words of its own."""
    drawn = draw(st.lists(acts_to(asked), min_size=1, max_size=4))
    acts, at = [], 0
    for number, act in enumerate(drawn):
        words = f"{act.label.replace(':', ' ')} {number}"
        acts.append(replace(act, text=words, start=at, end=at + len(words)))
        at += len(words) + 1
    sure = draw(st.sampled_from((1.0, 1.0, 1.0, 0.3)))
    instead = (draw(ANYTHING),) if sure < 1 else ()
    text = " ".join(act.text for act in acts)
    return Reading(text=text, acts=tuple(acts), confidence=sure, instead=instead)
