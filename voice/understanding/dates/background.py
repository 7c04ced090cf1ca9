"""What callers tell beside their wish: "I fell on Sunday", "I'm in London tomorrow".

Tense and clause decide, not the word before the time: a past clause gives no wish, and what callers
will be doing themselves then rules the time out. Where an appointment is told of, its time stays.
"""

from __future__ import annotations

import re
from typing import Literal

from voice.understanding.dates.meaning import Phrase
from voice.understanding.dates.open_ends import UNTIL, is_denied
from voice.understanding.dates.refusing import BEFORE_TIME
from voice.understanding.dates.words import Utterance

Told = Literal["past", "free after", "free before", "busy"]
"""What was; when what keeps them ends or begins; what they will be doing instead of coming."""
LONGEST_CLAUSE = 14
ENDS = frozenset(". , ; ! ? : and but so because though although ago".split())
ASKS = frozenset(
    """can could may might would will shall i'd i'll we'd we'll want wants wanted need needs needed
    like liked hope hoped hoping look looking wondering wondered thinking thought prefer preferred
    rather please about let's available free fit squeeze if whether
    try trying calling book booked booking
    reserve reserved arranged schedule scheduled reschedule rescheduled move moved change changed
    cancel cancelled supposed meant due appointment appointments bookings reservation visit slot
    slots spot told said asked offered gave reminder text email letter message put expected
    opening openings gap gaps space
    cancellation wished agreed decided chose picked settled suggested proposed planned
    intended""".split()
)
"""Words of a wish or of an appointment: a time after them is told for its own sake."""
WISHING = frozenset({"i'd", "like", "want", "need", "can", "could", "would", "book", "please"})
SUBJECTS = frozenset({"i", "we", "you", "it", "he", "she", "they", "there"})
HAPPENED = (
    "fell|broke|hurt|lost|cut|bit|burnt|burned|woke|slept|ate|drove|ran|hit|caught|felt|took|went|"
    "came|got|saw|did|left|met|missed|slipped|tripped|twisted|pulled|chipped|cracked|injured|"
    "happened|started|began|noticed|finished|arrived|opened"
)
_PAST = re.compile(
    rf"\b(?:i|we|he|she|who|which) (?:\w+ly |just |also |already |only |then )?"
    rf"(?:was|were|had|{HAPPENED}|\w{{2,}}ed)\b|"
    rf"^(?:(?:it|this|that|they|my \w+(?: \w+)?|the \w+|our \w+|one of my \w+) )?"
    rf"(?:was|were|had|been|{HAPPENED}) |"
    r"\b(?:i've|we've|they've|i haven't|we haven't|have|has|haven't|hasn't) (?:\w+ )?"
    r"(?:been|had|hurt|felt|rung|gone|seen|done|taken|lost|broken|fallen|written|spoken|given|slept|"
    r"eaten|forgotten|come|left|paid|sent|\w{2,}ed)\b|"
    r"\b(?:he's|she's|it's|\w+'s) (?:\w+ )?(?:been|had)\b"
)
_AFTERWARDS = re.compile(rf"^(?:i|we|he|she|it|my \w+(?: \w+)?) (?:{HAPPENED})\b")
_LAST_TIME = re.compile(
    r"\b(?:runs? out|expires?|(?:insurance|policy|contract|lease|cover|warranty) ends)\b|"
    r"\b(?:had|was|were|did|saw|came|been|have had|i've had)\b.*\b(?:last|previous)\b|"
    r"\b(?:last|previous) (?:\S+ ){0,3}(?:was|were)\b"
)
_OF_BOOKING = re.compile(r"\b(?:had|was|were|got)(?: (?:on|at|for|the|this|in the))?$")
""" "I had Thursday at two", "it was on the 4th": the appointment, as the caller remembers it."""
_ENDS = re.compile(
    r"\b(?:finish|finishes|gets? (?:off|out|home)|lets? out|(?:clock|knock)s? off|"
    r"(?:school|work|shift|class) ends)\b"
)
_BEGINS = re.compile(
    r"\b(?:(?:i|we|he|she|school|work|shift|class) (?:starts?|begins?)|starts? (?:work|school))\b"
)
_DOINGS = re.compile(
    r"\b(?:i have|i've|i've got|we have|we've|we've got|he has|she has|he's got|she's got|"
    r"there's|there is|my \w+ has) (?:\w+ ){0,3}?"
    r"(?:meetings?|class(?:es)?|lectures?|exams?|court|shifts?|work|school|conference|part(?:y|ies)|"
    r"trip|training|practice|rehearsal|deadline|dinner|lunch|game|match|commitments?|engagements?|"
    r"visitors|guests|recital|concert|graduation|viewing|call|calls|something else|"
    r"something on)\b|"
    r"\b(?:have|has|got|i've|gotta) (?:got )?(?:to )?(?:be (?:in|at|on|away|somewhere)|work|pick|"
    r"drop|collect|fly|travel|drive|attend|teach|babysit|take my)\b|"
    r"\b(?:i'm|i am|we're|we are|i'll be|we'll be|he's|she's) (?:\w+ly |also |still |all )?"
    r"(?:flying|travell?ing|leaving|driving|teaching|babysitting|hosting|visiting|performing|"
    r"studying|presenting|attending|volunteering|getting married|moving house)\b|"
    r"\b(?:i|we|he|she) (?:also |usually |always )?"
    r"(?:fly|flies|leave|leaves|travel|travels|teach|teaches)\b|"
    r"(?:drop|pick|collect|take|get)s? (?:my|our|the) (?:\w+ )?"
    r"(?:kids?|child(?:ren)?|son|daughter|boys?|girls?|grand\w+|little ones?|wife|husband)\b|"
    r"(?:drop|pick)s? (?:him|her|them) (?:off|up)\b"
)
_ELSEWHERE = re.compile(
    r"\b(?:i'm|i am|we're|we are|i'll be|we'll be) (?:\w+ly |also |still |all |both )?"
    r"(?:in|at|on|over in|up in|down in|off to|with (?:clients|family|friends|my|the)) "
    r"(?!(?:on|at|in|for|until|till)\b)\w.*?(?: (?:on|at|the|for|in|until|till))*$"
)
_NEAR = re.compile(
    r"\b(?:town|area|neighbou?rhood|city|home|here|pain|agony|discomfort|trouble|hurry|rush|need|"
    r"list|schedule|books?|diary|calendar|system|line|for|with)\b"
)


def told_of(said: Utterance, phrase: Phrase, since: int) -> Told | None:
    """What the clause around a time tells of the caller; None when the time may be a wish."""
    begin = beginning(said, phrase.start, since)
    clause = " ".join(said.texts[begin : phrase.start])
    if _LAST_TIME.search(clause):
        return "past"
    if said.at(phrase.start - 1) == "last" and phrase.meaning.day and not phrase.meaning.day.on:
        return "past"
    if said.at(phrase.start) == "yesterday" and clause and not WISHING & set(clause.split()):
        return "past"
    whole = after_wish(said, begin, phrase.start) == begin
    clause = " ".join(said.texts[after_wish(said, begin, phrase.start) : phrase.start])
    clause = clause if whole else f"- {clause}"  # what follows a wish does not begin the clause
    if _PAST.search(f"{clause} ") and not _OF_BOOKING.search(clause):
        return "past"
    first = said.skip(begin, BEFORE_TIME) == phrase.start
    if first and _AFTERWARDS.search(following(said, phrase.end)):
        return "past"
    if said.at(phrase.start) in UNTIL and is_denied(said, phrase.start):
        return None  # "I don't finish until five": from then on
    if _ENDS.search(clause):
        return "free after"
    if _BEGINS.search(clause):
        return "free before"
    if is_busy(said, phrase, clause):
        return "past" if said.at(phrase.start) in ("by", "before") else "busy"
    return None


def is_busy(said: Utterance, phrase: Phrase, clause: str) -> bool:
    if _DOINGS.search(clause):
        return True
    found = _ELSEWHERE.search(clause)
    day = phrase.meaning.day
    today = day is not None and day.on == said.today
    return found is not None and not today and not _NEAR.search(clause)


def beginning(said: Utterance, end: int, since: int) -> int:
    """Where the clause begins that goes on to a time."""
    for place in range(end - 1, max(since, end - LONGEST_CLAUSE) - 1, -1):
        if said.at(place) in ENDS:
            return place + 1
    return max(since, end - LONGEST_CLAUSE)


def after_wish(said: Utterance, begin: int, end: int) -> int:
    """Past the last word of a wish, and past whoever it is about: "could we start at nine"."""
    for place in range(end - 1, begin - 1, -1):
        if said.at(place) in ASKS or said.at(place) == "you" and place + 2 < end:
            return place + 1 + (said.at(place + 1) in SUBJECTS)
    return begin


def following(said: Utterance, place: int) -> str:
    end = place
    while said.at(end) and said.at(end) not in ENDS:
        end += 1
    return "" if ASKS & set(said.texts[place:end]) else " ".join(said.texts[place:end])
