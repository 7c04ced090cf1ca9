"""Names, numbers, services and people that a caller gives, taken into the facts."""

from __future__ import annotations

import re
from dataclasses import replace

from jellyfish import damerau_levenshtein_distance

from voice.call import CallContext, listening
from voice.policy.talk import asks_outright
from voice.spoken import MONTHS, WEEKDAYS
from voice.understanding.answers import leaning, waits
from voice.understanding.everyday import NEVER_NAMES
from voice.understanding.matching import read_service
from voice.understanding.phones import read_phone
from voice.understanding.reading import Reading
from voice.understanding.references import read_reference
from voice.understanding.words import plain

_WHOLE_NAME = re.compile(
    r"(?:(?:Hi|Hello|Hey) )?([A-Z][\w'’-]+(?: [A-Z][\w'’-]+){1,2})(?: here| speaking| is my name)?"
)
_SHORT_NAME = re.compile(r"[^\W\d_][^\W\d_'’.-]*(?: [^\W\d_][^\W\d_'’.-]*){0,3}")

_AGREEING = re.compile(
    r"(?i)^(?:(?:um+|uh+|oh|well|ok|okay|sure|fine|all right|alright|yes|yeah|right)[,.]\s*|"
    r"(?:or|try|maybe|perhaps|possibly|under) )+"
)
_GIVEN = re.compile(r"(?i)\b(?:first|given|christian) name")
_ACT_ON = re.compile(
    r"(?i)\b(?:mov\w+|reschedul\w+|chang\w+|push\w*|cancel\w*|postpon\w+) (?:my|the|our) "
    r"(?P<what>[\w -]+?)(?= (?:to|from|on|so|until|and)\b|[,.;?!]|$)"
)
_TURNED_DOWN = re.compile(r"(?i)\bnot (?:an? |the |for )?[^,.;]*?(?:[,.;]|\bbut\b)")
_SOUNDS = re.compile(r"(?i)(?:h+m+|m+h*m*|u+[hm]+|e+r+m*|a+h+|o+h+)")
_REFERENCE = re.compile(r"(?i)\b(?:reference|confirmation|booking (?:code|number)|code)\b")
_FAMILY = re.compile(r"(?i)\b(?:(?:last|second|family) name|surname)")
SOMEBODY = re.compile(r"(?i)\b(?:for|behalf of) (?:my|our|a|his|her)\b")
"""The booking is another person's, whose name is a new one."""
_ALIKE = 0.5
"""From here on one name may be what another was misheard for."""


def take_details(context: CallContext, reading: Reading) -> None:
    facts = context.facts
    reference = reading.reference
    if reference is None and facts.asked == "reference":
        reference = read_reference(f"reference: {context.text}", listening(context))
    if reference and (facts.asked != "name" or _REFERENCE.search(context.text)):
        facts.reference = reference
    if facts.asked == "guess" and reading.answer == "affirm" and reading.service is None:
        facts.service_id = facts.guessed
    service = _rather(context) or reading.service
    if service is None:
        return
    reading = replace(reading, service=service)
    if facts.intent in ("reschedule", "cancel", "lookup"):
        if facts.reference is None:
            facts.service_id = _of_which(context) or reading.service
        return
    if context.only_asks and facts.service_id is not None:
        return
    if reading.service != facts.service_id and not _only_the_doctor(context, reading):
        facts.service_id = reading.service
        facts.chosen = None
        if facts.provider_id not in (None, "any"):
            performers = context.business.performers(service)
            if facts.provider_id not in {who.id for who in performers}:
                facts.provider_id = None


def _of_which(context: CallContext) -> str | None:
    """ "Move my physio to the day of my check-up": what is to be moved, of two services named."""
    told = _ACT_ON.search(context.text)
    return read_service(told["what"], listening(context)) if told else None


def _rather(context: CallContext) -> str | None:
    """ "Not a check-up, a cleaning": the one that is left when what is turned down is taken out."""
    left = _TURNED_DOWN.sub(" ", context.text)
    return read_service(left, listening(context)) if left != context.text else None


def _only_the_doctor(context: CallContext, reading: Reading) -> bool:
    """ "See Doctor Tanaka" names a person, who may not even perform what "see the doctor" means."""
    if reading.service is None or reading.provider in (None, "any"):
        return False
    person = context.business.provider(reading.provider or "")
    if reading.service in person.services:
        return False
    parts = "|".join(re.escape(part) for part in person.name.split())
    rest = re.sub(rf"\b(?:(?:dr|doctor)\.? )?(?:{parts})\b", "", context.text, flags=re.IGNORECASE)
    return read_service(rest, listening(context)) is None


def take_person(context: CallContext, reading: Reading) -> None:
    facts, asked = context.facts, reading.provider
    if asked is None or asked == "any" and facts.chosen is not None:
        return  # no wish for anybody else than was offered
    chosen = facts.chosen_offer
    if asked != facts.provider_id or chosen is not None and chosen.provider_id != asked:
        facts.provider_id = asked
        if reading.answer != "choose":
            facts.chosen = None


def take_name(context: CallContext, reading: Reading) -> None:
    facts = context.facts
    name = reading.name
    if name is not None and (not any(map(str.isalpha, name)) or _SOUNDS.fullmatch(name)):
        name = None  # "12:30?"
    if reading.provider == "any" and facts.asked == "name":
        name = None  # "no preference"
    if name is None and facts.asked == "name":
        name = _bare_name(context, reading)
    if name is None and facts.name is None and facts.intent is not None:
        name = _standing_alone(context)
    if name is None:
        return
    if facts.name and len(name.split()) == 1:
        if name in facts.name.split():
            return
        name = _corrected(context, facts.name, name)
    facts.name = name


def _bare_name(context: CallContext, reading: Reading) -> str | None:
    """An answer that is a name and nothing else; what asks, waits or agrees is none."""
    bare = _AGREEING.sub("", context.text.strip()).strip(".,!? ")
    agreed = bare != context.text.strip().strip(".,!? ")
    heard = (reading.routes or reading.answer) and not agreed
    if heard or reading.times or reading.phone or reading.provider or reading.service:
        return None
    said = plain(bare)
    if (
        asks_outright(context)
        or _SOUNDS.fullmatch(bare)
        or waits(said)
        or leaning(said) != (False, False)
    ):
        return None
    if not _SHORT_NAME.fullmatch(bare) or not NEVER_NAMES.isdisjoint(said.split()):
        return None
    return " ".join(part[:1].upper() + part[1:] for part in bare.split())


def _corrected(context: CallContext, known: str, said: str) -> str:
    """ "No, it's Kelly" of Ned Kerry is Ned Kelly: the part that is told, or sounds most alike."""
    parts = known.split()
    if len(parts) < 2 or context.facts.asked == "name" or SOMEBODY.search(context.text):
        return said
    if _GIVEN.search(context.text):
        return " ".join([said, *parts[1:]])
    alike = [_alike(said.lower(), part.lower()) for part in parts]
    at = alike.index(max(alike)) if max(alike) >= _ALIKE else len(parts) - 1
    if _FAMILY.search(context.text):
        at = len(parts) - 1
    elif max(alike) < _ALIKE and context.reading.answer not in ("deny", "deny_with_correction"):
        return said
    return " ".join([*parts[:at], said, *parts[at + 1 :]])


def _alike(one: str, other: str) -> float:
    return 1 - damerau_levenshtein_distance(one, other) / max(len(one), len(other))


def _standing_alone(context: CallContext) -> str | None:
    """ "Maria Lopez, a check-up tomorrow": a name between two stops, said without any cue."""
    business = context.business
    known = [service.name for service in business.services]
    known += [provider.name for provider in business.providers]
    taken = {word for name in (*known, business.name, *WEEKDAYS, *MONTHS) for word in name.split()}
    for part in re.split(r"[,.!?;]", context.text):
        found = _WHOLE_NAME.fullmatch(part.strip())
        if found is not None and not taken & set(found[1].split()):
            return found[1]
    return None


def take_phone(context: CallContext, reading: Reading) -> None:
    facts = context.facts
    if reading.phone:
        facts.phone, facts.phone_digits = reading.phone, ""
    elif reading.phone_unfinished and facts.asked == "phone":
        digits = facts.phone_digits + re.sub(r"\D", "", reading.phone_unfinished)
        whole = read_phone(digits, listening(context), ())
        if whole is not None and whole.e164:
            facts.phone, facts.phone_digits = whole.e164, ""
        else:
            facts.phone_digits = digits if len(digits) <= 15 else ""
    elif facts.asked == "phone" and plain_answer(context) == "deny" and not facts.phone_digits:
        facts.phone_declined = True


def plain_answer(context: CallContext) -> str | None:
    """Yes or no and nothing else."""
    answer = context.reading.answer
    only = all(route in ("affirm", "deny") for route in context.routes)
    return answer if only and answer in ("affirm", "deny") else None
