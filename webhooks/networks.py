"""Networks that requests come from, as wide as one customer may own: there are no more for free."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

from starlette.requests import HTTPConnection

IPV6_CUSTOMER = 48
"""Bits. Providers give a site up to 2^16 networks of 64 bits (RFC 6177), each full of addresses."""


def network_of(request: HTTPConnection) -> str:
    """An IPv4 address, or the /48 of an IPv6 address; IPv4 written as IPv6 is IPv4."""
    return network(request.client.host if request.client else "unknown")


def network(host: str) -> str:
    """The same for an address as it is written; what is none stands for itself."""
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return "-".join(host.split()) or "unknown"
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ip_network((address, IPV6_CUSTOMER), strict=False))
