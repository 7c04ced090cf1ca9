"""Days, clock times, numbers and references as callers say them, in one of many ways."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

import phonenumbers

from rehearsal.goals import Times
from scheduling.business import Business

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
    "eighteenth", "nineteenth", "twentieth", "twenty-first", "twenty-second", "twenty-third",
    "twenty-fourth", "twenty-fifth", "twenty-sixth", "twenty-seventh", "twenty-eighth",
    "twenty-ninth", "thirtieth", "thirty-first",
)  # fmt: skip
HOURS = (
    "twelve", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven",
)  # fmt: skip
TENS = {10: "ten", 15: "fifteen", 20: "twenty", 30: "thirty", 40: "forty", 45: "forty-five"}
NUMBERS = ("no", "one", "two", "three", "four", "five")
"""Of things."""
PAUSE = "; "
"""In what is said aloud: as long as people leave between two groups of digits or two names."""
ALPHABET = {
    word[0].upper(): word
    for word in "alpha bravo Charlie delta echo foxtrot golf hotel India Juliet kilo Lima Mike "
    "November Oscar papa Quebec Romeo sierra tango uniform Victor whiskey X-ray yankee "
    "Zulu".split()
}
OWN_WORDS = {
    "A": "apple Anna Andrew", "B": "boy Bob baby", "C": "cat Charlie carrot", "D": "dog David day",
    "E": "elephant Edward egg", "F": "Fred fox father", "G": "George girl Grace",
    "H": "Harry house Henry", "I": "ice island Isaac", "J": "John Jack jelly",
    "K": "king kite Kate", "L": "lion Lucy lemon", "M": "mother Mary mum", "N": "Nora nut nobody",
    "O": "orange Olivia open", "P": "Peter pig Paul", "Q": "queen quiet Quentin",
    "R": "Robert rabbit Rose", "S": "sugar Sam Susan", "T": "Tom Tommy table",
    "U": "umbrella uncle up", "V": "Victor Violet van", "W": "water William Wendy",
    "X": "X-ray X-ray xylophone", "Y": "yellow yes yacht", "Z": "zebra zoo Zoe",
}  # fmt: skip
"""First words that people take for letters: some of them few have ever heard at the telephone."""
DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def day_words(day: date, today: date, random: Random, *, precise: bool = False) -> str:
    """`Thursday`, `tomorrow`, `the third of December`; never one that could be another day."""
    ahead = (day - today).days
    weekday = WEEKDAYS[day.weekday()]
    ordinal = ORDINALS[day.day - 1]
    month = MONTHS[day.month - 1]
    numeral = f"{day.day}{_suffix(day.day)}"
    dated = [
        f"{weekday} the {ordinal}",
        f"{weekday} the {numeral}",
        f"{month} {numeral}",
        f"{month} {ordinal}",
        f"{weekday}, {month} {numeral}",
        f"the {ordinal} of {month}",
        f"{weekday} the {ordinal} of {month}",
    ]
    if ahead == 0:
        return "today"
    if ahead == 1:
        return random.choice(["tomorrow", "tomorrow", f"tomorrow, {weekday}"])
    if precise:
        return random.choice(dated)
    if ahead == 2 and random.random() < 0.3:
        return "the day after tomorrow"
    if ahead < 7:
        return random.choice([weekday, weekday, weekday, f"this {weekday}", dated[0]])
    if 7 < ahead < 14 and today.weekday() < 5 and _weeks_apart(today, day) == 1:
        dated.append(f"{weekday} next week")
    return random.choice(dated)


def on_day(words: str) -> str:
    """The day as it stands in a sentence."""
    bare = (
        words.split()[0] in ("today", "tomorrow,", "tomorrow", "this") or "after tomorrow" in words
    )
    return words if bare else f"on {words}"


def part_words(times: Times, business: Business, random: Random) -> str:
    """`after three`, `in the morning`, `at half past two`; nothing when any time will do."""
    said = [clock_words(minute, business, random) for minute in times.at]
    match times.part:
        case "morning" | "afternoon" | "evening":
            return f"in the {times.part}"
        case "after":
            return f"{random.choice(['after', 'from', 'any time after'])} {said[0]}"
        case "before":
            return f"before {said[0]}"
        case "between":
            return f"between {said[0]} and {said[1]}"
        case "around":
            return f"{random.choice(['around', 'about', 'round about'])} {said[0]}"
        case "exact":
            return f"at {said[0]}"
    return ""


def when_words(
    times: Times, business: Business, today: date, random: Random, *, precise: bool = False
) -> str:
    """Days and part of the day in one phrase."""
    words = [day_words(day, today, random, precise=precise) for day in times.days]
    part = part_words(times, business, random)
    if len(words) > 1:
        days = on_day(f" {random.choice(['or', 'or maybe'])} ".join(words))
    else:
        days = on_day(words[0])
    if not part:
        return days
    if times.part in ("morning", "afternoon", "evening"):
        if days == "today":
            return f"this {times.part}"
        if len(words) == 1 and random.random() < 0.7 and "of" not in days and "," not in days:
            return f"{days} {times.part}"
        return f"{days} {part}"
    if len(words) == 1 and times.part in ("exact", "around") and random.random() < 0.3:
        return f"{part} {days}"
    return f"{days} {part}"


def clock_words(minute: int, business: Business, random: Random) -> str:
    """`ten`, `2:30 PM`, `quarter past nine`; the half of the day is said where both could be."""
    hour, past = divmod(minute % (24 * 60), 60)
    if hour == 12 and past == 0 and random.random() < 0.6:
        return "noon"
    if hour == 0 and past == 0:
        return "midnight"
    half = "AM" if hour < 12 else "PM"
    spoken = HOURS[hour % 12]
    figures = f"{hour % 12 or 12}:{past:02d}" if past else str(hour % 12 or 12)
    forms = [f"{figures} {half}", f"{figures} {half.lower()}"]
    forms.append(f"{_past_words(hour, past)} {_of_day(hour)}")
    if not _both_halves(hour, business):
        forms += [_past_words(hour, past)] * 2
        forms += [figures] if past else [spoken, f"{spoken} o'clock"]
    return random.choice(forms)


def _past_words(hour: int, past: int) -> str:
    spoken, following = HOURS[hour % 12], HOURS[(hour + 1) % 12]
    if past == 0:
        return spoken
    if past == 15:
        return f"quarter past {spoken}"
    if past == 30:
        return f"half past {spoken}"
    if past == 45:
        return f"quarter to {following}"
    return f"{spoken} {TENS.get(past, str(past))}"


def _of_day(hour: int) -> str:
    if hour < 12:
        return "in the morning"
    return "in the afternoon" if hour < 17 else "in the evening"


def _both_halves(hour: int, business: Business) -> bool:
    """Whether the business is open at that hour in the morning and in the evening."""
    spans = [span for day in business.weekly_hours().values() for span in day]
    other = (hour + 12) % 24
    return any(
        span.start < start + 60 and start < span.end
        for start in (other * 60, other * 60 + 24 * 60)
        for span in spans
    )


def phone_words(phone: str, random: Random, *, aloud: bool = False) -> str:
    """In the groups of its country, in figures or in words; aloud a digit is always one word, and
    there is a pause between groups."""
    number = phonenumbers.parse(phone)
    national = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    groups = re.findall(r"\d+", national)
    if not aloud and random.random() < 0.4:
        return " ".join(groups) if random.random() < 0.5 else "-".join(groups)
    zero = random.choice(["oh", "zero"])
    said = [_group_words(group, zero, random) for group in groups]
    return PAUSE.join(said) if aloud else ", ".join(said)


def _group_words(group: str, zero: str, random: Random) -> str:
    words: list[str] = []
    place = 0
    while place < len(group):
        digit = group[place]
        said = zero if digit == "0" else DIGITS[int(digit)]
        if group[place : place + 2] == digit * 2 and random.random() < 0.3:
            words.append(f"double {said}")
            place += 2
            continue
        words.append(said)
        place += 1
    return " ".join(words)


def reference_words(reference: str, random: Random, *, aloud: bool = False) -> str:
    """Sign by sign, or as it is written; aloud there is no other way than sign by sign, and people
    pause after every third for whoever writes it down."""
    signs = [
        DIGITS[int(sign)] if sign.isdigit() and random.random() < 0.4 else sign
        for sign in reference
    ]
    if aloud:
        return PAUSE.join(", ".join(signs[at : at + 3]) for at in range(0, len(signs), 3))
    return random.choice([" ".join(signs), ", ".join(signs), reference])


def spelled_words(name: str, *, aloud: bool = False) -> str:
    """Letter by letter, `C H L O E, D U B O I S`; aloud with a pause between the names."""
    parts = [list(filter(str.isalpha, part.upper())) for part in name.split()]
    if aloud:
        return PAUSE.join(", ".join(part) for part in parts)
    return ", ".join(" ".join(part) for part in parts)


def words_for_letters(name: str, random: Random, *, own: bool) -> str:
    """`C for Charlie, H for hotel`, or by the first words that come to mind; with a pause between
    the names, for whoever hears it."""
    lead = random.choice(["for", "for", "as in"])

    def word(letter: str) -> str:
        return random.choice(OWN_WORDS[letter].split()) if own else ALPHABET[letter]

    parts = [[sign for sign in part.upper() if sign in ALPHABET] for part in name.split()]
    return PAUSE.join(", ".join(f"{x} {lead} {word(x)}" for x in part) for part in parts)


def article(noun: str) -> str:
    """The noun with `a` or `an` where it takes one."""
    if re.search(r"(?:s|therapy|pain|rehab|work|care|towing|colour|color)$", noun):
        return noun
    return f"{'an' if noun[0].lower() in 'aeiou' else 'a'} {noun}"


def several(name: str) -> str:
    """More than one of a thing."""
    return f"{name}es" if name.endswith(("s", "x", "z", "ch", "sh")) else f"{name}s"


def service_words(names: Sequence[str], random: Random) -> str:
    """The name, or one of the others that stand for a thing and not for a whole wish."""
    name, *others = names
    usable = [each for each in others if not re.match(r"(?:see|get|have|my)\b", each)]
    usable = [each for each in usable if "appointment" not in each]
    if usable and random.random() < 0.45:
        return random.choice(usable)
    return name if name[1:2].isupper() else name[0].lower() + name[1:]


def _suffix(number: int) -> str:
    if 10 <= number % 100 <= 20:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def _weeks_apart(today: date, day: date) -> int:
    monday = today - timedelta(days=today.weekday())
    return (day - monday).days // 7
