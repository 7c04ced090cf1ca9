"""Days, hours, ends, people and what is ruled out, told in one long breath: all of them bind."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from voice.understanding.acts import Act
from voice.understanding.hearing import Hearing
from voice.understanding.read import read
from voice.understanding.reading import Named, When
from voice.understanding.wishes.joining import Frame, joined
from voice.understanding.wishes.wanted import Wanted, note, read_note

NOW = datetime.fromisoformat("2026-12-01T10:00")
"""A Tuesday."""
SERVICES = (
    Named("cut", ("Haircut", "cut", "trim")),
    Named("colour", ("Hair colour", "colour")),
    Named("test", ("Eye test", "check-up")),
    Named("tyres", ("Tyre fitting",)),
)
PEOPLE = (
    Named("mari", ("Marisol Vega", "Mari")),
    Named("gareth", ("Gareth Moss",)),
    Named("priya", ("Priya Nair",)),
    Named("tom", ("Tom Okafor",)),
    Named("joe", ("Joe Field",)),
)
GREETING = "Hello, how can I help?"
WHEN = "What day and time would suit you?"
ABOUT_TIME = ("give:when", "rule_out:when", "more", "ask:times")
NOTHING = Wanted()
VISIT = timedelta(minutes=30)
STARTS = [
    datetime.combine(date(2026, 12, 1) + day * timedelta(1), time(8)) + quarter * VISIT / 2
    for day in range(31)
    for quarter in range(44)
]
"""Quarters of an hour from eight till seven, all through December."""
FRIDAYS = "2026-12-04 or 2026-12-11"
WEEKENDS = "2026-12-05/2026-12-06 or 2026-12-12/2026-12-13 or 2026-12-19/2026-12-20"
NEXT_WEEK = "2026-12-07/2026-12-13"

OPENINGS = [
    ("hi there could I come in on Thursday afternoon, any time after three",
     "2026-12-03 T15:00/.."),
    ("I'm looking for a haircut next week, but not Monday and not before ten",
     f"{NEXT_WEEK} T10:00/.. except 2026-12-07"),
    ("morning, I want an eye test with Mari on a Friday after four, whichever's the soonest",
     "on Fri T16:00/.. soonest mari"),
    ("can I get a Saturday in December for a cut",
     "2026-12-05 or 2026-12-12 or 2026-12-19 or 2026-12-26"),
    ("I need a check-up before the twelfth, and it can't be a Friday, I teach till half three so "
     "after that", f"../2026-12-11 T15:30/.. except {FRIDAYS}"),
    ("some time next week please but I've to be out by half past three, and not the weekend mind",
     f"{NEXT_WEEK} T../..<15:30 except {WEEKENDS}"),
    ("could you do Wednesday or Thursday morning, only not before half nine",
     "2026-12-02/2026-12-03 T09:30/12:00"),
    ("any day next week after school so from half three on, but no Thursday and no Wednesday",
     f"{NEXT_WEEK} T15:30/.. except 2026-12-09/2026-12-10"),
    ("I'd like a colour with Gareth, in the afternoon, any day but Tuesday, before Christmas",
     "../2026-12-24 T12:00/16:00 except 2026-12-01 or 2026-12-08 or 2026-12-15 or 2026-12-22 "
     "gareth"),
    ("the earliest you have on Friday after lunch", "2026-12-04 T13:00/.. soonest"),
    ("is there anything tomorrow between ten and twelve with Priya",
     "2026-12-02 T10:00/12:00 priya"),
    ("I work Mondays and Tuesdays so not those, otherwise any morning next week",
     f"{NEXT_WEEK} T08:00/12:00 except 2026-12-07/2026-12-08"),
    ("it has to be this week, after four, and over by half five because of the bus",
     "2026-12-01/2026-12-06 T16:00/..<17:30"),
    ("hello it's about a trim, Saturday if you can, but not first thing, say after eleven",
     "2026-12-05 T11:00/.."),
    ("can Tom do the fourteenth or the fifteenth in the afternoon, I finish at two",
     "2026-12-14/2026-12-15 T14:00/16:00 tom"),
    ("I'm free tomorrow morning, Thursday afternoon, or any time on Friday",
     "2026-12-02 T08:00/12:00 or 2026-12-03 T12:00/16:00 or 2026-12-04"),
    ("something the week of the fourteenth, mornings only, and not with Gareth",
     "2026-12-14/2026-12-20 T08:00/12:00 -gareth"),
    ("next week, before nine or after five", f"{NEXT_WEEK} T../09:00 or {NEXT_WEEK} T17:00/.."),
    ("I need it done by Friday, afternoons are no good to me",
     "../2026-12-04 except T12:00/16:00"),
    ("the sooner the better but I can only do evenings", "2026-12-01/.. T16:00/20:00 soonest"),
    ("Tuesday the eighth, after half four, with Mari if she's in", "2026-12-08 T16:30/.. mari"),
    ("could I have Joe on Saturday, not too early, half ten or after", "2026-12-05 T10:30/.. joe"),
]  # fmt: skip
ANSWERS = [
    ("any day next week as long as I'm out by half past three, not the weekend mind",
     f"{NEXT_WEEK} T../..<15:30 except {WEEKENDS}"),
    ("not on a Friday, after half three cause I teach, and before the twelfth",
     f"../2026-12-11 T15:30/.. except {FRIDAYS}"),
    ("well next week, no the Tuesday, that's the mart, and no the Wednesday, in the morning, but "
     "no before half nine", f"{NEXT_WEEK} T09:30/12:00 except 2026-12-08/2026-12-09"),
    ("from three on and over by half six, any day before the seventeenth, but not a Thursday and "
     "not a Friday, and not this week",
     "2026-12-07/2026-12-16 T15:00/..<18:30 except 2026-12-10/2026-12-11"),
    ("a Friday would be good after four, whichever's the soonest, but it's gotta be Mari",
     "on Fri T16:00/.. soonest mari"),
    ("mornings are best, Thursday or Friday, but I need to be away by eleven",
     "2026-12-03/2026-12-04 T08:00/12:00<11:00"),
    ("Monday would do, but after half nine", "2026-12-07 T09:30/.."),
    ("I can't do mornings, nothing before noon, tomorrow or Saturday",
     "2026-12-02 T12:00/.. or 2026-12-05 T12:00/.."),
    ("not today, not tomorrow, any other day this week, after two",
     "2026-12-03/2026-12-06 T14:00/.."),
    ("the week after next, not Monday, afternoon for preference",
     "2026-12-15/2026-12-20 T12:00/16:00"),
    ("any day before Christmas so long as it's after four and not a Wednesday",
     "../2026-12-24 T16:00/.. except 2026-12-02 or 2026-12-09 or 2026-12-16 or 2026-12-23"),
    ("it'd need to be a Monday or a Thursday, lunchtime, say twelve to one",
     "on Mon,Thu T12:00/13:00"),
    ("early next week, Monday or Tuesday, done by noon", "2026-12-07/2026-12-08 T../..<12:00"),
    ("whenever Gareth's in next week, but my lift only gets in at ten",
     f"{NEXT_WEEK} T10:00/.. gareth"),
    ("Thursday, no sorry Friday, after one and before three", "2026-12-04 T13:00/15:00"),
    ("either the ninth or the tenth, and it'd want to be before eleven",
     "2026-12-09/2026-12-10 T../11:00"),
    ("Saturday, as late as you can, but I need to be home by four",
     "2026-12-05 T../..<16:00 latest"),
    ("next Thursday, and not in the morning please", "2026-12-10 T12:00/.."),
    ("the first one you've got after the tenth, any time of day", "2026-12-11/.. soonest"),
    ("with Priya, this side of Christmas, Thursdays only, after five",
     "2026-12-03 T17:00/.. or 2026-12-10 T17:00/.. or 2026-12-17 T17:00/.. or 2026-12-24 T17:00/.. "
     "priya"),
    ("weekdays only, after six, and not this week",
     f"2026-12-07/.. T18:00/.. except {WEEKENDS} or 2026-12-26/2026-12-27"),
    ("tomorrow or Monday, in the afternoon, with anyone but Tom",
     "2026-12-02 T12:00/16:00 or 2026-12-07 T12:00/16:00 -tom"),
]  # fmt: skip
IN_TWO_TURNS = [
    ("next week after three", "not the Monday", f"{NEXT_WEEK} T15:00/.. except 2026-12-07"),
    ("next week, no the Tuesday and no the Wednesday, before noon",
     "Monday would do but after half nine", "2026-12-07 T09:30/12:00"),
    ("from three on, over by half five, next week", "a Thursday would be better",
     "2026-12-10 T15:00/..<17:30"),
    ("before the twelfth, and not a Friday", "after half past three I said",
     f"../2026-12-11 T15:30/.. except {FRIDAYS}"),
    ("tomorrow or Thursday, I need to be gone by noon", "after ten would be best",
     "2026-12-02/2026-12-03 T10:00/..<12:00"),
    ("next week in the afternoon", "the Thursday or the Friday, and over by three",
     "2026-12-10/2026-12-11 T12:00/16:00<15:00"),
]  # fmt: skip


def acts_of(said: str, asked: str) -> tuple[Act, ...]:
    agent = GREETING if asked == "open" else WHEN
    hearing = Hearing(now=NOW, asked=asked, agent=agent, services=SERVICES, providers=PEOPLE,  # type: ignore[arg-type]
                      country="GB")  # fmt: skip
    return read(said, hearing).acts


def wish_of(acts: tuple[Act, ...], before: Wanted = NOTHING) -> Wanted:
    timed = [act for act in acts if act.label in ABOUT_TIME and (act.name != "ask" or act.times)]
    return joined(before, timed, Frame(today=NOW.date()))


def free(wanted: Wanted) -> set[datetime]:
    return {start for start in STARTS if start >= NOW and wanted.fits(start, start + VISIT)}


def check(wanted: Wanted, acts: tuple[Act, ...], told: str) -> None:
    words = told.split()
    order = next((word for word in words if word in ("soonest", "latest")), None)
    whom = words[-1] if words[-1].strip("-").isalpha() and words[-1] != order else None
    plan = read_note(" ".join(word for word in words if word not in (order, whom)))
    assert plan is not None
    assert free(wanted) == free(plan), note(wanted)
    assert wanted.order == order
    people = [act.value for act in acts if act.label == "give:provider" and act.value]
    people += [f"-{act.value}" for act in acts if act.label == "rule_out:provider"]
    assert whom is None or people == [whom]


@pytest.mark.parametrize(("said", "told"), OPENINGS)
def test_all_limits_of_an_opening_bind(said: str, told: str) -> None:
    acts = acts_of(said, "open")
    check(wish_of(acts), acts, told)


@pytest.mark.parametrize(("said", "told"), ANSWERS)
def test_all_limits_of_an_answer_bind(said: str, told: str) -> None:
    acts = acts_of(said, "date")
    check(wish_of(acts), acts, told)


@pytest.mark.parametrize(("first", "then", "told"), IN_TWO_TURNS)
def test_what_was_said_before_stays_unless_it_is_replaced(first: str, then: str, told: str) -> None:
    acts = acts_of(then, "date")
    check(wish_of(acts, wish_of(acts_of(first, "date"))), acts, told)


def _after(before: Wanted, *acts: Act) -> Wanted:
    return joined(before, acts, Frame(today=NOW.date()))


def _give(*times: When, corrects: bool = False) -> Act:
    return Act("give", "when", "", times=times, corrects=corrects)


AFTER_FOUR = When("timerange", "after four", (0, 0), start=time(16))
TUESDAY = When("date", "tuesday", (0, 0), value=date(2026, 12, 8))
WEDNESDAY = When("date", "wednesday", (0, 0), value=date(2026, 12, 9))


def test_a_limit_holds_on_another_day_and_beside_an_hour_that_is_taken() -> None:
    limited = _after(NOTHING, _give(TUESDAY), _give(AFTER_FOUR))
    assert note(_after(limited, _give(WEDNESDAY))) == "2026-12-09 T16:00/.."
    five = When("datetime", "five", (0, 0), value=datetime.fromisoformat("2026-12-09T17:00"))
    exact = _after(limited, _give(five)).within_limits
    assert note(exact) == "2026-12-09T17:00 except T../16:00"


def test_an_hour_beyond_a_limit_lifts_it() -> None:
    limited = _after(NOTHING, _give(TUESDAY), _give(AFTER_FOUR))
    noon = When("datetime", "noon", (0, 0), value=datetime.fromisoformat("2026-12-09T12:00"))
    assert note(_after(limited, _give(noon)).within_limits) == "2026-12-09T12:00"


def test_a_day_that_is_mended_keeps_its_hours() -> None:
    at = datetime.fromisoformat("2026-12-08T16:00")
    tuesday = When("range", "tuesday after four", (0, 0), start=at)
    mended = _after(NOTHING, _give(tuesday), _give(WEDNESDAY, corrects=True))
    assert note(mended) == "2026-12-09 T16:00/.."
