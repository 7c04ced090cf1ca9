"""Several visits wanted in one breath: none is lost, none takes the place of another."""

from __future__ import annotations

import pytest

from tests.voice.dialogue.labelled import LabelledCaller

BOTH = (
    "[want:book I'd like] [give:service a check-up and a vaccination] "
    "[give:when at the same visit], [give:when tomorrow at ten]"
)


async def test_two_services_in_one_stretch_are_two_visits_told_in_their_order(
    labelled: LabelledCaller,
) -> None:
    heard = await labelled.say(BOTH)
    assert heard.startswith("The check-up first, then the vaccination.")


async def test_the_second_is_offered_right_after_the_first_with_one_question(
    labelled: LabelledCaller,
) -> None:
    read_back = await labelled.says(BOTH, "[give:name Maria Lopez]")
    assert "check-up" in read_back
    assert "Then comes your vaccination." in read_back
    heard = await labelled.say("[affirm yes]")
    assert "You're booked: check-up" in heard
    assert "Right after it I have 10:30 AM with" in heard
    assert heard.endswith("shall I book that too?")
    await labelled.say("[affirm yes]")
    assert await labelled.book() == [
        "Maria Lopez checkup Tue 10:00 booked",
        "Maria Lopez vaccination Tue 10:30 booked",
    ]


@pytest.mark.parametrize(
    "said",
    ["[choose the first one] and [give:service the vaccination] [give:when right after]",
     "[choose the first] [give:service the vaccination] too right",
     "[choose the first] and don't forget [give:service the vaccination]"],
)  # fmt: skip
async def test_a_service_added_to_a_choice_exchanges_nothing(
    labelled: LabelledCaller, said: str
) -> None:
    heard = await labelled.says(
        "[give:service a check-up] [give:when tomorrow morning]", said, "[give:name Jo Wu]"
    )
    assert "That's your check-up" in heard
    assert "Then comes your vaccination" in heard


async def test_what_is_wanted_already_is_not_wanted_once_more(labelled: LabelledCaller) -> None:
    await labelled.says(BOTH, "[give:name Maria Lopez]")
    heard = await labelled.say(
        "[affirm yeah] and [give:service the vaccination] [give:when right after that]"
    )
    assert "You're booked: check-up" in heard
    await labelled.say("[affirm yes]")
    assert len(await labelled.book()) == 2
    assert "anything else" in labelled.facts.last_reply.lower()


async def test_what_is_asked_to_be_booked_is_always_named(labelled: LabelledCaller) -> None:
    heard = await labelled.says(
        BOTH, "[give:name Maria Lopez]", "[affirm yes] and [ask:price what does it cost]"
    )
    assert "dollars" in heard
    assert "10:30 AM" in heard


async def test_one_more_that_is_asked_for_politely_is_wanted(labelled: LabelledCaller) -> None:
    heard = await labelled.says(
        "[give:service a check-up] [give:when tomorrow at ten]", "[give:name Maria Lopez]",
        "[affirm yes], and [ask:service could you do a vaccination as well]",
    )  # fmt: skip
    assert "for your vaccination" in heard


async def test_a_no_to_the_time_after_it_asks_for_another(labelled: LabelledCaller) -> None:
    heard = await labelled.says(BOTH, "[give:name Maria Lopez]", "[affirm yes]", "[deny no]")
    assert heard.endswith("?")
    assert "change" not in heard
    heard = await labelled.say("[give:when Thursday at ten]")
    assert "vaccination" in heard


async def test_two_names_in_one_breath_are_of_two_visits(labelled: LabelledCaller) -> None:
    await labelled.says(
        "[give:service a vaccination] [give:party for my two boys] [give:when tomorrow at ten], "
        "[give:when one right after the other]",
    )
    heard = await labelled.say("[give:name it's Eli Simmons] and then [give:name Micah Simmons]")
    assert "for Eli Simmons" in heard
    assert "Micah Simmons" in heard
    heard = await labelled.say(
        "[affirm yes] that's right [give:party for Eli] and [give:party then Micah] "
        "[give:when right after him]"
    )
    assert "for Eli Simmons" in heard
    assert "for Micah Simmons" in heard
    await labelled.say("[affirm yes]")
    book = await labelled.book()
    assert [line.split(" vacc")[0] for line in book] == ["Eli Simmons", "Micah Simmons"]


async def test_for_each_of_two_a_time_of_their_own(labelled: LabelledCaller) -> None:
    await labelled.says("[give:service a vaccination] [give:party for my two cats] "
                        "[give:when tomorrow morning]", "[choose nine] [give:party for Tib], and "
                        "then [give:when Tab directly after]")  # fmt: skip
    heard = await labelled.say("[give:name Ann Cho]")
    assert "9 AM" in heard
    assert "for Ann Cho" in heard


async def test_a_pet_s_name_is_no_customer_s(labelled: LabelledCaller) -> None:
    heard = await labelled.says(
        "[give:service a vaccination] [give:party it's for Tib] [give:when tomorrow at nine]"
    )
    assert heard.endswith("What name should I put it under?")


@pytest.mark.parametrize(
    "said",
    ["[affirm yes] [want:book I'd like that]",
     "[affirm yes please] [give:when tomorrow at ten]",
     "[affirm yes] [give:problem my tooth is killing me]",
     "[affirm yes] [give:party for me]"],
)  # fmt: skip
async def test_words_about_the_visit_behind_a_yes_begin_no_other(
    labelled: LabelledCaller, said: str
) -> None:
    heard = await labelled.says(
        "[give:service a check-up] [give:when tomorrow at ten]", "[give:name Maria Lopez]", said
    )
    assert "You're booked: check-up" in heard
    assert heard.lower().endswith("anything else?") or "anything else i can do" in heard.lower()
    assert len(await labelled.book()) == 1


async def test_a_part_of_a_service_s_own_name_is_no_other_service(labelled: LabelledCaller) -> None:
    heard = await labelled.says(
        BOTH, "[give:name Maria Lopez]", "[affirm yes] [give:service check]"
    )
    assert "You're booked: check-up" in heard


async def test_a_guess_turned_down_is_not_put_again(labelled: LabelledCaller) -> None:
    await labelled.says("[give:problem my gums are sore]")
    guessed = labelled.facts.last_reply
    heard = await labelled.say("[deny no], [give:problem my gums are sore]")
    assert heard != guessed
    assert "Would that be" not in heard


async def test_who_is_named_once_for_two_visits_is_wanted_for_both(
    labelled: LabelledCaller,
) -> None:
    await labelled.says(
        "[give:service a check-up] and [give:service a vaccination] [give:provider with Ben] "
        "[give:when tomorrow at eleven]",
        "[give:name Maria Lopez]",
    )
    assert "check-up with Ben" in labelled.facts.last_reply
    assert "with Ben for your vaccination" in await labelled.say("[affirm yes]")


async def test_a_time_that_was_not_offered_is_none_of_those_that_were(
    labelled: LabelledCaller,
) -> None:
    await labelled.says("[give:service a check-up] [give:when tomorrow morning]")
    heard = await labelled.say("[choose nine fifteen] sounds good")
    assert "9 AM" not in heard


async def test_somebody_else_who_needs_something_else_is_the_second_visit(
    labelled: LabelledCaller,
) -> None:
    await labelled.says(
        "[want:book I'd like] [give:service a check-up], and [give:party my daughter Niamh] "
        "[want:book would need] [give:service a vaccination] [give:when tomorrow at ten]"
    )
    heard = await labelled.say("[give:name Deirdre Quinn]")
    assert "check-up with" in heard
    assert "for Deirdre Quinn" in heard
    heard = await labelled.say("[affirm yes]")
    assert "vaccination for Niamh" in heard


async def test_no_to_one_more_is_the_end_of_it(labelled: LabelledCaller) -> None:
    heard = await labelled.says(BOTH, "[give:name Maria Lopez]", "[affirm yes]", "[deny no]")
    assert heard.endswith("?")
    heard = await labelled.say("[deny no we're good]")
    assert "nothing else is booked" in heard
    assert await labelled.book() == ["Maria Lopez checkup Tue 10:00 booked"]


async def test_the_one_that_is_to_come_first_takes_the_day_and_the_other_follows(
    labelled: LabelledCaller,
) -> None:
    heard = await labelled.say(
        "[give:service a check-up] and [give:service a vaccination first] [give:when tomorrow]"
    )
    assert heard.startswith("The vaccination first, then the check-up. For the vaccination")
    heard = await labelled.say("[story no, the other way round]")
    assert heard.startswith("The check-up first, then the vaccination. For the check-up")


@pytest.mark.parametrize(
    "said",
    ["[give:service a check-up] [give:when at ten] and [give:service a vaccination] "
     "[give:when at eleven tomorrow]",
     "[give:when tomorrow at ten] [give:service the check-up] and [give:when at eleven] "
     "[give:service the vaccination]"],
)  # fmt: skip
async def test_each_visit_named_has_its_own_time(labelled: LabelledCaller, said: str) -> None:
    await labelled.says(said, "[give:name Maria Lopez]", "[affirm yes]", "[affirm yes]")
    assert await labelled.book() == [
        "Maria Lopez checkup Tue 10:00 booked",
        "Maria Lopez vaccination Tue 11:00 booked",
    ]


@pytest.mark.parametrize(
    "said",
    ["[rule_out:service leave the check-up], [give:service the vaccination]",
     "[drop forget the check-up]",
     "[give:service just the vaccination]"],
)  # fmt: skip
async def test_what_is_given_up_of_two_is_given_up(labelled: LabelledCaller, said: str) -> None:
    heard = await labelled.says(BOTH, said, "[give:name Maria Lopez]")
    assert "vaccination" in heard
    assert "check-up" not in heard
    assert "Then comes" not in heard
    await labelled.say("[affirm yes]")
    assert await labelled.book() == ["Maria Lopez vaccination Tue 10:00 booked"]


async def test_one_more_that_is_wished_for_takes_no_chosen_time_away(
    labelled: LabelledCaller,
) -> None:
    heard = await labelled.says(
        "[give:service a check-up] [give:when tomorrow at ten]",
        "[give:name Maria Lopez] and [want:book I also want] [give:service a vaccination] "
        "[give:when Friday at nine]",
    )
    assert "check-up with" in heard
    await labelled.says("[affirm yes]", "[affirm yes]")
    assert await labelled.book() == [
        "Maria Lopez checkup Tue 10:00 booked",
        "Maria Lopez vaccination Fri 09:00 booked",
    ]


async def test_of_two_hours_the_first_is_said_to_be_gone(labelled: LabelledCaller) -> None:
    heard = await labelled.say(
        "[give:service a check-up] [give:when tomorrow at six in the morning or if not ten]"
    )
    assert heard.startswith("I don't have tomorrow at 6 AM, but tomorrow at 10 AM")


async def test_of_two_visits_the_one_with_the_earlier_hour_comes_first(
    labelled: LabelledCaller,
) -> None:
    heard = await labelled.says(
        "[want:book I'd like] [give:service a check-up] and [give:service a vaccination] "
        "[give:when tomorrow]",
        "[give:service the check-up] [give:when at eleven] and [give:service the vaccination] "
        "[give:when at nine]",
        "[give:name Maria Lopez]",
    )
    assert "That's your vaccination" in heard
    assert "9 AM" in heard
    await labelled.says("[affirm yes]", "[affirm yes]")
    assert await labelled.book() == [
        "Maria Lopez vaccination Tue 09:00 booked",
        "Maria Lopez checkup Tue 11:00 booked",
    ]


async def test_a_visit_told_of_while_something_is_bought_comes_right_after_it(
    labelled: LabelledCaller,
) -> None:
    heard = await labelled.says(
        "[want:buy I want to buy] [give:product the floss]",
        "[give:name Jo Wu], and I also want [give:service a check-up] [give:when tomorrow at ten]",
        "[affirm yes]",
    )
    assert "That's your check-up" in heard


async def test_a_guess_beside_what_is_known_begins_no_further_visit(
    labelled: LabelledCaller,
) -> None:
    heard = await labelled.says(
        "[give:service a check-up]", "[give:service a check-up], [give:problem my throat is sore]"
    )
    assert "first, then" not in heard


async def test_what_is_turned_down_goes_and_stays_away(labelled: LabelledCaller) -> None:
    heard = await labelled.says(
        "[give:service a check-up] and [give:service a vaccination]",
        "[rule_out:service not the vaccination], [drop forget that], [give:service a check-up]",
    )
    assert "vaccination" not in heard
    assert "nothing is booked" not in heard


async def test_two_hours_for_two_children_are_one_each_with_their_names(
    labelled: LabelledCaller,
) -> None:
    await labelled.says(
        "[give:service a check-up] [give:party for both my boys] [give:when tomorrow]",
        "[give:when nine o'clock] [give:party for alfie] and [give:when eleven o'clock] "
        "[give:name for noah whitaker]",
        "[affirm yes]",
        "[affirm yes]",
    )
    assert await labelled.book() == [
        "Alfie Whitaker checkup Tue 09:00 booked",
        "Noah Whitaker checkup Tue 11:00 booked",
    ]


async def test_the_names_of_two_change_places(labelled: LabelledCaller) -> None:
    heard = await labelled.says(
        "[give:service a check-up] [give:party for both my boys] [give:when tomorrow at nine]",
        "[give:name noah whitaker] and [give:name alfie whitaker]",
        "[deny no] it's [give:name alfie] for the first one",
    )
    assert "for Alfie Whitaker. Then comes Noah Whitaker's." in heard


async def test_one_who_comes_alone_has_one_visit(labelled: LabelledCaller) -> None:
    heard = await labelled.says(
        "[give:service a check-up] [give:party for both of us] [give:when tomorrow at nine]",
        "[deny no] [story not two it's only me], [give:name Jo Wu]",
    )
    assert "Then comes" not in heard


SHARED = (
    "[want:book I'd like] [give:service a check-up] [give:party for me] and "
    "[give:service a vaccination] [give:party for my mother], [give:when tomorrow], "
    "[give:name Maria Lopez]"
)


@pytest.mark.parametrize(
    "said",
    ["[give:when mine at eleven] and [give:when hers at nine]",
     "[choose nine] [give:party for mum] and [give:when eleven] [give:party for me]",
     "[deny no] it's [give:party* me at eleven and my mother at nine]",
     "[story the vaccination is at nine], [story the check-up at eleven]"],
)  # fmt: skip
async def test_each_hour_is_of_the_one_for_whom_it_is_told(
    labelled: LabelledCaller, said: str
) -> None:
    await labelled.says(SHARED, said, "[affirm yes]", "[affirm yes]")
    assert [line.split(" ", 2)[2] for line in await labelled.book()] == [
        "vaccination Tue 09:00 booked",
        "checkup Tue 11:00 booked",
    ]


@pytest.mark.parametrize(
    "said",
    ["[affirm yes please] and now [give:service the vaccination] [give:party for me] "
     "[give:when right after that], [give:when whenever he's done]",
     "[affirm yes], and [give:when mine straight after], [give:service a vaccination]"],
)  # fmt: skip
async def test_a_yes_with_one_more_visit_behind_it_books_what_was_read_back(
    labelled: LabelledCaller, said: str
) -> None:
    await labelled.says(
        "[give:service a check-up] [give:party for my son] [give:when tomorrow at ten]",
        "[give:name Maria Lopez]",
    )
    heard = await labelled.say(said)
    assert heard.startswith("You're booked: check-up")
    assert "10:30 AM" in heard
    assert "for your vaccination" in heard


AGREED_BUT = (
    "[affirm yes], but [give:party* it's for my brother]",
    "[affirm yes], and [give:service a vaccination] instead of [rule_out:service the check-up]",
    "[affirm yes], but [give:service it has to be a vaccination]",
    "[affirm yes], and [give:provider could I see Ben]",
    "[affirm yes], though [give:when the other one is better]",
    "[affirm yes, half ten is] better",
    "[affirm yes] [ask:price if it's less than eighty]",
    "[affirm yes], [give:other provided there's a lift]",
    "[affirm yes], [hold wait, let me see]",
    "[affirm yes please], [social:thanks thanks], [hold oh, one second]",
)


@pytest.mark.parametrize("said", AGREED_BUT)
async def test_a_yes_that_touches_what_was_read_back_books_nothing_yet(
    labelled: LabelledCaller, said: str
) -> None:
    await labelled.says("[give:service a check-up] [give:when tomorrow at ten]")
    await labelled.say("[give:name Maria Lopez]")
    heard = await labelled.say(said)
    assert heard.endswith("?")
    assert "Right after" not in heard
    assert await labelled.book() == []


@pytest.mark.parametrize(
    "said",
    ["[affirm yes], [give:party it's for my daughter]",
     "[affirm yes], [give:service the check-up] [give:provider with Ana]",
     "[affirm yes please], [affirm if you would]",
     "[affirm yes], [give:other if you could leave a note]",
     "[affirm yes], and [give:service a vaccination] [give:party for my son as well]",
     "[hold one moment], [affirm yes, book it]"],
)  # fmt: skip
async def test_a_yes_with_what_agrees_or_adds_books_what_was_read_back(
    labelled: LabelledCaller, said: str
) -> None:
    await labelled.says(
        "[give:service a check-up] [give:party for my daughter] [give:when tomorrow at ten]",
        "[give:name Maria Lopez]",
        said,
    )
    assert await labelled.book() == ["Maria Lopez checkup Tue 10:00 booked"]


@pytest.mark.parametrize(
    "said",
    ["[affirm yes please], and [give:service another check-up] [give:party for my son] "
     "[give:when on Friday at nine]",
     "[affirm yes please], and now [give:when mine right after it], [give:service a vaccination]",
     "[affirm yes], and then [give:party Con's] [give:provider with Ben]"],
)  # fmt: skip
async def test_one_more_of_the_sort_behind_a_yes_changes_nothing_of_the_first(
    labelled: LabelledCaller, said: str
) -> None:
    heard = await labelled.says(
        "[give:service a check-up] [give:when tomorrow at ten]", "[give:name Maria Lopez]", said
    )
    assert heard.startswith("You're booked: check-up")
    assert heard.endswith("?")
    assert "anything else" not in heard


async def test_a_visit_that_is_for_the_caller_after_all_is_in_the_caller_s_name(
    labelled: LabelledCaller,
) -> None:
    heard = await labelled.says(
        "[give:service a check-up] [give:party for my daughter] [give:when tomorrow at ten]",
        "[give:name Maria Lopez]",
        "[affirm yes], but [give:party* it's for me], [give:party not for her]",
    )
    assert "for Maria Lopez. Is that right?" in heard
    await labelled.say("[affirm yes]")
    assert await labelled.book() == ["Maria Lopez checkup Tue 10:00 booked"]


async def test_what_was_put_right_beside_the_yes_is_what_is_read_back(
    labelled: LabelledCaller,
) -> None:
    heard = await labelled.says(
        "[give:service a check-up] [give:when tomorrow at ten]",
        "[give:name Maria Lopez]",
        "[affirm yes], but [give:service it has to be a vaccination]",
    )
    assert "your vaccination" in heard
    await labelled.say("[affirm yes]")
    assert await labelled.book() == ["Maria Lopez vaccination Tue 10:00 booked"]


async def test_what_is_not_for_me_is_for_the_one_told_behind_it(labelled: LabelledCaller) -> None:
    heard = await labelled.says(
        "[give:service a check-up] [give:party for me] and [give:service a vaccination] "
        "[give:party for my son] right after, [give:when tomorrow at ten]",
        "[give:name Maria Lopez]",
        "[affirm yes], but [rule_out:service the vaccination is not for me], "
        "[give:party it's for my son], put it under [give:name Leo Lopez]",
    )
    assert "for Maria Lopez; your reference" in heard
    assert "for the vaccination for Leo Lopez" in heard


async def test_a_visit_for_somebody_else_is_never_your(labelled: LabelledCaller) -> None:
    heard = await labelled.says(SHARED, "[choose the first one]")
    assert "your check-up" in heard
    assert "Then comes the vaccination." in heard


async def test_leaving_one_s_own_for_later_keeps_the_other(labelled: LabelledCaller) -> None:
    heard = await labelled.says(SHARED, "[choose the first one]", "[drop leave mine for now]")
    assert "check-up" not in heard
    assert "vaccination" in heard
