"""The acts of a turn with their values: what each labelled stretch of words says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from typing import cast

from voice.understanding.acts import Act, ActName, Reading, Tagged
from voice.understanding.asked_about import asking_of, whole_questions
from voice.understanding.emergencies import is_none
from voice.understanding.feelings import feeling_told
from voice.understanding.goods.goods_said import names_a_visit, use_told, with_goods
from voice.understanding.goods.goods_valued import (
    asked_of_goods,
    billed,
    named_goods,
    wished_goods,
)
from voice.understanding.goods.shopping_said import with_shopping
from voice.understanding.hearing import Hearing
from voice.understanding.limits import calls_it_wrong
from voice.understanding.loose_phrases import account_wish, attempt_in
from voice.understanding.messages_said import whom_or_what, with_messages, with_support
from voice.understanding.names.letter_runs import with_letters
from voice.understanding.names.one_person import joined
from voice.understanding.names.parties import is_of_kin, many_of, party_of
from voice.understanding.names.said_names import part_told, said_name
from voice.understanding.numbers.emails import said_email
from voice.understanding.numbers.references import reference_said
from voice.understanding.numbers.said_numbers import said_phones, said_signs
from voice.understanding.phrasebook import says
from voice.understanding.reading import When
from voice.understanding.relabelling.asked import as_asked
from voice.understanding.relabelling.beside import (
    adds,
    as_visits,
    comes,
    is_apart,
    is_at_once,
    is_beside,
    is_only_one,
    is_only_service,
    is_other_way,
    says_nothing,
    wished_for,
    without_how_many,
)
from voice.understanding.relabelling.changed_visits import unsuited
from voice.understanding.relabelling.denied import with_cancelled, with_denied
from voice.understanding.relabelling.each_by_itself import each_by_itself
from voice.understanding.relabelling.relabelling import relabelled
from voice.understanding.relabelling.services_within import with_services
from voice.understanding.relabelling.told import (
    becoming,
    has_no_visit,
    is_over,
    no_told,
    only_asks,
    protests,
    sad_news,
    tells_of_a_visit,
    told_in,
    wants_no_visit,
    wants_nothing_sold,
)
from voice.understanding.relabelling.visits_told import SEVERAL, told_apart
from voice.understanding.services.matching import services_named
from voice.understanding.services.needs import with_whole_need
from voice.understanding.services.picking import exactly, picked
from voice.understanding.services.services_said import ANYONE, said_person, said_service, treating
from voice.understanding.services.whom import whom_told
from voice.understanding.tagging.vetoes import with_every_yes, with_vetoes
from voice.understanding.times_said import (
    TimesSaid,
    rules_out,
    times_of,
    without_is,
    without_one,
    without_times,
)
from voice.understanding.wishes.extremes import is_haste, order_said
from voice.understanding.wishes.weekdays import begins_on
from voice.understanding.word_lists import word_lists
from voice.understanding.words import words_of

CHANGING = frozenset(
    """affirm deny choose more want drop person emergency give:when give:service give:provider
    give:booking give:name give:phone give:email give:reference give:order give:party give:problem
    rule_out:when rule_out:provider rule_out:service rule_out:booking""".split()
)
"""Labels and names of acts that change what is done."""
_SIDE_BY_SIDE = ("other", "problem", "party")
"""Slots of which a turn may hold several that are all meant."""
_TELLING = tuple(
    "story social:upset give:other give:problem give:party want:cancel deny give:message".split()
)
"""Labels of acts in whose words news may be told."""
OF_KIN = ("give:party", "give:booking", "story", "want:account")
"""Labels of acts in whose words somebody may be told to be the caller's."""
OF_WHOM = ("give:party", "give:other", "give:problem", "give:service", "story")
"""Labels of acts in whose words it may be told whom a visit is for."""
_FRONT = 2
"""Words at the beginning of a stretch in which it may be told that it corrects another."""


def reading_of(text: str, tagged: Sequence[Tagged], hearing: Hearing) -> Reading:
    """The acts of these stretches with their values."""
    tags = _put_right(text, tagged, hearing)
    times = times_of(without_one(without_is(without_how_many(text)), hearing), tags, hearing)
    turn = _Turn(text, tags, hearing)
    for place, tag in enumerate(tags):
        name, _, kind = tag.label.partition(":")
        act = Act(
            cast("ActName", name), kind, text[tag.start : tag.end], tag.start, tag.end,
            tag.confidence, tag.corrects, times=times.of_tags[place], told=tag.told,
        )  # fmt: skip
        act = _among_others(act, turn, place)
        act = _settled(_valued(act, turn), turn)
        if act.name in ("deny", "more") and is_only_one(act.text):
            act = replace(act, name="story", kind="")  # no no, and nothing else is wanted
        turn.acts.append(act)
    acts = with_whole_need(_of_one_choice(turn.acts), hearing)
    return _whole_turn(text, acts, times, hearing)


def _whole_turn(text: str, acts: tuple[Act, ...], times: TimesSaid, hearing: Hearing) -> Reading:
    """The reading of a turn: its acts, and what its words tell as a whole."""
    new, apart = has_no_visit(text), is_apart(text)
    feeling, complaint = feeling_told(acts)
    return Reading(
        text=text,
        acts=acts,
        confidence=confidence_of(acts, text),
        ambiguous=times.ambiguous,
        disagreement=times.disagreement,
        attempt=attempt_in(text),
        sad_news=sad_news(told_in(acts, _TELLING)),
        feeling=feeling,
        complaint=complaint,
        of_visit=names_a_visit(text, hearing),
        at_once=is_at_once(text) and not apart,
        apart=apart,
        other_way=is_other_way(text),
        protests=protests(text),
        only_one=is_only_one(text) or is_only_service(acts, text),
        no_visit=wants_no_visit(text),
        only_asks=only_asks(text, acts),
        no_order=wants_nothing_sold(text),
        takes_back=says("denials", "no message", text),
        no_number=says("denials", "no number", text),
        of_the_past=is_over(text),
        calm=is_none(text),
        of_kin=is_of_kin(told_in(acts, OF_KIN)),
        whom=whom_told(told_in(acts, OF_WHOM)),
        has_no_visit=new,
        unsuited=unsuited(text, hearing),
        speaks_of_visit=not new and tells_of_a_visit(_without(acts, ("want", "ask"), text)),
    )


def _of_one_choice(acts: Sequence[Act]) -> tuple[Act, ...]:
    """With what all choices of a turn have in common, where they have: "eleven, tomorrow works"."""
    choices = [set(act.which) for act in acts if act.name == "choose" and act.which]
    common = set.intersection(*choices) if choices else set()
    which = tuple(sorted(common))
    return tuple(
        replace(act, which=which) if which and act.name == "choose" and act.which else act
        for act in acts
    )


def _put_right(text: str, tags: Sequence[Tagged], hearing: Hearing) -> Sequence[Tagged]:
    """The stretches with the labels that their words, and those around them, bear out."""
    tags = with_cancelled(text, _apart(with_vetoes(text, tags)), hearing)
    tags = with_every_yes(text, relabelled(text, tags, hearing), asked=hearing.asked)
    tags = as_visits(text, [tag for tag in tags if not says_nothing(text, tag, hearing)], hearing)
    tags = with_denied(text, [wished_for(text, tag, hearing) for tag in tags], hearing)
    tags = as_asked(text, tags, hearing)
    tags = with_goods(text, whole_questions(text, tags), hearing)
    tags = with_shopping(text, tags, hearing)
    tags = with_support(text, _apart(with_services(text, tags, hearing)), hearing.asked)
    tags = with_letters(text, with_messages(text, tags, hearing), hearing.asked)
    return told_apart(text, each_by_itself(text, joined(text, tags), hearing), hearing)


def _among_others(act: Act, turn: _Turn, place: int) -> Act:
    """With what the words, and those around them, say of other visits."""
    if act.name not in ("want", "give", "choose"):
        return act
    before = turn.tags[place - 1].end if place else 0
    behind = turn.tags[place + 1].start if place + 1 < len(turn.tags) else len(turn.text)
    around = turn.text[before : act.start], turn.text[act.end : behind]
    beside = is_beside(act.text) or any(map(is_beside, around))
    named = act.name == "choose" or act.kind in ("service", "name")
    timed = [tag.label in ("give:when", "give:party") for tag in turn.tags]
    start = turn.tags[place - 1].start if place and timed[place - 1] else before
    end = turn.tags[place + 1].end if place + 1 < len(timed) and timed[place + 1] else behind
    led, followed = turn.text[start : act.start], turn.text[act.end : end]
    told = comes(led, act.text, followed) if named else ""
    return replace(act, beside=beside, adds=adds(around[0], act.text, around[1]), comes=told)


def _without(acts: Sequence[Act], names: Sequence[str], text: str) -> str:
    """The turn's words with those of acts of these names left out."""
    for act in acts:
        if act.name in names:
            text = text[: act.start] + "." * (act.end - act.start) + text[act.end :]
    return text


def confidence_of(acts: Sequence[Act], text: str) -> float:
    """Of the least sure act that changes something, else of the least sure of all; words of which
    nothing was made are not understood."""
    if not acts:
        return 0.0 if words_of(text) else 1.0
    changing = [act for act in acts if act.label in CHANGING or act.name in CHANGING]
    return min(act.confidence for act in changing or acts)


def _apart(tags: Sequence[Tagged]) -> tuple[Tagged, ...]:
    """In the order said; of two that overlap the first."""
    kept: list[Tagged] = []
    for tag in sorted(tags, key=lambda each: (each.start, each.end)):
        if not kept or tag.start >= kept[-1].end:
            kept.append(tag)
    return tuple(kept)


@dataclass(slots=True)
class _Turn:
    """As far as it has been read."""

    text: str
    tags: Sequence[Tagged]
    hearing: Hearing
    acts: list[Act] = field(default_factory=list)

    def gone(self) -> set[int]:
        """Places on the table that were turned down before."""
        table = range(len(self.hearing.table))
        turned = {at for act in self.acts if act.name == "rule_out" for at in act.which}
        return turned if len(turned) < len(table) else set()

    def pointed_at(self, words: str, times: Sequence[When] = ()) -> tuple[int, ...]:
        """The places on the table that words speak of, where they are not all of them."""
        table = self.hearing.table
        which = picked(words, times, table, agent=self.hearing.agent)
        return which if len(which) < len(table) else ()


def _valued(act: Act, turn: _Turn) -> Act:
    fill = _VALUES.get(act.label) or _VALUES.get(act.name)
    if fill is not None:
        act = fill(act, turn)
    elif (told := _TOLD.get(act.label)) is not None:
        act = replace(act, value=told(act.text))
    return replace(act, corrects=_corrects(act, turn)) if act.name == "give" else act


def _name(act: Act, turn: _Turn) -> Act:
    name = said_name(act.text, sure=turn.hearing.by_words)
    name = name.removesuffix("'s") if name else name  # "the wax is Alfie's"
    return replace(act, value=name, part=part_told(turn.text, act.start, act.end) if name else "")


def _settled(act: Act, turn: _Turn) -> Act:
    """A yes or a time that singles out one thing of several on the table chooses it."""
    hearing = turn.hearing
    if hearing.asked == "choose" and act.name == "affirm" and _is_none_of(act, hearing):
        return _wish(replace(act, name="give", kind="when"), turn)
    if hearing.asked in ("date", "time") and act.name == "choose" and act.times:
        return _wish(replace(act, name="give", kind="when"), turn)  # there is nothing to choose
    if hearing.asked not in ("choose", "which_booking") or len(hearing.table) < SEVERAL:
        return act
    if act.label == "give:when" and len(exactly(act.times, hearing.table)) == 1:
        return _choice(replace(act, name="choose", kind=""), turn)
    if act.name == "affirm" and len(exactly(act.times, hearing.table)) == 1:
        return _choice(replace(act, name="choose"), turn)
    return act


def _is_none_of(act: Act, hearing: Hearing) -> bool:
    """Whether an hour is told that none of the times on the table has: "half nine works"."""
    hours = [when for when in act.times if isinstance(when.value, time | datetime)]
    return bool(hours and hearing.table) and not exactly(hours, hearing.table)


def _choice(act: Act, turn: _Turn) -> Act:
    named, likely = said_service(without_times(act), turn.hearing.services)
    named = named or _service_by_place(act.text, turn)
    if named is None and turn.hearing.asked == "open":
        named = becoming(act.text)
    elif named is not None and not turn.hearing.table and not turn.hearing.bookings:
        return replace(act, name="give", kind="service", value=named)  # nothing to choose from
    return replace(_picking(act, turn), value=named, likely=() if named else likely)


def _service_by_place(words: str, turn: _Turn) -> str | None:
    """ "The second one", of services that were just read out."""
    hearing = turn.hearing
    which = turn.pointed_at(words) if hearing.asked in ("service", "guess") else ()
    if len(which) != 1:
        return None
    [name] = hearing.table[which[0]].names
    return next((each.id for each in hearing.services if name in each.names), None)


def _picking(act: Act, turn: _Turn) -> Act:
    hearing = turn.hearing
    kept = turn.acts[-1].end if turn.acts and turn.acts[-1].value == "kept" else None
    if act.label == "give:booking" and kept == act.start - 1:
        act = replace(act, name="rule_out")  # "don't cancel" "mine"
    table = hearing.table or hearing.bookings
    which = picked(act.text, act.times, table, agent=hearing.agent, gone=turn.gone())
    return replace(act, which=which)


def _wish(act: Act, turn: _Turn) -> Act:
    if act.label == "give:when" and rules_out(act.text):
        act = replace(act, name="rule_out")
    if act.name == "rule_out":
        return replace(act, which=turn.pointed_at(act.text, act.times))
    order = None if is_beside(act.text) else order_said(act.text)  # "after the first one"
    wrong = act.name == "more" and calls_it_wrong(act.text)
    told = () if wrong else act.times  # "eight is fierce early" wishes for no eight
    times = tuple(when for when in told if not (order and is_haste(when)))
    if act.name == "more":  # "has Dale nothing later"
        act = replace(act, value=_whom(act, turn))
    return replace(act, order=order, times=times)


def _service(act: Act, turn: _Turn) -> Act:
    words = act.text.split()
    heads = range(_FRONT + 1 if act.name == "rule_out" else 1)  # "leave the test"
    ways = (said_service(" ".join(words[at:]), turn.hearing.services) for at in heads)
    value, likely = next((way for way in ways if any(way)), (None, ()))
    parties = sum(tag.label == "give:party" for tag in turn.tags)
    act = replace(act, count=many_of(act.text, of_several=parties > 1))
    if likely:  # "two boys who need kids' haircuts": for whom it is tells which of them
        for tag in turn.tags:
            party = turn.text[tag.start : tag.end]
            for whole in (f"{party} {act.text}", f"{act.text} {party}"):
                told, _ = said_service(whole, turn.hearing.services)
                if tag.label == "give:party" and told in likely:
                    return replace(act, value=told)
    if value is None and (pointed := _service_by_place(act.text, turn)) is not None:
        return replace(act, value=pointed)
    return replace(act, value=value, likely=likely)


def _given_up(act: Act, turn: _Turn) -> Act:
    """What is to become of a booking, and which services are named in it."""
    services = services_named(act.text, turn.hearing.services, loosely=False)
    return replace(act, value=becoming(act.text), likely=services)


def _problem(act: Act, turn: _Turn) -> Act:
    value, likely = treating(act.text, turn.hearing.services)
    return replace(act, value=value, likely=likely)


def _provider(act: Act, turn: _Turn) -> Act:
    who = said_person(act.text, turn.hearing.providers)
    if act.name == "give" and who != ANYONE and says("people", "not them", act.text):
        act = replace(act, name="rule_out")
    if act.name == "give":
        return replace(act, value=who)
    who = who if who != ANYONE else None  # "anyone but" somebody who is not known here
    return replace(act, value=who, which=turn.pointed_at(act.text))


def _whom(act: Act, turn: _Turn) -> str | None:
    """Who is named in it; `any` where it asks for anybody."""
    who = said_person(act.text, turn.hearing.providers, loosely=False)
    anybody = who in (None, ANYONE) and says("people", "somebody", act.text)
    return ANYONE if anybody else None if who == ANYONE else who


def _question(act: Act, turn: _Turn) -> Act:
    """What it is about: a service, a person, the first or the last time there is."""
    named, likely = said_service(act.text, turn.hearing.services)
    about = (named,) if named else likely
    asking, who = asking_of(act.text, turn.hearing.services), _whom(act, turn)
    if who == ANYONE and not asking.of_being_there and act.kind != "times":
        who = None
    if turn.text[act.end :].lstrip().startswith("?"):
        asking = replace(asking, openly=True)
    return replace(act, likely=about, value=who, order=order_said(act.text), asking=asking)


def _phone(act: Act, turn: _Turn) -> Act:
    """All stretches of a turn that give a number are read together, up to this one."""
    places = [place for place, one in enumerate(turn.acts) if one.label == act.label]
    stretches = [*(turn.acts[place].text for place in places), act.text]
    *before, said = said_phones(stretches, turn.hearing.country, turn.hearing.digits)
    for place, number in zip(places, before, strict=True):
        turn.acts[place] = replace(turn.acts[place], value=number.value, digits=number.digits)
    return replace(act, value=said.value, digits=said.digits)


def _reference(act: Act, turn: _Turn) -> Act:
    """What it may be; of an answer to our question the whole turn is read."""
    ways = reference_said(act.text, turn.text if turn.hearing.asked == "reference" else "")
    return replace(act, value=ways[0] if ways else None, likely=ways[1:])


def _party(act: Act, _turn: _Turn) -> Act:
    name, count = party_of(act.text)
    return replace(act, value=name, count=count)


def _left_as_it_is(act: Act) -> Act:
    """ "Don't cancel anything" is a no."""
    kept = no_told(act.text) == "kept"
    return replace(act, name="deny", kind="", value="kept") if kept else act


_VALUES: dict[str, Callable[[Act, _Turn], Act]] = {
    "choose": _choice,
    "drop": _given_up,
    "more": _wish,
    "give:when": _wish,
    "rule_out:when": _wish,
    "give:booking": _picking,
    "rule_out:booking": _picking,
    "give:service": _service,
    "rule_out:service": _service,
    "give:problem": _problem,
    "give:provider": _provider,
    "rule_out:provider": _provider,
    "give:phone": _phone,
    "give:reference": _reference,
    "give:party": _party,
    "give:name": _name,
    "ask": lambda act, turn: asked_of_goods(_question(act, turn), turn.hearing),
    "want:message": lambda act, turn: whom_or_what(act, turn.hearing),
    "want:cancel": lambda act, _: _left_as_it_is(replace(act, value=becoming(act.text))),
    "want:move": lambda act, _: act if becoming(act.text) == "move" else _left_as_it_is(act),
    "want:buy": lambda act, turn: wished_goods(act, turn.text),
    "rule_out:product": lambda act, turn: named_goods(act, turn.text, turn.hearing),
    "give:product": lambda act, turn: named_goods(act, turn.text, turn.hearing),
    "want:refund": lambda act, turn: replace(act, value=use_told(turn.text)),
    "want:order": lambda act, turn: billed(act, turn.text, turn.hearing),
    "want:billing": lambda act, turn: billed(act, turn.text, turn.hearing),
}
"""What fills the values of an act, by its label or its name."""
_TOLD: dict[str, Callable[[str], str | None]] = {
    "give:email": said_email,
    "give:order": said_signs,
    "want:account": account_wish,
    "give:other": use_told,
    "affirm": becoming,
    "deny": no_told,
}
"""What reads the value out of the words alone."""


def _is_beside_another(act: Act, turn: _Turn, before: int) -> bool:
    """Whether a time will do where one told before it will not, or is the best of those: "or if
    not, Thursday", "but Friday's better"."""
    told = {begins_on(when) for each in turn.acts for when in each.times}
    behind = " ".join(turn.text[act.start :].split()[: 2 * _FRONT])
    best = told.issuperset(map(begins_on, act.times)) and says("wishes", "preferred", behind)
    return best or says("wishes", "or else", turn.text[before : act.times[0].span[0]])


def _corrects(act: Act, turn: _Turn) -> bool:
    """Whether it replaces what was said before in this turn: another of its kind, taken back or
    ruled out."""
    before = turn.acts[-1].end if turn.acts else 0
    if act.kind == "when" and act.times and _is_beside_another(act, turn, before):
        return False
    if act.corrects or any(one.label == f"rule_out:{act.kind}" for one in turn.acts):
        return True
    around = turn.text[before : act.start], " ".join(act.text.split()[:_FRONT])
    words = {word.folded for part in around for word in words_of(part)}
    repairs = not words.isdisjoint(word_lists("repairs")["words"])
    again = any(one.label == act.label for one in turn.acts)
    return again and repairs and act.kind not in _SIDE_BY_SIDE
