"""Where a request comes from: this computer itself, or perhaps a network. For the pages and the interface alike."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Container

# What a proxy says of who asks.
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
# What programs of this computer call it, with or without a port.
_OURSELVES = re.compile(r"(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?", re.I)


def names_this_computer(host: str) -> bool:
    """Whether a header Host is one by which a program of this computer reaches it.

    >>> names_this_computer("localhost:8501"), names_this_computer("localhost.example:8501")
    (True, False)
    """
    return _OURSELVES.fullmatch(host) is not None


def came_through_a_proxy(headers: Container[str]) -> bool:
    """Whether headers, by their names in small letters, tell of a proxy: then it is not known who asks."""
    return any(name in headers for name in _FORWARDED)


def is_loopback(address: str) -> bool:
    """Whether only programs of this computer reach who listens at an address; "" is every address.

    >>> [is_loopback(one) for one in ("localhost", "127.0.0.1", "::1", "0.0.0.0", "", "wenbao.example")]
    [True, True, True, False, False, False]
    """
    try:
        return ipaddress.ip_address(address.partition("%")[0]).is_loopback
    except ValueError:
        return address.lower() == "localhost"
