"""Several days, each with limits of its own; days counted from another; limits told as reasons."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.voice.understanding.test_limits_joined import (
    ABOUT_TIME,
    GREETING,
    NOTHING,
    NOW,
    PEOPLE,
    SERVICES,
    WHEN,
    acts_of,
    free,
    wish_of,
)
from voice.understanding.acts import Asked
from voice.understanding.hearing import Hearing
from voice.understanding.read import read
from voice.understanding.reading import OfferedTime
from voice.understanding.wishes.joining import Frame, joined
from voice.understanding.wishes.wanted import Wanted, note, read_note

OFFERED = "I have Thursday at ten or noon. Which suits you?"

OPENINGS = [
    ("i was hoping to get a trim on friday at eleven or if thats gone anything before one",
     "2026-12-04 T../13:00"),
    ("hi my tests on friday the eleventh and i want a trim the day before earliest you have",
     "2026-12-10 soonest"),
    ("I've a wedding on Saturday the twelfth can I get in the day before, after lunch",
     "2026-12-11 T13:00/.."),
    ("it's my birthday on the tenth could I come the morning of", "2026-12-10 T../12:00"),
    ("my mam's funeral is Thursday and I need a trim the day before, any time", "2026-12-02"),
    ("I've an interview on Wednesday the ninth, the afternoon before would be grand",
     "2026-12-08 T12:00/16:00"),
    ("Christmas do is on Friday the eighteenth and I want my hair cut that day in the morning",
     "2026-12-18 T08:00/12:00"),
    ("he's got his MOT Monday the seventh so can I bring it in the day after at nine",
     "2026-12-08T09:00"),
]  # fmt: skip
ANSWERS = [
    ("I can do Friday anytime after three or like Saturday morning but Friday's better for me",
     "2026-12-04 T15:00/.. or 2026-12-05 T08:00/12:00"),
    ("Thursday before eleven or else Friday any time after two",
     "2026-12-03 T../11:00 or 2026-12-04 T14:00/.."),
    ("could be Wednesday at nine or if that's gone Thursday after four",
     "2026-12-02T09:00 or 2026-12-03 T16:00/.."),
    ("the week of the fourteenth Thursday or Friday after four but Friday can't be later than "
     "five",
     "2026-12-17 T16:00/.. or 2026-12-18 T16:00/17:01"),
    ("Monday afternoon or Tuesday morning Monday for preference",
     "2026-12-07 T12:00/16:00 or 2026-12-08 T08:00/12:00"),
    ("the ninth after ten or the tenth before twelve",
     "2026-12-09 T10:00/.. or 2026-12-10 T../12:00"),
    ("Thursday I could do from one and Friday only till eleven",
     "2026-12-03 T13:00/.. or 2026-12-04 T../11:00"),
    ("aye Saturday's best anytime after ten or Friday but only before noon on the Friday",
     "2026-12-05 T10:00/.. or 2026-12-04 T../12:00"),
    ("either tomorrow morning or Thursday after half three tomorrow would be better mind",
     "2026-12-02 T08:00/12:00 or 2026-12-03 T15:30/.."),
    ("so um Monday at two or like Tuesday any time before twelve whichever",
     "2026-12-07T14:00 or 2026-12-08 T../12:00"),
    ("Thursday after five if she has it otherwise Saturday before noon",
     "2026-12-03 T17:00/.. or 2026-12-05 T../12:00"),
    ("the eleventh from two onwards or failing that the twelfth in the morning",
     "2026-12-11 T14:00/.. or 2026-12-12 T08:00/12:00"),
    ("I'd take Friday at four else Monday at four", "2026-12-04T16:00 or 2026-12-07T16:00"),
    ("Wednesday or Thursday after four but Thursday has to be before five",
     "2026-12-02 T16:00/.. or 2026-12-03 T16:00/17:00"),
    ("Friday afternoon ideally or Saturday before ten but Friday's the better one",
     "2026-12-04 T12:00/16:00 or 2026-12-05 T../10:00"),
    ("the surgery is on the ninth so two days after that please", "2026-12-11"),
    ("we fly out on Monday the fourteenth so it'd have to be the Friday before", "2026-12-11"),
    ("the wedding's on the nineteenth so I'd like my colour two days before", "2026-12-17"),
    ("I see the consultant on the eighth so a week after that", "2026-12-15"),
    ("school breaks up on the sixteenth, so the day after, before eleven", "2026-12-17 T../11:00"),
    ("our anniversary's the Sunday so the day before, the earlier the better",
     "2026-12-05 soonest"),
    ("next week just after half four but not the friday im away",
     "2026-12-07/2026-12-13 T16:30/.. except 2026-12-11"),
    ("any morning next week only not the Wednesday I'm at the dentist",
     "2026-12-07/2026-12-13 T08:00/12:00 except 2026-12-09"),
    ("next week before noon, not Tuesday and the Thursday I'm working",
     "2026-12-07/2026-12-13 T../12:00 except 2026-12-08 or 2026-12-10"),
    ("sometime next week just after five but the Tuesday's no good I've a class",
     "2026-12-07/2026-12-13 T17:00/.. except 2026-12-08"),
    ("week after next in the afternoon but no the Thursday I'm in Glasgow",
     "2026-12-14/2026-12-20 T12:00/16:00 except 2026-12-17"),
    ("this week after six but I can't do the Friday I'm out",
     "2026-12-01/2026-12-06 T18:00/.. except 2026-12-04"),
    ("on Thursday at ten ten o'clock suits me", "2026-12-03T10:00"),
    ("half two Friday half two if you have it", "2026-12-04T14:30"),
    ("tomorrow at three three o'clock", "2026-12-02T15:00"),
    ("Saturday eleven eleven in the morning", "2026-12-05T11:00"),
    ("Friday Friday at nine nine o'clock", "2026-12-04T09:00"),
    ("Friday at two the trim first and then the colour", "2026-12-04T14:00"),
    ("tomorrow ten o'clock the check-up first", "2026-12-02T10:00"),
    ("Saturday at nine and the cut first please", "2026-12-05T09:00"),
    ("the colour first half nine Thursday", "2026-12-03T09:30"),
    ("Thursday or Friday after four but Friday can't be later than five",
     "2026-12-03 T16:00/.. or 2026-12-04 T16:00/17:01"),
    ("Friday, anything before say eleven", "2026-12-04 T../11:00"),
    ("any day next week after three but not Wednesday after five",
     "2026-12-07/2026-12-13 T15:00/.. except 2026-12-09 T17:00/.."),
    ("tomorrow or Thursday in the morning, but Thursday I've to be out by eleven",
     "2026-12-02 T08:00/12:00 or 2026-12-03 T08:00/12:00<11:00"),
]  # fmt: skip
TO_OFFERS = [
    ("next week just after half four",
     ("2026-12-08T16:30", "2026-12-09T16:30", "2026-12-11T16:30"),
     "not the friday sorry em have you wednesday a bit later like id only be out of work at "
     "half four",
     "2026-12-09 T16:31/.."),
    ("2026-12-09",
     ("2026-12-09T16:30",),
     "em no id be only leaving work at half four is there five o'clock on the wednesday",
     "2026-12-09T17:00"),
    ("Thursday morning",
     ("2026-12-03T10:00",),
     "a bit later if you can I don't finish till half ten",
     "2026-12-03 T10:30/12:00"),
    ("Friday",
     ("2026-12-04T15:30",),
     "ah could you do it an hour later I only get off at four",
     "2026-12-04T16:30"),
    ("Friday",
     ("2026-12-04T14:00",),
     "have you anything a wee bit later I'm not out of school till three",
     "2026-12-04 T15:00/.."),
    ("Saturday",
     ("2026-12-05T09:00", "2026-12-05T09:45"),
     "is there half ten at all my shift ends at ten",
     "2026-12-05T10:30"),
    ("Thursday",
     ("2026-12-03T17:00",),
     "um could it be a little earlier I've to be home for six",
     "2026-12-03 T../17:00"),
    ("Thursday",
     ("2026-12-03T11:00", "2026-12-03T13:00"),
     "no I'd only be getting off the bus at one is there two o'clock",
     "2026-12-03T14:00"),
    ("Monday afternoon",
     ("2026-12-07T15:00",),
     "is there four four o'clock suits better",
     "2026-12-07T16:00"),
    ("the earliest you have on Tuesday the fifteenth",
     ("2026-12-15T08:00",),
     "no the test is on the tuesday i need the monday the day before",
     "2026-12-14 soonest"),
    ("the soonest you have Friday",
     ("2026-12-04T08:00",),
     "sorry no I meant Saturday",
     "2026-12-05 soonest"),
    ("earliest thing on Thursday please",
     ("2026-12-03T08:00",),
     "no wait Wednesday",
     "2026-12-02 soonest"),
    ("as early as you can on the ninth",
     ("2026-12-09T08:00",),
     "ach no the tenth",
     "2026-12-10 soonest"),
]  # fmt: skip
MOVES = [
    ("2026-12-02T10:00",
     "right could it be the same day but after two or if not Thursday before three",
     "2026-12-02 T14:00/.. or 2026-12-03 T../15:00"),
    ("2026-12-03T10:00", "the same day but in the afternoon", "2026-12-03 T12:00/16:00"),
    ("2026-12-03T15:00",
     "keep the same day but make it before noon or else the Friday after three",
     "2026-12-03 T../12:00 or 2026-12-04 T15:00/.."),
    ("2026-12-03T10:00",
     "can it stay on the Thursday just not the morning, say after one",
     "2026-12-03 T13:00/.."),
]  # fmt: skip
IN_TWO_TURNS = [
    ("Monday", "no it's not right afternoon half past one the cut first", "2026-12-07T13:30"),
]  # fmt: skip


def wanted_of(
    said: str,
    asked: Asked,
    *,
    before: str = "",
    offered: tuple[str, ...] = (),
    was: str = "",
) -> Wanted:
    table = tuple(OfferedTime(datetime.fromisoformat(at), "Mari") for at in offered)
    own = (OfferedTime(datetime.fromisoformat(was), "Mari"),) if was else ()
    agent = {"open": GREETING, "choose": OFFERED}.get(asked, WHEN)
    hearing = Hearing(now=NOW, asked=asked, agent=agent, table=table, bookings=own,
                      services=SERVICES, providers=PEOPLE, country="GB")  # fmt: skip
    acts = [
        act
        for act in read(said, hearing).acts
        if act.label in (*ABOUT_TIME, "choose") and (act.name != "ask" or act.times)
    ]
    starts = tuple(at.start for at in table if at.start)
    frame = Frame(today=NOW.date(), offered=starts, was=own[0].start if own else None,
                  anchor=starts[0] if len(starts) == 1 else None)  # fmt: skip
    return joined(wish_of(acts_of(before, "date")) if before else NOTHING, acts, frame)


def check(wanted: Wanted, told: str) -> None:
    plan = read_note(told.removesuffix(" soonest"))
    assert plan is not None
    assert free(wanted) == free(plan), note(wanted)
    assert (wanted.order == "soonest") == told.endswith("soonest")


@pytest.mark.parametrize(("said", "told"), OPENINGS)
def test_of_an_opening(said: str, told: str) -> None:
    check(wanted_of(said, "open"), told)


@pytest.mark.parametrize(("said", "told"), ANSWERS)
def test_of_an_answer(said: str, told: str) -> None:
    check(wanted_of(said, "date"), told)


@pytest.mark.parametrize(("before", "said", "told"), IN_TWO_TURNS)
def test_of_a_second_turn(before: str, said: str, told: str) -> None:
    check(wanted_of(said, "date", before=before), told)


@pytest.mark.parametrize(("before", "offered", "said", "told"), TO_OFFERS)
def test_against_what_was_offered(
    before: str, offered: tuple[str, ...], said: str, told: str
) -> None:
    check(wanted_of(said, "choose", before=before, offered=offered), told)


@pytest.mark.parametrize(("was", "said", "told"), MOVES)
def test_of_a_move(was: str, said: str, told: str) -> None:
    check(wanted_of(said, "date", was=was), told)
