"""What a business sells by phone, found by what it is called."""

from __future__ import annotations

from dataclasses import dataclass

from scheduling.business import Business, Product
from scheduling.errors import NotFound
from scheduling.names import fold


@dataclass(frozen=True, slots=True)
class StockedProduct:
    """A product, and how many can be had now."""

    product: Product
    left: int | None
    """Without what others hold; None: it is always there."""


def find_product(business: Business, called: str) -> Product:
    """The product with that id, name or other name; `NotFound` names those there are."""
    for product in business.products:
        if product.id == called:
            return product
    for product in business.products:
        if fold(called) in map(fold, (product.name, *product.also, product.id)):
            return product
    names = [product.name for product in business.products]
    raise NotFound(f"no product {called!r}", candidates=names)
