"""Sample organisations and one fixed present for the tests."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from scheduling.business import Business
from scheduling.business_file import load_businesses, parse_business

NEW_YORK = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 23, 14, 0, tzinfo=ZoneInfo("UTC"))
"""Nine o'clock on a Monday in New York."""

SALON_TOML = """\
[business]
slug = "corner-salon"
name = "Corner Salon"
timezone = "Europe/London"
country = "GB"
subdivision = "ENG"
address = "3 Mill Lane, Cambridge"
phone = "+441223496000"
numbers = ["+441223496001"]
assistants = ["salon-assistant"]
origins = ["https://salon.example"]
greeting = "Corner Salon, good to hear from you."

[booking]
step_minutes = 30
notice_minutes = 30
horizon_days = 60
holidays = "closed"

[[service]]
id = "haircut"
name = "Haircut"
also = ["cut", "trim"]
minutes = 30
buffer_after = 10
price = "32.50"
needs = ["chair"]

[[service]]
id = "colour"
name = "Hair colour"
also = ["colour", "highlights"]
minutes = 90
price = "85.00"
needs = ["chair"]

[[provider]]
id = "ana"
name = "Ana Silva"
services = ["haircut", "colour"]
hours = { tue = ["10:00-18:00"], wed = ["10:00-18:00"], fri = ["12:00-20:00"] }

[[provider]]
id = "joe"
name = "Joe Field"
services = ["haircut"]
hours = { mon = ["10:00-18:00"], tue = ["10:00-18:00"], sat = ["09:00-16:00"] }

[[resource]]
id = "chair"
name = "Chair"
count = 1

[[faq]]
question = "Do you take walk-ins?"
answer = "When a chair is free, yes."
"""

GARAGE_TOML = """\
[business]
slug = "bay-garage"
name = "Bay Garage"
timezone = "America/Los_Angeles"
country = "US"
subdivision = "CA"
phone = "+14155550100"
numbers = ["+14155550101", "+14155550102"]

[booking]
step_minutes = 60
notice_minutes = 0
horizon_days = 30

[[service]]
id = "oil-change"
name = "Oil change"
minutes = 60
price = "79.00"
needs = ["lift"]

[[service]]
id = "night-tow"
name = "Night tow"
also = ["towing"]
minutes = 60

[[provider]]
id = "sam"
name = "Sam Okafor"
services = ["oil-change"]
hours = { mon = ["07:30-12:00", "12:30-16:00"], tue = ["07:30-12:00", "12:30-16:00"] }

[[provider]]
id = "lee"
name = "Lee Park"
services = ["oil-change", "night-tow"]
hours = { mon = ["08:00-17:00"], fri = ["20:00-03:00"], sat = ["20:00-24:00"] }

[[resource]]
id = "lift"
name = "Lift"
count = 2
"""


@cache
def clinic() -> Business:
    """Willow Street Clinic, the built-in sample."""
    ((business, _),) = load_businesses(None)
    return business


@cache
def salon() -> Business:
    """Corner Salon, in London."""
    return parse_business(SALON_TOML, "salon.toml")


@cache
def garage() -> Business:
    """Bay Garage, in Los Angeles."""
    return parse_business(GARAGE_TOML, "garage.toml")
