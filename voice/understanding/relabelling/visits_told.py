"""Which of several visits each stretch of a turn is told of: by its service, or by whom it is for.

A turn is taken clause by clause. The words of a clause that name a visit ("the wax", "mine", "for
my son Luke") say of which the rest of it is; a clause that names none goes on with the one before.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from voice.understanding.acts import Tagged, Told
from voice.understanding.dates.reading import read_times
from voice.understanding.hearing import Hearing
from voice.understanding.names.parties import KIN, ME, SOMEBODY, bare, people_in
from voice.understanding.names.said_names import said_name
from voice.understanding.relabelling.beside import asked_beside, is_only_polite
from voice.understanding.relabelling.more_precisely import named_once
from voice.understanding.relabelling.ruled_out import DENYING
from voice.understanding.services.matching import (
    ARTICLES,
    EVERYDAY,
    is_part_of,
    services_named,
    stem,
    telling_words,
    where_named,
)
from voice.understanding.services.whom import age_told
from voice.understanding.word_lists import word_lists
from voice.understanding.words import DIGITS, TEENS, TENS, Word, plain, words_of

_JOINT = re.compile(r"[,.;!?]+|\b(?:and|then|but|plus|while|whereas)\b", re.IGNORECASE)
_JOINTS = re.compile(rf"(?:\s*(?:{_JOINT.pattern})\s*)+|\s+", re.IGNORECASE)
_OF_ALL = re.compile(
    r"\b(?:both|(?:the|them|us) (?:two|lot|pair)|all of (?:them|it))\b", re.IGNORECASE
)
_JOINTS_LAST = re.compile(rf"(?:\s*(?:{_JOINT.pattern}))*\s*$", re.IGNORECASE)
_NOT = frozenset(("not", "isnt"))
_NOT_FOR = re.compile(r"\bnot (?:for )?(?:me|mine|him|her|his|hers)\b", re.IGNORECASE)
_LEANING = frozenset("after before following behind than".split())
"""Words after which a visit only tells when another one is."""
_CUT = frozenset(
    "choose give:when rule_out:when give:party give:service give:other story deny".split()
)
"""Labels of stretches in which other visits may be told of as well."""
_SUITING = ("more", "deny", "rule_out:when")
"""Labels of what only tells to whom no time suits: "not too early for me"."""
_LOOSE = frozenset("rule_out:when give:party give:service give:other story deny".split())
"""Those of them that may be anything, where a visit is named in them with a time."""
_NAMING = ("give:service", "give:party")
_OF_OTHERS = ("ask", "give:provider", "rule_out:provider", "give:phone", "want:message")
_TIMED, _PEOPLE = ("give:when", "choose"), ("give:provider",)
SEVERAL = _FULL_NAME = 2
_LISTS = word_lists("parties")
_LEADING = _LISTS["leads to a name"] | _LISTS["beside a name"]
_OWN = frozenset(("i", "im", "am", "my"))
"""Words before the caller's own name."""
_NUMBERS = frozenset((*DIGITS, *TEENS, *TENS))


@dataclass(slots=True)
class _Frame:
    """One visit as far as a word, or a clause, tells of it."""

    start: int
    end: int
    service: str = ""
    people: frozenset[str] = frozenset()
    by_name: bool = False
    """Whether only a customer's name tells for whom it is."""

    def takes(self, other: _Frame) -> bool:
        """Whether that may be said of the same visit."""
        both = self.people | other.people
        if other.service and self.service not in ("", other.service):
            return False
        if not (self.people and other.people) or ME not in self.people ^ other.people:
            return True
        return SOMEBODY not in both and (self.by_name or other.by_name)

    def take(self, other: _Frame) -> None:
        """What is said of the same."""
        both = self.people | other.people
        self.service = self.service or other.service
        self.people = frozenset((ME,)) if ME in both else both
        self.by_name = self.by_name and (other.by_name or not other.people)


def told_apart(text: str, tags: Sequence[Tagged], hearing: Hearing) -> list[Tagged]:
    """The tags, each with the visit that it is told of where the turn tells of several; a stretch
    that tells of two is cut between them."""
    tags = [asked_beside(text, tag, hearing) for tag in tags]
    tags = named_once(text, tags, hearing)
    mentions = _mentions(text, tags, hearing)
    clauses = _without_lone_name(text, _clauses(text, tags, mentions), tags)
    frames = [frame for _, _, own in clauses for frame in own]
    if not mentions or not _are_several(frames, hearing):
        return list(tags)
    cut = [part for tag in tags for part in _cut(text, tag, clauses, mentions, hearing)]
    linked = _linked(frames, hearing)
    own = [(tag, linked.get(id(_frame_of(text, tag, clauses)))) for tag in cut]
    return _without_shared([
        replace(tag, told=told, label="give:name")  # "for me, Ruth"
        if tag.label == "give:party" and told and told.people == (ME,)
        and _is_name(people_in(text[tag.start : tag.end]))
        else replace(tag, told=told)
        for tag, told in own
    ])  # fmt: skip


_Clause = tuple[int, int, list[_Frame]]


def _clauses(text: str, tags: Sequence[Tagged], mentions: Sequence[_Frame]) -> list[_Clause]:
    """The clauses of the turn, each with the visits that it names."""
    joints = [(found.start(), found.end()) for found in _JOINT.finditer(text)]
    subjects = {each.end for each in mentions if each.people}  # "my daughter, who wants"
    wishes = [(tag.start, tag.start) for tag in tags if tag.label.startswith("want:")
              if len(text[: tag.start].rstrip()) not in subjects]  # fmt: skip
    edges = [(0, 0), *sorted((*joints, *wishes)), (len(text), len(text))]
    clauses: list[_Clause] = []
    for (led, start), (end, _) in zip(edges, edges[1:], strict=False):
        frames: list[_Frame] = []
        for each in (one for one in mentions if start <= one.start < end):
            if frames and frames[-1].takes(each):
                frames[-1].take(each)
            else:
                frames.append(replace(each))
        told = [at for at, one in enumerate(clauses) if one[2] or _labels_in(one, tags)]
        before = clauses[told[-1]] if told else (0, 0, [])
        if frames and _is_apposition(text[led:start], text[start:end], frames, before[2]):
            if before[2]:
                before[2][-1].take(frames[0])
                frames = []
            elif _is_only_timed(before, tags):
                clauses[told[-1]] = (*before[:2], frames)  # "half past ten, dear, for Naomi"
        if frames and led == start and clauses and _is_only_timed(clauses[-1], tags):
            clauses[-1] = (*clauses[-1][:2], frames)  # "on Friday" "I'd like the wax"
        clauses.append((start, end, frames))
    return clauses


def _is_only_timed(clause: _Clause, tags: Sequence[Tagged]) -> bool:
    """Whether a clause tells a time, and nothing else."""
    return not clause[2] and _labels_in(clause, tags) in (["give:when"], ["choose"])


def _labels_in(clause: _Clause, tags: Sequence[Tagged]) -> list[str]:
    return [tag.label for tag in tags if clause[0] <= tag.start < clause[1]]


def _without_lone_name(text: str, clauses: list[_Clause], tags: Sequence[Tagged]) -> list[_Clause]:
    """The clauses, where the only name of the turn names no visit if nothing is told beside it."""
    named = [at for at, (_, _, own) in enumerate(clauses) if any(one.by_name for one in own)]
    for at in named if len(named) == 1 else ():
        start, end, [first, *others] = clauses[at]
        timed = any(tag.label in _TIMED and start <= tag.start < end for tag in tags)
        owned = text[first.start : first.end].endswith(("'s", "’s"))
        if not (others or first.service or timed or owned or ME in first.people):
            clauses[at] = (start, end, [])
    return clauses


def _is_apposition(joint: str, clause: str, frames: list[_Frame], before: list[_Frame]) -> bool:
    """Whether a clause only says for whom the visit of the one before is: "the wax, for Dave"."""
    [first, *others] = frames
    known = before[-1].people if before else frozenset()
    if others or first.service or joint.strip() != ",":
        return False
    if not known:
        return not first.by_name and people_in(clause) == first.people
    return _is_name(first.people) and len(words_of(clause)) <= _FULL_NAME


def _is_name(people: frozenset[str]) -> bool:
    """Whether somebody is told of by name alone."""
    return bool(people) and people.isdisjoint({ME, SOMEBODY, *KIN})


def _are_several(frames: Sequence[_Frame], hearing: Hearing) -> bool:
    """Whether the turn, or what is wanted already, is of two visits at least."""
    if len(hearing.visits) >= SEVERAL:
        return True
    services = {frame.service for frame in frames if frame.service}
    others = {frame.people for frame in frames if frame.people and not frame.by_name}
    own = {ME in people for people in others}
    if len(services) >= SEVERAL or len(own) >= SEVERAL:
        return True
    for known in hearing.visits:
        if services - {known.service} and known.service:
            return True
        if others and known.people and not any(known.people & people for people in others):
            return not all(SOMEBODY in people for people in others) or ME in known.people
    return False


def _linked(frames: Sequence[_Frame], hearing: Hearing) -> dict[int, Told]:
    """What each frame tells of its visit, with what the others of the turn tell of the same."""
    told: list[_Frame] = []
    theirs = {one.service for one in hearing.visits if one.people and ME not in one.people}
    groups: list[tuple[_Frame, _Frame]] = []
    for frame in frames:
        same = next((one for one in told if _is_same(one, frame, told, theirs)), None)
        if same is None:
            told.append(same := replace(frame))
        else:
            same.take(frame)
        groups.append((frame, same))
    nth = [id(one) for one in told].index
    return {
        id(frame): Told(
            frame.service or same.service, tuple(sorted(frame.people or same.people)), nth(id(same))
        )
        for frame, same in groups
    }


def _is_same(
    one: _Frame, frame: _Frame, told: Sequence[_Frame], theirs: Collection[str | None]
) -> bool:
    """`theirs`: the services of visits that are wanted for somebody else."""
    if frame.service:
        return one.service == frame.service
    if one.people & frame.people:
        return True
    if ME in frame.people:
        owned = [each for each in told if ME in each.people]
        unsaid = [each for each in told if not each.people]
        return not owned and unsaid == [one] and one.service not in theirs
    if SOMEBODY in frame.people:
        others = [each for each in told if each.people - {ME} and not each.by_name]
        return others == [one]
    return False


def _frame_of(text: str, tag: Tagged, clauses: Sequence[_Clause]) -> _Frame | None:
    """The frame of the clause in which the stretch stands, else of the one before."""
    last: _Frame | None = None
    for start, end, frames in clauses:
        if tag.end > start and not frames and _OF_ALL.search(text[start:end]):
            last = None  # what is said from there on is of all of them
        if tag.start >= end:
            last = frames[-1] if frames else last
        elif tag.end > start and frames:
            before = [frame for frame in frames if frame.start < tag.end]
            led = text[tag.end : frames[0].end].lstrip(" ,").startswith("for ")
            if before or tag.label != "choose" or led or frames[0].start >= end:
                return before[-1] if before else frames[0]
            return last  # what is chosen is of another visit only where that is said of it
        elif tag.end <= end:
            break
    return last


def _without_shared(tags: Sequence[Tagged]) -> list[Tagged]:
    """The tags, where a time or a person that is told once, behind all visits that are named, is of
    no single one. Visits that are named again are told of each by itself."""
    runs: list[list[Tagged]] = [[]]
    for tag in tags:
        named = [each.told for each in runs[-1] if each.label == "give:service"]
        if tag.label == "give:service" and tag.told in named:
            runs.append([])
        runs[-1].append(tag)
    return [each for run in runs for each in _with_shared(_with_shared(run, _TIMED), _PEOPLE)]


def _with_shared(run: Sequence[Tagged], labels: tuple[str, ...]) -> list[Tagged]:
    named = [tag.told.nth for tag in run if tag.label in _NAMING and tag.told]
    told = {tag.told.nth for tag in run if tag.label in labels and tag.told}
    if len(set(named)) < SEVERAL or told != {named[-1]}:
        return list(run)
    return [replace(tag, told=None) if tag.label in labels else tag for tag in run]


def _cut(
    text: str,
    tag: Tagged,
    clauses: Sequence[_Clause],
    mentions: Sequence[_Frame],
    hearing: Hearing,
) -> Iterator[Tagged]:
    within = [each for each in mentions if tag.start <= each.start < tag.end]
    if tag.label == "rule_out:service" and within and _NOT_FOR.search(text[tag.start : tag.end]):
        tag = replace(tag, label="give:service")  # it is wanted, for somebody else
    if tag.label not in _CUT or not within:
        yield tag
        return
    edges = {start for start, _, _ in clauses}
    edges |= {frame.start for _, _, own in clauses for frame in own[1:]}
    starts = [tag.start, *sorted(at for at in edges if tag.start < at < tag.end)]
    pieces: list[tuple[int, int, bool]] = []
    for start, end in zip(starts, [*starts[1:], tag.end], strict=True):
        named = any(start <= each.start < end for each in within)
        joined = pieces and not named and not pieces[-1][2]
        pieces.append((pieces.pop()[0] if joined else start, end, named))
    for start, end, _ in pieces:
        led = _JOINTS.match(text, start, end)
        start = led.end() if led else start
        end -= len(text[start:end]) - len(_JOINTS_LAST.sub("", text[start:end]))
        yield from _parts(text, replace(tag, start=start, end=end), within, hearing)


def _parts(
    text: str, tag: Tagged, mentions: Sequence[_Frame], hearing: Hearing
) -> Iterator[Tagged]:
    """A stretch of one clause: the visit that it names, and the time that it tells of that."""
    if tag.start >= tag.end or is_only_polite(text[tag.start : tag.end]):
        return
    if age_told(text[tag.start : tag.end]):
        yield replace(tag, label="give:other")
        return
    within = [each for each in mentions if tag.start <= each.start < tag.end]
    service = next((each for each in within if each.service), None)
    if not within or tag.label == "give:when" and service is None:
        yield tag
        return
    hand = hearing.visits[0].service if hearing.visits else None
    if tag.label == "choose" and (service is None or service.service == hand):
        yield tag
        return
    when = _time_beside(text, tag, within, hearing)
    whole = tag.label == "give:service" and service is not None
    made: list[Tagged] = []
    if service is not None:
        alone = whole and when is None and len(within) == 1
        start, end = (tag.start, tag.end) if alone else (service.start, service.end)
        made.append(replace(tag, label="give:service", start=start, end=end))
    whom = [each for each in within if each.people and not (each.service or each.by_name)]
    if whom and tag.label in _LOOSE and (when or service):
        made.append(replace(tag, label="give:party", start=whom[0].start, end=whom[-1].end))
    if when is not None:
        made.append(when)
    yield from sorted(made, key=lambda each: each.start) if made else [tag]


def _time_beside(
    text: str, tag: Tagged, mentions: Sequence[_Frame], hearing: Hearing
) -> Tagged | None:
    """The time that is told before the first, or behind the last, visit that a stretch names."""
    words = text[tag.start : tag.end]
    if tag.label in _LOOSE and not DENYING.isdisjoint(plain(words).split()):
        return None
    question = hearing.asking("time")
    for start, end in ((mentions[-1].end, tag.end), (tag.start, mentions[0].start)):
        found = read_times(text[start:end], question).found
        if found:
            first, last = found[0].span[0], found[-1].span[1]
            led = re.search(r"\b(?:at|on|from|about|around) +$", text[start : start + first])
            bare = found[0].kind in ("time", "timerange") or found[0].text == "now"
            if led is None and bare and tag.label in _LOOSE:
                return None  # a bare number, or "for my husband now"
            first -= len(led.group()) if led else 0
            return replace(tag, label="give:when", start=start + first, end=start + last)
    return None


def _mentions(text: str, tags: Sequence[Tagged], hearing: Hearing) -> list[_Frame]:
    """Where visits are named in the turn, in order."""
    services = _services_named(text, tags, hearing)
    taken = [(each.start, each.end) for each in services]
    taken += [(tag.start, tag.end) for tag in tags if tag.label.startswith(_OF_OTHERS)]
    named = {stem(word) for one in hearing.services for name in one.names
             for word in plain(name).split()} - EVERYDAY  # fmt: skip
    words = words_of(text)
    free = [not _is_in(word, taken) and stem(bare(word)) not in named for word in words]
    people = [_person(words, at, tags, hearing) for at in range(len(words)) if free[at]]
    return sorted((*services, *filter(None, people)), key=lambda each: each.start)


def _is_in(word: Word, stretches: Sequence[tuple[int, int]]) -> bool:
    return any(start <= word.start < end for start, end in stretches)


def _services_named(text: str, tags: Sequence[Tagged], hearing: Hearing) -> list[_Frame]:
    found: list[_Frame] = []
    for tag in tags:
        words = text[tag.start : tag.end]
        whole = tag.label in _CUT and len(hearing.visits) >= SEVERAL
        told = tag.label == "give:service" or whole and where_named(words, hearing.services)
        named = services_named(words, hearing.services) if told else ()
        if len(named) != 1 or _leans(text[: tag.start]):
            continue
        last = [one.names[0] for one in hearing.services if found and one.id == found[-1].service]
        if last and is_part_of(words, last[0]):
            continue
        at = where_named(words, hearing.services) or (0, len(words))
        start = tag.start + at[0]
        own = "my" in plain(text[: start + len("my ")]).split()[-1:]
        people = frozenset((ME,)) if own else frozenset()
        found.append(_Frame(start, tag.start + at[1], named[0], people))
    wanted = [each.service for each in hearing.visits]
    spoken_of = [each for each in (*wanted, *(one.service for one in found)) if each]
    names = {one.id: one.names for one in hearing.services if one.id in spoken_of}
    telling = {each: own - EVERYDAY - ARTICLES for each, own in telling_words(names).items()}
    taken = [(each.start, each.end) for each in found]
    taken += [(tag.start, tag.end) for tag in tags
              if tag.label.startswith(("give:name", *_OF_OTHERS))]  # fmt: skip
    for word in words_of(text) if len(telling) >= SEVERAL else ():
        owners = [each for each, own in telling.items() if stem(bare(word)) in own]
        if len(owners) == 1 and not _is_in(word, taken) and not _leans(text[: word.start]):
            found.append(_Frame(word.start, word.end, owners[0]))
    return sorted(found, key=lambda each: each.start)


def _leans(before: str) -> bool:
    said = [word for word in plain(before).split()[-2:] if word not in ARTICLES]
    return not _LEANING.isdisjoint(said[-1:])


def _person(
    words: Sequence[Word], at: int, tags: Sequence[Tagged], hearing: Hearing
) -> _Frame | None:
    """For whom a visit is, told by this word."""
    word = words[at]
    before = words[at - 1].folded if at else ""
    behind = [each.folded for each in words[at + 1 : at + 3]]
    over = _LISTS["when it is over"]
    if (
        before in _LEANING
        or before in _LISTS["of staff"]
        and word.folded in _LISTS["somebody"]
        or _NOT & {before, words[at - 2].folded if at > 1 else ""}
        or not over.isdisjoint(behind[: 1 if "s" in word.folded[-1:] else 2])
    ):
        return None
    tag = next((one for one in tags if one.start <= word.start < one.end), None)
    label = tag.label if tag is not None else ""
    mine = word.folded in _LISTS["mine"] or word.folded == "my" and behind[:1] in (["one"], ["own"])
    near = label not in _SUITING and before in _LISTS["before me"]
    near = near or not _LISTS["behind me"].isdisjoint(behind[:1])
    start = words[at - 1].start if before == "for" else word.start
    if mine or word.folded == ME and near:
        return _Frame(start, word.end, people=frozenset((ME,)))
    said = people_in(word.text)
    known = frozenset().union(*(one.people for one in hearing.visits)) & said
    whom = said & KIN or known or (said if SOMEBODY in said else frozenset())
    if whom and ME not in whom:
        return _Frame(start, word.end, people=whom)
    led = before in _LEADING
    if label == "give:party" and led and said and ME not in said and word.folded not in _NUMBERS:
        return _Frame(start, word.end, people=said)
    if label == "give:name" and tag is not None and word.start == _given(tag, words):
        told = [each for each in words[max(0, at - 4) : at] if each.folded in KIN | _OWN][-1:]
        timed = [one.start for one in tags if one.label in _TIMED and one.start < word.start]
        own = any(each.folded in _OWN or each.end < max(timed, default=0) for each in told)
        people = frozenset((ME,)) if own else said
        return _Frame(word.start, word.end, people=people, by_name=True) if people else None
    return None


def _given(tag: Tagged, words: Sequence[Word]) -> int:
    """Where the first word of a name stands."""
    within = [word for word in words if tag.start <= word.start < tag.end]
    name = said_name(" ".join(word.text for word in within)) or ""
    first = plain(name).split()[:1]
    return next((word.start for word in within if [word.folded] == first), -1)
