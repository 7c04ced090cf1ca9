"""A turn that the built-in reading is not sure of, read by the hosted model: labels, and no more.

What the model gives are labels on stretches of the caller's own words; every value comes from our
own reading of those stretches.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson

from voice.call import CallContext, listening
from voice.models.chat_completions import HostedModelError
from voice.models.hosted_model import HostedModel
from voice.understanding.acts import Reading, Tagged
from voice.understanding.valuing import reading_of

MOST_TOKENS = 400
"""Of an answer: some sixty are common; the rest is for who talks much and models that think."""
SURE = 0.9
"""What the model's labels count as; it gives no numbers that could be trusted."""
MOST_NAMED = 12
"""Services, and people, that are named to it."""
LABELS = {
    "affirm": "yes to our line",
    "deny": "no to our line, or cannot give what was asked",
    "choose": "picks one of what was read out",
    "more": "other times, no new wish",
    "want:book": "",
    "want:move": "an appointment they have",
    "want:cancel": "also 'can't make it'",
    "want:lookup": "'when am I in'",
    "want:order": "where an order is",
    "want:refund": "",
    "want:buy": "",
    "want:billing": "",
    "want:tech": "",
    "want:account": "",
    "give:service": "what it is for",
    "give:problem": "what is wrong",
    "give:provider": "whom to see, or anybody",
    "give:when": "a wished day or time, 'earliest' too",
    "give:booking": "which appointment they have",
    "give:party": "for whom or how many",
    "give:name": "the customer's, with its spelling",
    "give:phone": "",
    "give:email": "",
    "give:reference": "",
    "give:order": "",
    "give:product": "",
    "give:other": "any other detail",
    "rule_out:when": "'not friday'",
    "rule_out:provider": "",
    "rule_out:service": "",
    "rule_out:booking": "",
    "drop": "gives it up",
    "ask:hours": "",
    "ask:location": "",
    "ask:price": "",
    "ask:times": "what is free",
    "ask:person": "who works when, who does what",
    "ask:service": "'do you do ...'",
    "ask:policy": "how things are done, duration, preparation",
    "ask:booking": "what was put down",
    "ask:reference": "",
    "ask:robot": "",
    "ask:call_me": "will somebody ring",
    "ask:repeat": "",
    "ask:help": "what we can do",
    "ask:other": "",
    "person": "wants a human, or to be rung back",
    "emergency": "danger now",
    "hold": "asks us to wait",
    "social:greet": "",
    "social:thanks": "",
    "social:bye": "",
    "social:sorry": "",
    "social:chat": "",
    "social:upset": "",
    "story": "background",
    "outside": "what no business of this kind does",
    "noise:silence": "",
    "noise:unclear": "",
    "noise:foreign": "",
    "noise:abuse": "",
    "noise:aside": "said to somebody else",
}
"""With what each means, where its name does not tell."""
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "acts": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "label": {"type": "string", "enum": list(LABELS)},
                    "words": {"type": "string"},
                    "corrects": {"type": "boolean"},
                },
                "required": ["label", "words", "corrects"],
                "additionalProperties": False,
            },
        },
        "bridge": {"type": "string"},
    },
    "required": ["acts", "bridge"],
    "additionalProperties": False,
}
TASK = (
    "Label what a telephone caller does, for a program that answers. acts: in the order said, each "
    "with the shortest exact piece of the caller's words that can be understood alone; no overlap. "
    "corrects: replaces what was said or read back before. Label by what words do after our line: "
    "'nine' after three offers is choose, after 'what time?' give:when. 'yes and how much is it': "
    "affirm, ask:price. 'no, wednesday': deny, give:when that corrects. 'have you anything on "
    "friday': ask:times, give:when 'on friday'. 'can I get a haircut': want:book, give:service. "
    "bridge: half a human sentence where something moves the caller (pain, worry, joy); no fact, "
    "number, time, promise, advice or question; else empty.\n"
) + "; ".join(f"{label}: {told}" for label, told in LABELS.items() if told)


@dataclass(frozen=True, slots=True)
class HostedReading:
    """A turn as the hosted model reads it."""

    reading: Reading
    bridge: str = ""
    """Half a sentence that may be said first; not checked yet."""


async def read_hosted(model: HostedModel, context: CallContext) -> HostedReading:
    """One question to the model. Raises HostedModelError where the answer is of no use."""
    lines = [
        {"role": "system", "content": TASK},
        {"role": "user", "content": _situation(context)},
    ]
    answer = _loaded(await model.fill(lines, SCHEMA, MOST_TOKENS))
    tags = tags_of(context.text, answer.get("acts"))
    if not tags:
        raise HostedModelError("garbage", "no act with words of the caller's")
    bridge = answer.get("bridge")
    return HostedReading(
        reading=reading_of(context.text, tags, listening(context)),
        bridge=bridge.strip() if isinstance(bridge, str) else "",
    )


def tags_of(text: str, acts: Any) -> tuple[Tagged, ...]:
    """The acts that are made of the caller's words, at their places; the others are left out."""
    tags: list[Tagged] = []
    lowered, at = text.lower(), 0
    for act in acts if isinstance(acts, list) else ():
        if not isinstance(act, dict) or act.get("label") not in LABELS:
            continue
        words = str(act.get("words") or "").strip().lower()
        start = lowered.find(words, at) if words else -1
        if start < 0:
            continue
        at = start + len(words)
        corrects = act.get("corrects") is True
        tags.append(Tagged(act["label"], start, at, SURE, corrects))
    return tuple(tags)


def _situation(context: CallContext) -> str:
    business, facts = context.business, context.facts
    services = ", ".join(service.name for service in business.services[:MOST_NAMED])
    people = ", ".join(who.name for who in business.providers[:MOST_NAMED])
    ours = facts.last_reply or "(greeting)"
    return (
        f"Services: {services}. People: {people}.\n"
        f"We asked for: {facts.asked or 'nothing'}. Our line: {ours}\nCaller: {context.text}"
    )


def _loaded(answer: str) -> dict[str, Any]:
    """The object in the answer; what stands around it, as some servers write, is left out."""
    start, end = answer.find("{"), answer.rfind("}")
    try:
        loaded = orjson.loads(answer[start : end + 1] if start >= 0 else answer)
    except orjson.JSONDecodeError as error:
        raise HostedModelError("garbage", "not JSON") from error
    if not isinstance(loaded, dict):
        raise HostedModelError("garbage", "not an object")
    return loaded
