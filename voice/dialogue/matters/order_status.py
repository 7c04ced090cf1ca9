"""An order that the caller asks after: where it is; what is wrong with it is written down."""

from __future__ import annotations

from typing import Literal

from voice.dialogue.goods import OrderFact
from voice.dialogue.goods_spoken import say_order
from voice.dialogue.matters.own_order import AskedAfter
from voice.dialogue.view import View


class OrderStatus(AskedAfter):
    """The facts of asking after an order."""

    kind: Literal["order"] = "order"

    def told(self, order: OrderFact, view: View) -> str:
        """What it is, and where."""
        return say_order(view.business, order, view.today)
