"""What is said aloud to learn hearing from: dictated signs, names and numbers, and whole turns.

An utterance has its groups, between which a speaker pauses, and what a recogniser shall write: one
sign after the other where signs are dictated, as the lines before a decode show them
(`voice.speech.local_transcriber`). The names of simulated callers are in none.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files

from rehearsal.people import FIRST, LAST
from rehearsal.saying import ALPHABET, DIGITS, OWN_WORDS
from scheduling.transaction import REFERENCE_LETTERS
from training import examples

COUNTS = {
    "reference": 900, "rest": 150, "spelled": 900, "worded": 200, "named": 550, "phone": 450,
    "hinted": 500, "short": 350,
}  # fmt: skip
MOST_TURNS, LONGEST_TURN = 1200, 140
SERVICES = (
    "brake inspection", "wheel alignment", "gel manicure", "deep tissue massage", "root canal",
    "puppy vaccination", "nail trim", "oil change", "boiler service", "lash lift", "brow tint",
    "cut and blow dry", "balayage", "eye test", "hearing test", "diagnostic check", "tyre rotation",
    "sports massage", "initial assessment", "follow-up visit", "orthotics fitting", "full groom",
    "dental implant consultation", "teeth whitening", "microchipping", "driving lesson",
    "piano lesson", "beard trim", "skin consultation", "laser session", "chemical peel",
)  # fmt: skip
LEADS = ("", "", "", "", "it's", "my reference is", "yes it's", "yeah,", "um,", "it's under")
NAMED = (
    "{}", "{}", "{}", "it's {}", "my name is {}", "{} please", "this is {}", "under {}",
    "it's for {}", "yes, {}", "no, {}", "sorry, it's {}", "{}, first time", "for my mum, {}",
)  # fmt: skip
WITH_NAMES = (
    "I'd like to see {person}, please.", "Is {person} there on Friday?", "With {person}.",
    "Can I have a {service} tomorrow?", "I want to book a {service}.", "{service}, please.",
    "How much is the {service}?", "A {service} with {person}, if I can.", "It's for a {service}.",
    "Can {person} do the {service}?", "Could I move my {service} to Thursday?",
    "Has {person} anything on Monday morning?", "Cancel the {service} with {person}.",
)  # fmt: skip
SHORT = (
    "Yes.", "No.", "Yes, please.", "Yeah.", "That's right.", "No, thank you.", "Ten o'clock.",
    "The first one.", "The second one.", "Half past two.", "Any time.", "Tomorrow morning.",
    "The last one.", "Quarter past nine.", "That'll do.", "Friday afternoon.", "Go ahead.",
    "No, that's all.", "Noon.", "At eleven.", "Sounds good.", "Cancel it.", "Mm-hmm.", "Correct.",
    "Monday at 9.", "The earlier one.", "Hello?", "Okay.", "Nope.", "Bye.", "Thursday.",
    "After three.", "Saturday, please.", "The 14th.", "Either.", "Not today.", "Sorry?",
    "Could you repeat that?", "Quarter to four.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Utterance:
    """What somebody says, and what is to be written of it."""

    kind: str
    groups: tuple[str, ...]
    written: str
    names: tuple[str, ...] = ()
    """That the recogniser is told of beforehand."""


def utterances(luck: random.Random) -> list[Utterance]:
    """All of them, in an order drawn."""
    makers: dict[str, Callable[[random.Random], Utterance]] = {
        "reference": _reference, "rest": _rest, "spelled": _spelled, "worded": _worded,
        "named": _named, "phone": _phone, "hinted": _hinted, "short": _short,
    }  # fmt: skip
    every = [make(luck) for kind, make in makers.items() for _ in range(COUNTS[kind])]
    turns = list(_turns())
    every += luck.sample(turns, min(MOST_TURNS, len(turns)))
    return luck.sample(every, len(every))


def letter(sign: str) -> str:
    """As a voice must be told it, which takes a lone A for the article."""
    return "eigh" if sign == "A" else sign


def _turns() -> Iterator[Utterance]:
    """Of the examples, those that are written as a recogniser writes: with capitals and stops."""
    for row in examples.load():
        text = row["text"].strip()
        if text[:1].isupper() and text[-1] in ".?!" and len(text) < LONGEST_TURN:
            yield Utterance("turn", (text,), text)


def _names(file: str) -> list[str]:
    lines = (files("voice.understanding") / "english" / file).read_text("utf-8").splitlines()
    kept = {name.lower() for name in (*FIRST, *LAST)}
    names = [name for line in lines if not line.startswith("#") for name in line.split()]
    return [name.capitalize() for name in names if name.isalpha() and name not in kept]


GIVEN, FAMILY = _names("given_names.txt"), _names("family_names.txt")


def _name(luck: random.Random) -> tuple[str, str]:
    return luck.choice(GIVEN), luck.choice(FAMILY)


def _said(signs: str) -> list[str]:
    return [DIGITS[int(sign)] if sign.isdigit() else letter(sign) for sign in signs]


def _reference(luck: random.Random) -> Utterance:
    signs = "".join(luck.choices(REFERENCE_LETTERS, k=6))
    said, by = _said(signs), luck.choice([6, 3, 3, 3, 2])
    groups = [
        (", " if luck.random() < 0.75 else " ").join(said[at : at + by])
        for at in range(0, len(said), by)
    ]
    written, lead = "-".join(signs), luck.choice(LEADS)
    if lead:
        groups[0], written = f"{lead} {groups[0]}", f"{lead.capitalize()} {written}"
    return Utterance("reference", tuple(groups), f"{written}.")


def _rest(luck: random.Random) -> Utterance:
    """Of a reference, as it is told again."""
    signs = "".join(luck.choices(REFERENCE_LETTERS, k=luck.choice([1, 2, 3, 3, 4])))
    return Utterance("reference", (", ".join(_said(signs)),), f"{'-'.join(signs)}.")


def _spelled(luck: random.Random) -> Utterance:
    first, last = _name(luck)
    said = [", ".join(map(letter, name.upper())) for name in (first, last)]
    signs = ["-".join(name.upper()) for name in (first, last)]
    whole = f"{first} {last}"
    ways: Sequence[tuple[float, tuple[str, ...], str]] = (
        (0.35, (whole, *said), f"{whole}, {signs[0]}, {signs[1]}."),
        (0.25, tuple(said), f"{signs[0]}, {signs[1]}."),
        (0.10, (f"No, it's {whole}", *said), f"No, it's {whole}, {signs[0]}, {signs[1]}."),
        (0.10, (said[1],), f"{signs[1]}."),
        (0.06, (said[0],), f"{signs[0]}."),
        (0.08, (f"{whole}, that's", said[1]), f"{whole}, that's {signs[1]}."),
        (
            0.06,
            (f"{first}, {said[0]}", f"{last}, {said[1]}"),
            f"{first}, {signs[0]}, {last}, {signs[1]}.",
        ),
    )
    _, groups, written = luck.choices(ways, [way[0] for way in ways])[0]
    return Utterance("spelled", groups, written)


def _worded(luck: random.Random) -> Utterance:
    """A word for each letter."""
    names, own = _name(luck), luck.random() < 0.6
    lead = luck.choice(["for", "for", "as in"])
    said, signs = [], []
    for name in names if luck.random() < 0.4 else luck.sample(names, 1):
        words = [
            (sign, luck.choice(OWN_WORDS[sign].split()) if own else ALPHABET[sign])
            for sign in name.upper()
        ]
        said.append(", ".join(f"{letter(sign)} {lead} {word}" for sign, word in words))
        signs += [f"{sign} {lead} {word}" for sign, word in words]
    return Utterance("worded", tuple(said), f"{', '.join(signs)}.")


def _named(luck: random.Random) -> Utterance:
    first, last = _name(luck)
    name = luck.choice([f"{first} {last}"] * 5 + [first, last])
    text = luck.choice(NAMED).format(name)
    return Utterance("named", (text,), f"{text[0].upper()}{text[1:]}.")


def _phone(luck: random.Random) -> Utterance:
    """In the groups of Britain, of North America, or a few digits."""
    shape = luck.random()
    if shape < 0.4:
        digits, cut = (
            "07" + "".join(luck.choices("0123456789", k=9)),
            luck.choice([(5, 6), (5, 3, 3), (4, 3, 4)]),
        )
    elif shape < 0.9:
        digits, cut = (
            "".join(luck.choices("0123456789", k=10)),
            luck.choice([(3, 3, 4), (3, 3, 4), (10,)]),
        )
    else:
        count = luck.choice([4, 6, 7, 8])
        digits, cut = "".join(luck.choices("0123456789", k=count)), (count,)
    zero, at = luck.choice(["oh", "zero"]), 0
    groups: list[str] = []
    written: list[str] = []
    for width in cut:
        words, figures = _digits(digits[at : at + width], zero, luck)
        groups.append(" ".join(words))
        written += figures
        at += width
    return Utterance("phone", tuple(groups), f"{', '.join(written)}.")


def _digits(group: str, zero: str, luck: random.Random) -> tuple[list[str], list[str]]:
    words, figures, at = [], [], 0
    while at < len(group):
        word = zero if group[at] == "0" else DIGITS[int(group[at])]
        twice = group[at : at + 2] == 2 * group[at] and luck.random() < 0.4
        words.append(f"double {word}" if twice else word)
        figures.append(f"double {group[at]}" if twice else group[at])
        at += 1 + twice
    return words, figures


def _hinted(luck: random.Random) -> Utterance:
    """With a person and a service that are told beforehand, among others."""
    people = [" ".join(_name(luck)) for _ in range(luck.randint(2, 5))]
    services = luck.sample(SERVICES, luck.randint(3, 9))
    person = luck.choice(people)
    person = luck.choice([person, person.split()[0]])
    text = luck.choice(WITH_NAMES).format(person=person, service=services[0])
    names = luck.sample([*services, *people], len(services) + len(people))
    return Utterance("hinted", (text,), f"{text[0].upper()}{text[1:]}", tuple(names))


def _short(luck: random.Random) -> Utterance:
    text = luck.choice(SHORT)
    return Utterance("short", (text,), text)
