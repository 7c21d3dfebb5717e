"""Ports of this computer for servers that tests start."""

from __future__ import annotations

import socket


def free_port() -> int:
    """One that nobody listens at; another program may take it before the server does."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
