"""Business files: what they say, and how a wrong one is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from scheduling.business import Business, Closure, LocalSpan, Opening, Product
from scheduling.business_file import load_businesses, parse_business
from scheduling.errors import BusinessFileError
from scheduling.policy import BookingPolicy, SupportPolicy
from tests.clinic import GARAGE_TOML, SALON_TOML, garage, salon
from tests.scheduling.shop import SHOP_TOML

CHAIR = '[[resource]]\nid = "chair"\nname = "Another chair"\n'
GIFT = '[[product]]\nid = "gift"\nname = "Gift card"\n'
PAY = "[support]\npayment_link = "
WRONG_LINES = [
    # written, instead, key, part of the reason
    ('slug = "shop"', 'slug = "My Shop"', "business.slug", "small letters"),
    ('slug = "shop"', "", "business.slug", "is missing"),
    ('name = "Shop"', 'name = ""', "business.name", "must not be empty"),
    ('name = "Shop"', "name = 3", "business.name", "must be text"),
    ('"America/New_York"', '"America/NewYork"', "business.timezone", '"America/New_York"'),
    ('"America/New_York"', '"Mars/Base"', "business.timezone", "unknown time zone"),
    ('country = "US"', 'country = "XX"', "business.country", "unknown country 'XX'"),
    ('country = "US"', 'country = "USA"', "business.country", "two letters"),
    ('"US"', '"US"\nsubdivision = "QQ"', "business.subdivision", "unknown subdivision"),
    ('"US"', '"US"\ncurrency = "USDD"', "business.currency", "unknown currency"),
    ('"US"', '"US"\norigins = ["shop.example"]', "business.origins", "https://"),
    ('"US"', '"US"\nemergency = { words = [], say = "x" }', "business.emergency.words", "empty"),
    ('"US"', '"US"\nemergency = { words = ["fire"] }', "business.emergency.say", "is missing"),
    ('phone = "+12125550100"', 'phone = "212 555 0100"', "business.phone", "+12125550100"),
    ('phone = "+12125550100"', 'phone = "+1212"', "business.phone", "telephone number"),
    ('["+12125550123"]', '["call me"]', "business.numbers", "telephone number"),
    ('["+12125550123"]', '"+12125550123"', "business.numbers", "must be a list"),
    ('["+12125550123"]', '["+12125550123", "+1 212 555 0123"]', "business.numbers", "twice"),
    ('country = "US"', 'country = "US"\ncolour = "red"', "business.colour", "unknown key"),
    ("notice_minutes = 60", "notice_minute = 60", "booking.notice_minute", '"notice_minutes"'),
    ("notice_minutes = 60", 'notice_minutes = "60"', "booking.notice_minutes", "whole number"),
    ("notice_minutes = 60", "notice_minutes = true", "booking.notice_minutes", "whole number"),
    ("notice_minutes = 60", "notice_minutes = -1", "booking.notice_minutes", "at least 0"),
    ("notice_minutes = 60", "notice_minutes = 129601", "booking.notice_minutes", "horizon"),
    ("notice_minutes = 60", "step_minutes = 0", "booking.step_minutes", "at least 1"),
    ("notice_minutes = 60", "horizon_days = 0", "booking.horizon_days", "at least 1"),
    ("notice_minutes = 60", "hold_minutes = 61", "booking.hold_minutes", "at most 60"),
    ("notice_minutes = 60", "per_day = 0", "booking.per_day", "at least 1"),
    ("notice_minutes = 60", 'holidays = "shut"', "booking.holidays", '"open", "closed" or a list'),
    ("notice_minutes = 60", 'holidays = ["Xmas"]', "booking.holidays", "Christmas Day"),
    ("notice_minutes = 60", 'holidays = ["Boxing Day"]', "booking.holidays", "Thanksgiving Day"),
    ('id = "haircut"', 'id = "Hair cut"', "service[Hair cut].id", "small letters"),
    ("minutes = 30", "minutes = 0", "service[haircut].minutes", "at least 1"),
    ("minutes = 30", "minutes = 30.5", "service[haircut].minutes", "whole number"),
    ("minutes = 30", "minutes = 1441", "service[haircut].minutes", "at most 1440"),
    ("minutes = 30", "minutes = 30\nbuffer_after = 1420", "service[haircut].minutes", "24 hours"),
    ("minutes = 30", "minutes = 30\nbuffer_before = -5", "service[haircut].buffer_before", "0"),
    ("minutes = 30", "", "service[haircut].minutes", "is missing"),
    ('"45.00"', "45.00", "service[haircut].price", 'in quotes: "45.00"'),
    ('"45.00"', '"45 dollars"', "service[haircut].price", "not a price"),
    ('"45.00"', '"45.001"', "service[haircut].price", "2 decimals of USD"),
    ('"45.00"', '"-1.00"', "service[haircut].price", "not a price"),
    ('["chair"]', '["chairs"]', "service[haircut].needs", 'did you mean "chair"?'),
    ('["chair"]', '["chair", "chair"]', "service[haircut].needs", "twice"),
    ('id = "ana"', 'id = "any"', "provider[any].id", "whoever is free"),
    ('["haircut"]', '["hair"]', "provider[ana].services", "unknown service 'hair'"),
    ("mon = [", "monday = [", "provider[ana].hours.monday", '"mon"'),
    ('"09:00-12:00"', '"09:00-25:00"', "provider[ana].hours.mon", "00:00 to 24:00"),
    ('"09:00-12:00"', '"24:00-02:00"', "provider[ana].hours.mon", "00:00 to 24:00"),
    ('"09:00-12:00"', '"09:60-12:00"', "provider[ana].hours.mon", "00:00 to 24:00"),
    ('"09:00-12:00"', '"nine to noon"', "provider[ana].hours.mon", '"09:00-12:00"'),
    ('"09:00-12:00"', "9", "provider[ana].hours.mon", '"09:00-12:00"'),
    ("count = 2", "count = 0", "resource[chair].count", "at least 1"),
    ('date = "2026-12-24"', 'date = "2026-02-30"', "closure[1].date", "no day 2026-02-30"),
    ('date = "2026-12-24"', 'date = "Christmas"', "closure[1].date", "2026-12-24"),
    ('date = "2026-12-24"', "", "closure[1]", "is missing"),
    ('date = "2026-12-24"', 'from = "2026-12-24"', "closure[1]", "is missing"),
    ('date = "2026-12-24"', 'from = "2026-12-24"\nto = "2026-12-23"', "closure[1]", "before"),
    ("date =", 'to = "2026-12-24"\ndate =', "closure[1]", "either"),
    ("date =", "hours = []\ndate =", "closure[1].hours", "must not be empty"),
    ("date =", 'provider = "anna"\ndate =', "closure[1].provider", 'did you mean "ana"?'),
    ("[[closure]]", "[[closures]]", "closures", 'did you mean "closure"?'),
    ("[[closure]]", "[[opening]]", "opening[1].hours", "is missing"),
    ("[booking]", "[support]\nrefund_days = -1\n[booking]", "support.refund_days", "at least 0"),
    ("[booking]", '[[faq]]\nquestion = "Why?"\n[booking]', "faq[1].answer", "is missing"),
    ("[booking]", '[[product]]\nid = "a"\nname = "A"\n[booking]', "product[a].price", "missing"),
    ("[booking]", f'{GIFT}price = "0.00"\n[booking]', "product[gift].price", "more than 0"),
    ("[booking]", f'{GIFT}price = "1.001"\n[booking]', "product[gift].price", "2 decimals"),
    ("[booking]", f'{GIFT}price = "5.00"\nstock = -1\n[booking]', "product[gift].stock", "least 0"),
    ("[booking]", f"{GIFT}color = 1\nprice = '5.00'\n[booking]", "product[gift].color", "unknown"),
    ("[booking]", f'{GIFT}price = "5.00"\n' * 2 + "[booking]", "product[gift].id", "twice"),
    ("[booking]", '[[policy]]\nquestion = "Why?"\n[booking]', "policy[1].answer", "is missing"),
    ("[booking]", "[support]\nrefund_day = 3\n[booking]", "support.refund_day", '"refund_days"'),
    ("[booking]", "[support]\nunused_only = 1\n[booking]", "support.unused_only", "true or false"),
    ("[booking]", f'{PAY}"https://pay.example/"\n[booking]', "support.payment_link", "{reference}"),
    ("[booking]", f'{PAY}"pay/{{reference}}"\n[booking]', "support.payment_link", "https://"),
    ("[[closure]]", f"{CHAIR}[[closure]]", "resource[chair].id", "twice"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "instead", "key", "reason"), WRONG_LINES)
def test_a_wrong_line_is_refused_with_its_key_and_reason(
    written: str, instead: str, key: str, reason: str
) -> None:
    assert written in SHOP_TOML
    with pytest.raises(BusinessFileError) as refused:
        parse_business(SHOP_TOML.replace(written, instead, 1), "shop.toml")
    (problem,) = refused.value.problems
    assert problem.file == "shop.toml"
    assert problem.key == key
    assert reason in problem.reason
    assert str(refused.value) == f"shop.toml: {key}: {problem.reason}"


def test_a_notice_beyond_the_horizon_is_refused_in_the_settings() -> None:
    """Nothing could ever be booked; up to the horizon something can."""

    def ruled(days: int, minutes: int) -> str:
        rules = f"notice_minutes = {minutes}\nhorizon_days = {days}"
        return SHOP_TOML.replace("notice_minutes = 60", rules)

    assert parse_business(ruled(2, 2880), "shop.toml").booking.notice_minutes == 2880
    with pytest.raises(BusinessFileError, match="2881 minutes are beyond the horizon of 2 days"):
        parse_business(ruled(2, 2881), "shop.toml")


def test_the_file_that_the_wrong_lines_are_put_into_is_right() -> None:
    business = parse_business(SHOP_TOML, "shop.toml")
    assert business.booking == BookingPolicy(notice_minutes=60)
    assert business.services[0].price == Decimal("45.00")
    assert business.currency == "USD"
    assert business.providers[0].hours == {
        0: (LocalSpan(540, 720), LocalSpan(780, 1020)),
        4: (LocalSpan(1200, 1560),),
    }
    assert business.closures == (Closure(date(2026, 12, 24), date(2026, 12, 24)),)


def test_what_can_be_bought_and_how_it_is_given_back_is_read() -> None:
    sold = """
[[product]]
id = "gift-50"
name = "Fifty dollar gift card"
price = "50.00"
category = "gifts"
also = ["voucher"]
stock = 12
note = "Valid for two years."
[[policy]]
question = "Can I return opened products?"
answer = "Only unopened products can be returned."
[support]
refund_days = 30
unused_only = true
payment_link = "https://pay.example/{reference}"
"""
    business = parse_business(SHOP_TOML + sold, "shop.toml")
    card = Product("gift-50", "Fifty dollar gift card", Decimal("50.00"), ("voucher",))
    assert business.products == (
        replace(card, category="gifts", stock=12, note="Valid for two years."),
    )
    assert business.policies[0].answer == "Only unopened products can be returned."
    assert business.support == SupportPolicy(30, True, "https://pay.example/{reference}")
    assert Business.from_document(business.to_document()) == business


def test_everything_that_is_wrong_is_said_at_once() -> None:
    text = SHOP_TOML.replace('"shop"', '"Shop!"').replace("minutes = 30", "minutes = 0")
    with pytest.raises(BusinessFileError) as refused:
        parse_business(text, "shop.toml")
    assert [problem.key for problem in refused.value.problems] == [
        "business.slug",
        "service[haircut].minutes",
    ]


def test_unknown_keys_hide_nothing_else_that_is_wrong() -> None:
    text = SHOP_TOML.replace('slug = "shop"', 'slug = "Shop"\ncolour = "red"')
    with pytest.raises(BusinessFileError) as refused:
        parse_business(text, "shop.toml")
    assert {problem.key for problem in refused.value.problems} == {
        "business.slug",
        "business.colour",
    }


def test_text_that_is_not_toml_is_refused_with_its_line() -> None:
    with pytest.raises(BusinessFileError, match=r"shop\.toml: not TOML: .*line 2"):
        parse_business("[business]\nslug = shop\n", "shop.toml")


def test_days_may_be_written_without_quotes_and_span_several() -> None:
    text = SHOP_TOML.replace(
        'date = "2026-12-24"', 'from = 2026-12-24\nto = "2027-01-02"\nhours = ["22:00-02:00"]'
    )
    (closure,) = parse_business(text, "shop.toml").closures
    assert (closure.first, closure.last) == (date(2026, 12, 24), date(2027, 1, 2))
    assert closure.hours == (LocalSpan(1320, 1560),)


def test_an_opening_may_have_no_hours() -> None:
    text = SHOP_TOML.replace("[[closure]]", "[[opening]]\nhours = []")
    (opening,) = parse_business(text, "shop.toml").openings
    assert opening == Opening(date(2026, 12, 24), date(2026, 12, 24), ())


def test_the_end_of_the_day_and_round_the_clock_can_be_written() -> None:
    text = SHOP_TOML.replace('"09:00-12:00", "13:00-17:00"', '"20:00-24:00"')
    text = text.replace('"20:00-02:00"', '"09:00-09:00"')
    hours = parse_business(text, "shop.toml").providers[0].hours
    assert hours == {0: (LocalSpan(1200, 1440),), 4: (LocalSpan(540, 1980),)}


def test_a_telephone_number_may_be_written_with_spaces() -> None:
    text = SHOP_TOML.replace('"+12125550100"', '"+1 (212) 555-0100"')
    assert parse_business(text, "shop.toml").phone == "+12125550100"


def test_the_currency_is_the_country_s_unless_written() -> None:
    assert salon().currency == "GBP"
    in_euros = SALON_TOML.replace('country = "GB"', 'country = "GB"\ncurrency = "EUR"')
    assert parse_business(in_euros, "salon.toml").currency == "EUR"


def test_prices_without_small_coins_have_no_decimals() -> None:
    in_yen = SHOP_TOML.replace('country = "US"', 'country = "JP"')
    with pytest.raises(BusinessFileError, match="0 decimals of JPY"):
        parse_business(in_yen, "shop.toml")
    assert parse_business(in_yen.replace("45.00", "4500"), "shop.toml").currency == "JPY"


# Files and folders


def test_the_sample_answers_where_no_file_is_given() -> None:
    ((sample, text),) = load_businesses(None)
    assert sample.slug == "willow"
    assert parse_business(text, "willow.toml") == sample


def test_a_folder_holds_one_business_in_each_file(tmp_path: Path) -> None:
    (tmp_path / "salon.toml").write_text(SALON_TOML)
    (tmp_path / "garage.toml").write_text(GARAGE_TOML)
    (tmp_path / "notes.txt").write_text("not a business")
    assert [business for business, _ in load_businesses(tmp_path)] == [garage(), salon()]


@pytest.mark.parametrize(
    ("claimed", "key"),
    [
        ('slug = "corner-salon"', "business.slug"),
        ('numbers = ["+441223496001"]', "business.numbers"),
        ('assistants = ["salon-assistant"]', "business.assistants"),
    ],
)
def test_two_files_may_not_claim_the_same(tmp_path: Path, claimed: str, key: str) -> None:
    other = "\n".join(
        line
        for line in GARAGE_TOML.splitlines()
        if not line.startswith(claimed.split(" = ")[0] + " =")
    )
    (tmp_path / "a.toml").write_text(SALON_TOML)
    text = other.replace("[business]", f"[business]\n{claimed}")
    (tmp_path / "b.toml").write_text(text)
    with pytest.raises(BusinessFileError, match=r"b\.toml.*is also in .*a\.toml") as refused:
        load_businesses(tmp_path)
    assert [problem.key for problem in refused.value.problems] == [key]


def test_a_missing_file_an_empty_folder_and_bytes_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BusinessFileError, match="cannot be read: No such file"):
        load_businesses(tmp_path / "none.toml")
    with pytest.raises(BusinessFileError, match=r"no \.toml file"):
        load_businesses(tmp_path)
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(BusinessFileError, match="not UTF-8"):
        load_businesses(tmp_path)
