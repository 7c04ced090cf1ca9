"""What a model is told of the tools on tickets and on what is kept of a caller."""

from __future__ import annotations

from voice.tools.declaring import declare
from voice.tools.own_account import change_name, change_number, forget_me, my_account
from voice.tools.own_tickets import add_to_ticket, find_ticket, withdraw_ticket

CARE_TOOLS = (
    declare(
        find_ticket,
        "Open tickets of the number that the call comes from. Look before you make another.",
        {},
    ),
    declare(
        add_to_ticket,
        "Add what the caller says to an open ticket of theirs.",
        {
            "reference": "The ticket's reference, six letters and digits.",
            "words": "What is to be added, as the caller said it.",
        },
        {
            "priority": "How urgent it is now.",
            "call_back": "When the caller would be rung, in their words.",
        },
        {"priority": ("low", "normal", "high", "urgent")},
    ),
    declare(
        withdraw_ticket,
        "Take back a ticket of this call that the caller did not want written down.",
        {"reference": "The ticket's reference."},
    ),
    declare(
        my_account,
        "Who the caller is to the business, with coming appointments and orders. Needs a verified "
        "caller, or name and reference, or the name where the caller's number is known.",
        {},
        {"reference": "Of an appointment or an order.", "name": "The caller's name."},
    ),
    declare(
        change_number,
        "Reach a verified caller on another number. Only after it was read back and agreed to.",
        {"phone": "The new telephone number."},
        {"reference": "The appointment's reference, where not all of them are meant."},
    ),
    declare(
        change_name,
        "Put a verified caller's appointment under another name. Only after the name was read back "
        "and agreed to.",
        {"name": "The name that it shall be under."},
        {"reference": "The appointment's reference, where there is more than one."},
    ),
    declare(
        forget_me,
        "Forget the caller when the call is over. Only after they were asked and said yes.",
        {},
    ),
)
