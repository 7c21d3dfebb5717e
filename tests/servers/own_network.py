"""A network of a server's own, for one that would listen on every address: only a door on 127.0.0.1 leads in."""

from __future__ import annotations

import ctypes
import fcntl
import os
import socket
import struct
import threading
from contextlib import suppress

# From the headers of Linux: sched.h, linux/sockios.h, net/if.h. Python 3.12 has os.unshare.
_NEW_NETWORK = 0x40000000
_NEW_USER = 0x10000000
_SET_FLAGS = 0x8914
_UP_AND_RUNNING = 0x1 | 0x40
_CHUNK = 1 << 16


def enter_own_network() -> None:
    """Move this program, and what it starts from now on, into a new network that has 127.0.0.1 and nothing else.

    Sockets that are open stay in the network where they were opened.

    Raises:
        OSError: this system does not let its users make networks.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    # Whoever is not root may make a network only as the root of a new world of users.
    flags = _NEW_NETWORK if os.geteuid() == 0 else _NEW_NETWORK | _NEW_USER
    if libc.unshare(flags):
        raise OSError(ctypes.get_errno(), "no network of its own for the server (unshare)")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sh14x", b"lo", _UP_AND_RUNNING))


def forward(door: socket.socket, port: int) -> None:
    """Lead whoever comes to the open `door` to `port` of this program's network, in threads that end with it."""
    threading.Thread(target=_accept, args=(door, port), daemon=True).start()


def _accept(door: socket.socket, port: int) -> None:
    while True:
        outside, _ = door.accept()
        try:
            inside = socket.create_connection(("127.0.0.1", port))
        except OSError:  # the server is gone: so is whoever asked
            outside.close()
            continue
        for source, target in ((outside, inside), (inside, outside)):
            source.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=_copy, args=(source, target), daemon=True).start()


def _copy(source: socket.socket, target: socket.socket) -> None:
    """Pass on what comes until one side closes, then close both."""
    with suppress(OSError):  # closed in the middle of a message
        while data := source.recv(_CHUNK):
            target.sendall(data)
    for one in (source, target):
        with suppress(OSError):  # already closed
            one.shutdown(socket.SHUT_RDWR)
