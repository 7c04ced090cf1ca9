"""What a caller is after: one or several of nineteen routes, and how sure we are.

Phrases (`phrases/routes.txt`) are the evidence; a small linear model weighs them against the words
themselves. The confidence is its probability, so it can be compared with a threshold.
"""

from __future__ import annotations

import math
import re
import zlib
from functools import lru_cache

from voice.understanding.everyday import NOT_NAMES
from voice.understanding.matching import EVERYDAY
from voice.understanding.phrasebook import phrases
from voice.understanding.reading import Context, Named, Route
from voice.understanding.route_weights import BUCKETS, Weights, load_weights
from voice.understanding.words import LONGEST_TEXT, plain

_DIGIT = re.compile(r"\d")
_IT = re.compile(r"\bit\b", re.IGNORECASE)
_SAYS_NOTHING = re.compile(
    r"(?:(?:no|nope|please|ok|okay|then|hm+|so|oh|well|um+|uh|i|we|thanks|actually|just|and|but|"
    r"yes|yeah|sorry|id|all|in fact)\b ?)*"
)
_MOST_WORDS = 60
_HEARD_BESIDE = 0.75
"""The probability at which a clause of its own adds a route to the main one."""
_SURELY = 0.9
_ANSWER_CUES = (
    "yes first", "no first", "yes", "no", "enough", "more", "search", "unsure", "either",
    "change", "approves", "later",
)  # fmt: skip
_REPAIR = re.compile(
    r"(?<=\w)[,.]?\s+(?:no,? sorry|sorry,? no|no,? wait|wait,? no|actually,? no|"
    r"(?:no,? |sorry,? )?i mean)\b,?",
    re.IGNORECASE,
)
"""What corrects a detail within a sentence; it changes nothing that is booked."""
_REFUSED = re.compile(
    r"(?<!\bif )(?<!\bif i )(?<!\bif we )\b(?:(?:i|we)(?:['’]?m| am| are)? )?"
    r"(?:do not|don['’]?t|not|never|no longer|than|instead of)\s+"
    r"(?:(?:actually|really|even|just|want|need|wish|like|mean|intend|plan|try|trying|going|"
    r"looking|asking|calling|ringing|here|you|to)\s+)*"
    r"(?:(?:cancel+|book|mov|reschedul|chang|schedul)(?:e|ing)?\b|"
    r"(?:mak(?:e|ing)\s+(?:the|my|an?|any|another)|an?|any|another)\s+(?:\w+\s+)?"
    r"(?:appointment|booking)\b)"
    r"(?:\s+(?:it|that|this|one|me|us|in|my|the|an?|any|anything|appointment|booking|slot|then|"
    r"after all|any ?more|yet|please))*",
    re.IGNORECASE,
)
"""What the caller says he does not want done; to name it is not to ask for it."""
_CLAUSE = re.compile(
    r"[.?!;]+\s+|,\s+(?=(?:what|where|when|how|can|could|do|does|is|are)\b)|"
    r",?\s+(?:and|but|also|then|oh and|plus)\s+(?=(?:also|can|could|do|does|what|where|"
    r"when|how|i|id|i'd|i'm|im|please|tell|is|are|cancel|book|move|let|get|make|put|have|schedule|"
    r"arrange|reschedule|change|check|find|give|ask|see|sort)\b)",
    re.IGNORECASE,
)


def read_routes(
    text: str, context: Context, *, greets: bool = True
) -> tuple[tuple[Route, ...], float]:
    """Routes heard, the main one first, and the probability of that one; no greeting where it is
    known that nobody is greeted: "tomorrow morning" names a time."""
    text = _REPAIR.sub(" ", text[:LONGEST_TEXT])
    text, refused = _REFUSED.subn(" ", text)
    if refused and _SAYS_NOTHING.fullmatch(plain(text)):
        return ("deny",), _SURELY
    if refused:  # "it" was named in the words that are gone
        text = _IT.sub("my appointment", text)
    said = _with_names_said(plain(text), context)
    if not said:
        return (), 0.0
    weights = load_weights()
    barred: Route | None = None if greets else "greeting"
    main, sure = _likeliest(said, weights, barred)
    heard = [main]
    clauses = [clause for clause in _CLAUSE.split(text) if clause.strip()]
    if len(clauses) > 1:
        for clause in clauses[:6]:
            part = _with_names_said(plain(clause), context)
            if part:
                route, chance = _likeliest(part, weights, barred)
                if chance >= _HEARD_BESIDE and route not in heard:
                    heard.append(route)
    return tuple(heard), sure


def without_refused(text: str) -> str:
    """The words without what the caller says he does not want done."""
    return _REFUSED.sub(" ", text)


def _likeliest(said: str, weights: Weights, barred: Route | None) -> tuple[Route, float]:
    """The route with the highest probability among those that are not barred."""
    scores = list(weights.bias)
    for index, value in features(said, weights.named).items():
        row = weights.rows.get(index)
        if row is not None:
            scores = [score + value * weight for score, weight in zip(scores, row, strict=True)]
    if barred is not None:
        scores[weights.routes.index(barred)] = -math.inf
    best = max(range(len(scores)), key=scores.__getitem__)
    total = sum(math.exp(score - scores[best]) for score in scores)
    return weights.routes[best], 1.0 / total


def features(said: str, named: dict[str, int]) -> dict[int, float]:
    """Hashed words, pairs and pieces of words, and one feature for each phrase section heard."""
    words = _DIGIT.sub("0", said).split()[:_MOST_WORDS]
    pieces = [f"w {word}" for word in words]
    pieces += [f"p {a} {b}" for a, b in zip(["<", *words], [*words, ">"], strict=True)]
    for word in words:
        if len(word) > 3 and word.isalpha():
            padded = f"<{word}>"
            pieces += [padded[at : at + 4] for at in range(len(padded) - 3)]
    share = 1.0 / math.sqrt(max(1, len(pieces)))
    found: dict[int, float] = {}
    for piece in pieces:
        index = zlib.crc32(piece.encode()) % BUCKETS
        found[index] = found.get(index, 0.0) + share
    for name, value in _cues(said, len(words)):
        place = named.get(name)
        if place is not None:
            found[BUCKETS + place] = value
    return found


def cue_names() -> list[str]:
    """The features that are not hashed, in the order of their rows."""
    sections = list(phrases("routes"))
    names = [f"route {section}" for section in sections] + [
        f"only {section}" for section in sections
    ]
    names += [f"answer {section}" for section in _ANSWER_CUES]
    return [*names, "no route", "agrees", "refuses", *(f"length {count}" for count in range(10))]


def _cues(said: str, length: int) -> list[tuple[str, float]]:
    padded = f"{said} "
    heard = [section for section, phrase in phrases("routes").items() if phrase.search(padded)]
    cues = [(f"route {section}", 1.0) for section in heard]
    if len(heard) == 1:
        cues.append((f"only {heard[0]}", 1.0))
    if not heard:
        cues.append(("no route", 1.0))
    book = phrases("answers")
    answers = {section for section in _ANSWER_CUES if book[section].search(padded)}
    cues += [(f"answer {section}", 0.7) for section in answers]
    yes = "yes first" in answers or "yes" in answers and "no" not in answers
    no = "no first" in answers or "enough" in answers or "no" in answers
    if yes != no:
        cues.append(("agrees" if yes else "refuses", 1.0))
    cues.append((f"length {min(length, 9)}", 0.5))
    return cues


def _with_names_said(said: str, context: Context) -> str:
    """The business's own services said as "appointment", its people as "somebody"."""
    for named, word in ((context.services, "appointment"), (context.providers, "somebody")):
        pattern = _spoken_names(tuple(named), word == "somebody") if named else None
        if pattern is not None:
            said = pattern.sub(word, said)
    return said


@lru_cache(maxsize=128)
def _spoken_names(named: tuple[Named, ...], people: bool) -> re.Pattern[str] | None:
    """Whole names, and for people also their parts, with a title or without."""
    names = {plain(name) for each in named for name in each.names}
    if people:
        names |= {part for name in names for part in name.split() if part not in NOT_NAMES}
    else:
        names |= {part for name in names for part in name.split() if _is_telling(part)}
    written = sorted((re.escape(name) for name in names if len(name) > 2), key=len, reverse=True)
    if not written:
        return None
    title = r"(?:(?:dr|doctor|mr|mrs|ms|miss) )?" if people else ""
    return re.compile(rf"\b{title}(?:{'|'.join(written)})s?\b")


def _is_telling(part: str) -> bool:
    """Whether one word of a service's name speaks of it by itself."""
    return len(part) > 4 and part not in NOT_NAMES and part not in EVERYDAY
