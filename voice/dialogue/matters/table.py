"""Every kind of matter. Another one is a module beside these, and a line here."""

from __future__ import annotations

from voice.dialogue.agenda import Matter
from voice.dialogue.matters.account import Account
from voice.dialogue.matters.billing import Billing
from voice.dialogue.matters.booking import Booking
from voice.dialogue.matters.buying import Buying
from voice.dialogue.matters.cancelling import Cancelling
from voice.dialogue.matters.looking_up import LookingUp
from voice.dialogue.matters.message import Message
from voice.dialogue.matters.moving import Moving
from voice.dialogue.matters.own_order import OrderStatus
from voice.dialogue.matters.refunding import Refunding
from voice.dialogue.matters.tech import TechProblem

MATTERS: dict[str, type[Matter]] = {
    "book": Booking,
    "move": Moving,
    "cancel": Cancelling,
    "lookup": LookingUp,
    "tech": TechProblem,
    "message": Message,
    "account": Account,
    "order": OrderStatus,
    "refund": Refunding,
    "billing": Billing,
    "buy": Buying,
}
"""By what a `want` names."""
