"""What the words of an act say, once it is known what they are."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from tests.voice.understanding.marked import FRIDAY, THURSDAY, act, heard, offers, times
from voice.understanding.acts import Act
from voice.understanding.reading import Named


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("{give:when friday at two}", [datetime.fromisoformat("2026-11-27T14:00")]),
        ("{give:when nine}", [time(9)]),
        ("{give:when seven} {give:when in the morning}", [time(7)]),
        ("{give:when thursday or friday}", [THURSDAY, FRIDAY]),
        ("{give:when chews day}", [date(2026, 12, 1)]),
        ("{give:when half ate}", [time(8, 30)]),
        ("{rule_out:when i can't do thursday}", [THURSDAY]),
        ("{rule_out:when not tomorrow} {give:when the one after in the morning}",
         [tuple(map(datetime.fromisoformat, ("2026-12-03T08:00", "2026-12-03T12:00")))]),
        ("{give:when not this week the one after}", [(date(2026, 11, 30), date(2026, 12, 7))]),
    ],
)  # fmt: skip
def test_a_stretch_that_is_known_to_tell_a_time_is_read_as_one(
    said: str, told: list[object]
) -> None:
    assert times(said) == told


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("june bell", "June Bell"),
        ("will price", "Will Price"),
        ("sunday okoro", "Sunday Okoro"),
        ("summer day", "Summer Day"),
        ("mrs winterbottom", "Winterbottom"),
        ("kathryn with a k", "Kathryn"),
        ("catherine with a k", "Katherine"),
        ("christian young with a k", "Kristian Young"),
        ("xiomara with an x x i o m a r a last name delgado", "Xiomara Delgado"),
        ("b r i d new word n i", "Bríd Ní"),
        ("ye jin kim y e hyphen j i n and kim k i m", "Ye-Jin Kim"),
        ("mcgarrigle m c g a double r i g l e", "McGarrigle"),
        ("o'shaughnessy", "O'Shaughnessy"),
        ("o'shaughnessy o apostrophe s h a u g h n e s s y first name fergal",
         "Fergal O'Shaughnessy"),
        ("nora fagan f a g a n", "Nora Fagan"),
        ("m a r k space d o w n", "Mark Down"),
        ("hope that's the surname faith hope", "Faith Hope"),
        ("walsh not welch", "Walsh"),
        ("van houten two words h o u t e n", "Van Houten"),
        ("frank little", "Frank Little"),
        ("Constance Okoro-Hughes", "Constance Okoro-Hughes"),
        ("Nguyen, N-G-U-Y-E-N, first name Linh", "Linh Nguyen"),
        ("ng n g that's all two letters no vowel", "Ng"),
        ("p h not f", None),
        ("brendan oleary", "Brendan O'Leary"),
        ("Oconnor", "O'Connor"),
        ("nora mc carthy", "Nora McCarthy"),
        ("oscar ocampo", "Oscar Ocampo"),
        ("Hale. Victor, V, I, C, T, O, R", "Hale Victor"),
        ("oscar o s c a r wilde", "Oscar Wilde"),
        ("mike romeo o z", "Mroz"),
        ("the same name with i", None),
    ],
)  # fmt: skip
def test_a_name_is_written_as_it_was_said_and_spelled(said: str, name: str | None) -> None:
    assert act(f"{{give:name {said}}}").value == name


@pytest.mark.parametrize(
    ("said", "labels", "name"),
    [
        ("November nineteenth. Victor Hale", ["give:when", "give:name"], "Victor Hale"),
        ("Victor Hale, friday at three", ["give:name", "give:when"], "Victor Hale"),
        ("November nineteenth} {give:name Victor Hale", ["give:when", "give:name"], "Victor Hale"),
        ("june bell", ["give:name"], "June Bell"),
        ("henry price the third", ["give:name"], None),
    ],
)
def test_a_date_beside_a_name_is_no_part_of_it(
    said: str, labels: list[str], name: str | None
) -> None:
    acts = heard(f"{{give:name {said}}}").acts
    assert [each.label for each in acts] == labels
    if name is not None:
        assert next(each.value for each in acts if each.label == "give:name") == name


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("{give:phone oh eight six two double four one nine oh seven}", "+353862441907"),
        ("{give:phone the one i'm ringing from}", "calling"),
        ("{give:phone same number as last time}", "calling"),
        ("{give:phone oh eight seven two one one} wait {give:phone four five nine six}",
         "+353872114596"),
        ("{give:phone oh eight six two four four one nine oh seven} no {give:phone nine oh eight}",
         "+353862441908"),
    ],
)  # fmt: skip
def test_a_number_is_put_together_from_all_that_was_said_of_it(said: str, number: str) -> None:
    assert act(said, country="IE").value == number


def test_what_was_begun_of_a_number_is_completed_in_the_next_turn() -> None:
    begun = act("{give:phone oh eight seven two one one}", country="IE")
    done = act("{give:phone four five nine six}", country="IE", digits=begun.digits)

    assert (begun.value, begun.digits, done.value) == (None, "087211", "+353872114596")


def test_letters_and_digits_of_a_reference_are_joined() -> None:
    assert act("{give:reference k seven m two q x-ray}").value == "K7M2QX"
    assert act("{give:order order number four four one seven}").value == "4417"


TABLE = offers(
    "2026-11-26T10:00 Ana Ruiz", "2026-11-26T14:30 Joe Field", "2026-11-27T16:00 Ana Ruiz"
)


@pytest.mark.parametrize(
    ("said", "which"),
    [
        ("ten's good", (0,)),
        ("the second one", (1,)),
        ("the last", (2,)),
        ("half past two please", (1,)),
        ("the friday", (2,)),
        ("the one with joe", (1,)),
        ("ana on thursday", (0,)),
        ("with ana", (0, 2)),
        ("the later one", (2,)),
        ("for o'clock", (2,)),
        ("either", (0, 1, 2)),
        ("thursday", (0, 1)),
        ("thursday afternoon", (1,)),
        ("saturday", ()),
    ],
)  # fmt: skip
def test_a_choice_is_held_against_everything_on_the_table(
    said: str, which: tuple[int, ...]
) -> None:
    assert act(f"{{choose {said}}}", table=TABLE).which == which


def test_the_other_one_is_the_one_that_was_not_turned_down() -> None:
    two = TABLE[:2]

    assert act("{rule_out:when can't do ten} {choose the other one}", table=two).which == (1,)


def test_services_and_bookings_are_picked_as_times_are() -> None:
    services = offers("Beard trim", "Haircut")
    bookings = offers("2026-11-30T15:30 Ana Ruiz", "2026-12-03T10:00 Joe Field")

    assert act("{choose the beard}", table=services).which == (0,)
    assert act("{want:move push back} {give:booking my three thirty}", bookings=bookings).which == (
        0,
    )


@pytest.mark.parametrize(
    ("label", "said", "value", "likely"),
    [
        ("give:service", "a haircut", "cut", ()),
        ("give:service", "my roots done", None, ("colour",)),
        ("give:service", "a massage", None, ()),
        ("give:problem", "it's gone all brassy", None, ("colour",)),
        ("give:provider", "with catherine", "kate", ()),
        ("give:provider", "whoever's free", "any", ()),
        ("rule_out:provider", "anyone but joe", "joe", ()),
        ("rule_out:provider", "anyone but ricky", None, ()),
        ("give:party", "for my father peter", "Peter", ()),
        ("give:party", "the dog's called may", None, ()),
    ],
)  # fmt: skip
def test_services_people_and_parties_are_matched_to_what_is_known(
    label: str, said: str, value: str | None, likely: tuple[str, ...]
) -> None:
    found: Act = act(f"{{{label} {said}}}")

    assert (found.value, found.likely) == (value, likely)


def test_what_is_wrong_leads_to_what_treats_it_where_that_is_clear() -> None:
    vet = (Named("consult", ("Consultation",)), Named("booster", ("Vaccination", "booster")))
    garage = (Named("oil", ("Oil change",)), Named("brakes", ("Brake inspection",)),
              Named("look", ("Diagnostic",)))  # fmt: skip

    assert act("{give:problem the brakes are squealing}", services=garage).value == "brakes"
    assert act("{give:problem he's limping}", services=vet).likely == ("consult",)
    assert act("{give:problem there's a light on}", services=garage).likely == ("look",)
    assert act("{give:problem it pulls to the left}", services=garage).likely == ("look",)


def test_a_need_told_in_several_stretches_is_put_together() -> None:
    garage = (Named("clutch", ("New clutch",)), Named("look", ("Inspection", "clutch looked at")),
              Named("mot", ("MOT test", "check before the MOT")))  # fmt: skip
    told = heard("{give:problem it's the clutch} {want:book I want it looked at}", services=garage)
    assert told.acts[0].likely == ("look",)

    cut = heard("{give:service the check} {give:when before the MOT on Friday}", services=garage)
    assert [(each.label, each.value) for each in cut.acts] == [
        ("give:service", "mot"), ("give:when", None),
    ]  # fmt: skip


def test_what_is_told_by_the_way_is_what_a_visit_is_wished_for() -> None:
    said = "{story my roots are showing} {want:book can I come in}"
    assert heard(said, asked="open").acts[0].likely == ("colour",)
    assert heard(said, asked="name").acts[0].label == "story"


def test_nothing_near_is_still_asked_back_of_what_is_wrong() -> None:
    garage = (Named("tyres", ("Tyre fitting",)), Named("exhaust", ("Exhaust replacement",)))
    assert act("{give:problem there's an awful racket underneath}", services=garage).likely


def test_one_service_and_not_the_other_are_told_in_one_stretch() -> None:
    acts = heard("{give:service it's the highlights she wants, not a haircut}").acts
    assert [(each.label, each.value) for each in acts] == [
        ("give:service", "colour"), ("rule_out:service", "cut"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("{give:name ana, rose tully}", ["Rose Tully"]),
        ("{give:name ana, grand} and {give:name rose tully}", ["Rose Tully"]),
        ("{give:name ana tully}", ["Ana Tully"]),
    ],
)
def test_one_of_the_staff_named_before_is_no_part_of_a_customers_name(
    said: str, names: list[str]
) -> None:
    assert [act.value for act in heard(said, asked="name").all("give:name")] == names


def test_how_many_come_is_counted() -> None:
    assert act("{give:party for my two dogs}").count == 2
    assert act("{give:party for my sixteen year old}").count == 0


def test_a_wish_that_only_rules_out_is_no_wish() -> None:
    assert act("{give:when any day but monday}").label == "rule_out:when"
    assert act("{give:when any day apart from monday}").label == "rule_out:when"
    assert act("{give:when not this week but next week}").label == "give:when"


def test_the_first_and_the_last_there_is_are_told() -> None:
    assert act("{give:when the earliest you have}").order == "soonest"
    assert act("{give:when latest you've got on monday}").order == "latest"


def test_a_later_value_of_a_slip_corrects_the_first() -> None:
    monday, tuesday = heard("{give:when monday} no sorry {give:when tuesday}").acts

    assert (monday.corrects, tuesday.corrects) == (False, True)


@pytest.mark.parametrize(
    ("said", "label", "sure"),
    [
        ("{affirm yes please}", "affirm", True),
        ("{affirm no problem go ahead}", "affirm", True),
        ("{affirm yeah no that's perfect}", "affirm", False),
        ("{affirm yeah no that's not going to work}", "deny", False),
        ("{affirm no}", "deny", False),
    ],
)
def test_no_yes_is_sure_where_a_plain_no_comes_first(said: str, label: str, sure: bool) -> None:
    reading = heard(said, asked="confirm")

    assert reading.acts[0].label == label
    assert (reading.confidence > 0.5) is sure


def test_words_of_which_nothing_was_made_are_not_understood() -> None:
    assert heard("blah blah").confidence == 0.0
    assert heard("").confidence == 1.0


def test_a_weekday_and_a_date_that_do_not_fit_are_told() -> None:
    assert heard("{give:when friday the 26th}").disagreement == "friday the 26th"


def test_a_yes_to_an_hour_that_was_not_offered_is_a_wish_for_it() -> None:
    table = offers("2026-11-26T08:00 Ana Ruiz", "2026-11-26T09:00 Ana Ruiz")
    told = act("{affirm 9:30 works}", table=table, asked="choose")
    assert (told.label, [when.value for when in told.times]) == ("give:when", [time(9, 30)])
    assert act("{affirm nine works}", table=table, asked="choose").which == (1,)
    assert act("{affirm 9:30 works}", table=table, asked="confirm").label == "affirm"


def test_a_person_behind_a_choice_who_was_not_offered_is_a_wish() -> None:
    table = offers("2026-11-26T08:15 Ana Ruiz", "2026-11-26T09:00 Ana Ruiz")
    acts = heard("{choose the quarter past with Joe}", table=table, asked="choose").acts
    assert [(each.label, each.which, each.value) for each in acts] == [
        ("choose", (0,), None),
        ("give:provider", (), "joe"),
    ]
    acts = heard("{choose the quarter past with Ana}", table=table, asked="choose").acts
    assert [each.label for each in acts] == ["choose"]


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("the twenty to three one", 1),
        ("twenty to three for tib please", 1),
        ("the half five with ana", 2),
        ("ten past", 0),
        ("the one at ten past two and the tires too", 0),
        ("noon for the first one", 3),
    ],
)
def test_an_offered_time_is_chosen_in_any_words(said: str, place: int) -> None:
    table = offers(
        "2026-11-26T14:10 Ana Ruiz", "2026-11-26T14:40 Ana Ruiz", "2026-11-26T17:30 Ana Ruiz",
        "2026-11-27T12:00 Ana Ruiz",
    )  # fmt: skip
    assert act(f"{{choose {said}}}", table=table, asked="choose").which == (place,)


def test_several_services_or_whole_names_in_one_stretch_are_several() -> None:
    garage = (Named("synthetic", ("Full synthetic oil change", "full synthetic")),
              Named("rotation", ("Tire rotation", "tires rotated")),
              Named("wash", ("Wash and wax",)))  # fmt: skip

    both = heard("{give:service a full synthetic oil change and tires rotated}", services=garage)
    assert [each.value for each in both.acts] == ["synthetic", "rotation"]
    one = heard("{give:service wash and wax}", services=garage)
    assert [each.value for each in one.acts] == ["wash"]
    names = heard("{give:name Eli Simmons and then Micah Simmons}")
    assert [each.value for each in names.acts] == ["Eli Simmons", "Micah Simmons"]


@pytest.mark.parametrize(
    ("said", "beside"),
    [("right after that", True), ("one after the other", True), ("at the same visit", True),
     ("straight after her", True), ("at the same time next week", False), ("after lunch", False)],
)  # fmt: skip
def test_a_visit_beside_another_is_no_time(said: str, beside: bool) -> None:
    assert act(f"{{give:when {said}}}").beside == beside


def test_two_named_side_by_side_are_two_and_an_age_is_no_number_of_people() -> None:
    assert act("{give:party for my son and daughter}").count == 2
    assert act("{give:party they're five}").count == 0


def test_a_service_that_is_wanted_like_goods_is_a_visit() -> None:
    vet = (Named("booster", ("Annual booster", "booster")),)
    reading = heard("{want:buy I need} {give:product the booster}", services=vet)
    assert [each.label for each in reading.acts] == ["want:book", "give:service"]
    other = heard("{want:buy I need} {give:product a gift card}", services=vet)
    assert [each.label for each in other.acts] == ["want:buy", "give:product"]


def test_who_both_need_it_names_no_service() -> None:
    acts = heard("they {give:service both} {give:service need} {give:service a haircut}").acts
    assert [each.value for each in acts] == ["cut"]


def test_a_person_of_the_business_named_behind_with_is_heard_without_a_label() -> None:
    acts = heard("{give:when tomorrow at three} with Joe, {give:name Maria Lopez}").acts
    assert [(each.label, each.value) for each in acts][1] == ("give:provider", "joe")


def test_a_question_that_only_leads_to_what_is_wanted_is_a_wish() -> None:
    asked = heard("{ask:service can y'all do} {give:service a cut}").acts
    assert [each.label for each in asked] == ["want:book", "give:service"]


def test_a_time_behind_a_person_is_one_of_its_own() -> None:
    acts = heard("{want:book a cut} {give:provider with Joe on Friday}").acts
    assert [each.label for each in acts][1:] == ["give:provider", "give:when"]


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("could you tell ana my daughter is left handed", "my daughter is left handed"),
        ("you'll tell whoever it is that I faint easily", "I faint easily"),
        ("tell joe or whoever's in the lock is broken", "the lock is broken"),
    ],
)
def test_a_message_begins_behind_whom_it_is_for(said: str, message: str) -> None:
    assert [each.text for each in heard(f"{{story {said}}}").all("give:message")] == [message]


def test_a_time_to_be_rung_at_is_that_alone() -> None:
    said = (
        "have Ana call me, I can't talk right now, after three. {give:phone oh one eight oh five}"
    )
    assert heard(said).first("give:call_back").text == "after three"  # type: ignore[union-attr]


def test_who_takes_a_message_back_is_heard_and_leaves_none() -> None:
    reading = heard("{deny no don't pass that on}")
    assert reading.takes_back
    assert reading.first("want:message") is None
