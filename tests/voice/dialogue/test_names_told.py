"""A name that is told goes to the visit it is of, and what it changes is read back before it is
written."""

from __future__ import annotations

import pytest

from tests.voice.dialogue.labelled import LabelledCaller

ASKED = (
    "[want:book I'd like] [give:service a check-up] [give:when tomorrow at ten] "
    "[give:provider with Ana]",
    "[give:name Nora Kerry]",
)
AND_MORE = "and then [give:service a cleaning] [give:when on Wednesday at eleven]"
AT_ONCE = (
    "[want:book I'd like] [give:service a check-up] and [give:party my daughter] needs "
    "[give:service a cleaning] [give:when at the same time], [give:when tomorrow at ten]",
    "[give:name Colleen Murphy]",
)


async def test_whom_a_further_visit_is_with_is_not_the_name_of_the_one_agreed_to(
    labelled: LabelledCaller,
) -> None:
    await labelled.says(*ASKED, f"[affirm yes], {AND_MORE} with the lady called [give:name Mei]")
    assert await labelled.book() == ["Nora Kerry checkup Tue 10:00 booked"]


async def test_a_further_visit_has_a_name_of_its_own_beside_a_yes_to_the_first(
    labelled: LabelledCaller,
) -> None:
    heard = await labelled.says(*ASKED, f"[affirm yes], {AND_MORE} for [give:name Gwyn Pugh]")
    assert "for Nora Kerry; your reference" in heard
    assert "for Gwyn Pugh" in heard
    assert await labelled.book() == ["Nora Kerry checkup Tue 10:00 booked"]


@pytest.mark.parametrize(
    "said",
    [
        "[affirm yes], [give:name Owen Kerry]",
        "[give:name* it's Owen Kerry], [affirm yes]",
        "[affirm yes that's right] for [give:name Owen Kerry]",
    ],
)
async def test_another_name_beside_a_yes_is_read_back_before_anything_is_written(
    labelled: LabelledCaller, said: str
) -> None:
    heard = await labelled.says(*ASKED, said)
    assert "for Owen Kerry" in heard
    assert await labelled.book() == []
    await labelled.say("[affirm yes]")
    assert await labelled.book() == ["Owen Kerry checkup Tue 10:00 booked"]


@pytest.mark.parametrize(
    ("said", "names"),
    [
        (
            "[affirm yes] but put [give:service the cleaning] under [give:name Shannon]",
            ("Colleen Murphy", "Shannon"),
        ),
        (
            "[give:name Shannon Daly] is [give:service the check-up] and [give:name Jo Daly] is "
            "[give:service the cleaning]",
            ("Shannon Daly", "Jo Daly"),
        ),
        (
            "[deny no], [give:name Colleen Daly] for mine, [give:name Shannon] for hers",
            ("Colleen Daly", "Shannon"),
        ),
        (
            "[deny no], [give:service the check-up] is for [give:name Dee Murphy]",
            ("Dee Murphy", "Colleen Murphy"),
        ),
    ],
)
async def test_each_visit_of_a_pair_has_the_name_told_beside_it(
    labelled: LabelledCaller, said: str, names: tuple[str, str]
) -> None:
    await labelled.says(*AT_ONCE)
    heard = await labelled.say(said)
    first, second = heard.split(" and the dental cleaning")
    assert f"for {names[0]}" in first
    assert f"for {names[1]}" in second
    assert await labelled.book() == []
    await labelled.say("[affirm yes]")
    assert sorted(line.split(" Tue")[0] for line in await labelled.book()) == sorted(
        (f"{names[0]} checkup", f"{names[1]} cleaning")
    )


TWO_BOOKED = (
    *ASKED,
    "[affirm yes]",
    "[want:book I'd like] [give:service a cleaning] as well [give:when on Wednesday at eleven]",
    "[affirm yes]",
)


@pytest.mark.parametrize(
    "said",
    [
        "[give:name* it should be Olwen Kerry] on [give:service the check-up], the name",
        "[deny no], [give:service the check-up] is under the wrong name, [give:name* Olwen Kerry]",
    ],
)
async def test_the_name_is_put_right_on_the_visit_that_is_named(
    labelled: LabelledCaller, said: str
) -> None:
    await labelled.says(*TWO_BOOKED)
    heard = await labelled.say(said)
    assert "The name would be Olwen Kerry" in heard
    assert "check-up" in heard


@pytest.mark.parametrize(
    "said",
    [
        "[deny no], [rule_out:service not on the cleaning], [give:service on the check-up]",
        "[deny no], [rule_out:service not the cleaning]",
        "[deny no], [give:booking the Tuesday one]",
        "[deny no], [give:when Tuesday]",
    ],
)
async def test_a_name_read_back_for_one_visit_goes_to_the_other_that_is_named(
    labelled: LabelledCaller, said: str
) -> None:
    await labelled.says(*TWO_BOOKED, "[give:name* the name is Olwen Kerry]")
    heard = await labelled.say(said)
    assert "The name would be Olwen Kerry" in heard
    assert "check-up" in heard
    await labelled.say("[affirm yes]")
    book = await labelled.book()
    assert "Olwen Kerry checkup Tue 10:00 booked" in book
    assert "Nora Kerry cleaning Wed 11:00 booked" in book


async def test_who_is_called_by_the_second_of_two_names_has_it_on_all_that_follows(
    labelled: LabelledCaller,
) -> None:
    heard = await labelled.says(
        ASKED[0], "[give:name Cornelius Mee] but everyone says Con, put [give:name Con Mee]"
    )
    assert "for Con Mee" in heard
    await labelled.say("[affirm yes]")
    heard = await labelled.say("[want:buy I'd like to buy] [give:product an electric toothbrush]")
    assert "Con Mee" in heard
