"""How often one address or caller token may ask; trusted doors are not limited."""

from __future__ import annotations

import time
from enum import Enum
from ipaddress import ip_address, ip_network

from fastapi import Request
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from webhooks.problems import Problem


class Allowance(Enum):
    """What is counted, and how many a minute."""

    TOKENS_BY_ADDRESS = RateLimitItemPerMinute(60, namespace="tokens")
    TURNS_BY_ADDRESS = RateLimitItemPerMinute(300, namespace="address")
    TURNS_BY_TOKEN = RateLimitItemPerMinute(60, namespace="token")


class Rates:
    """Counts within this process, in real time; a restart forgives."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def spend(self, allowance: Allowance, who: str) -> None:
        """Count one for `who`, or answer 429 with when to come back."""
        item: RateLimitItem = allowance.value
        if self._limiter.hit(item, who):
            return
        resets = self._limiter.get_window_stats(item, who).reset_time
        wait = max(1, round(resets - time.time()))
        raise Problem(
            429, "Too many requests; try again shortly.", headers={"Retry-After": str(wait)}
        )


def address_of(request: Request) -> str:
    """The caller's network address; an IPv6 host owns its whole /64."""
    host = request.client.host if request.client else "unknown"
    try:
        address = ip_address(host)
    except ValueError:
        return host
    return str(ip_network((address, 64), strict=False)) if address.version == 6 else host
