"""The authorities that vouch for servers elsewhere, read once for every client that asks them."""

from __future__ import annotations

import ssl
from functools import cache

import httpx2


@cache
def trusted() -> ssl.SSLContext:
    """As `verify` of a client. To read them takes 50 ms of processor time."""
    return httpx2.create_ssl_context()
