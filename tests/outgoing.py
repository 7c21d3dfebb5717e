"""What a program sends out of this machine, as its tests see it: by Python's own events, and by the system's calls."""

from __future__ import annotations

import ipaddress
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from embeddings.telemetry import OFF

# Every Python that starts with this on its path writes down whom it looks up and whom it connects to.
_HOOK = """
import os, sys

_TOLD = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr",
         "socket.sendto", "socket.sendmsg")

def _tell(event, values):
    if event in _TOLD:
        address = values[0] if event.startswith("socket.get") else values[-1]
        host = address[0] if isinstance(address, tuple) else address
        with open(os.environ["WENBAO_TEST_SOCKETS"], "a", encoding="utf-8") as file:
            file.write(f"{host}\\n")

sys.addaudithook(_tell)
"""
_ADDRESS = re.compile(r'inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"')


class Watched:
    """Programs that are watched; what they do goes into the folder `folder`, a home of their own beside it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.home = folder / "home"
        self.home.mkdir(exist_ok=True)
        self._sockets, self._calls = folder / "sockets", folder / "calls"
        (folder / "hook").mkdir(exist_ok=True)
        (folder / "hook" / "sitecustomize.py").write_text(_HOOK, encoding="utf-8")
        self.environment: Mapping[str, str] = {
            # Without what the tests' own process was told: a program has to do it by itself.
            **{name: value for name, value in os.environ.items() if name not in OFF},
            "HOME": str(self.home),
            "PYTHONPATH": str(folder / "hook"),
            "WENBAO_TEST_SOCKETS": str(self._sockets),
        }

    @property
    def prefix(self) -> list[str]:
        """What a command begins with, so that the calls of all its processes are seen; empty without strace."""
        if not can_trace():
            return []
        return [
            "strace",
            "-D",
            "-f",
            "-qq",
            "-A",
            "-e",
            "trace=connect,sendto,sendmsg",
            "-o",
            str(self._calls),
        ]

    def addressed(self) -> list[str]:
        """Everyone that was looked up or addressed, in order."""
        found = self._sockets.read_text(encoding="utf-8").split("\n") if self._sockets.exists() else []
        if self._calls.exists():
            for line in self._calls.read_text(encoding="utf-8", errors="replace").splitlines():
                found += ["".join(match) for match in _ADDRESS.findall(line)]
        return list(filter(None, found))

    def outside(self) -> list[str]:
        """Those of them that are not this machine."""
        return [host for host in self.addressed() if not _is_here(host)]


@cache
def can_trace() -> bool:
    """Whether strace is installed and the system lets it trace."""
    return (
        shutil.which("strace") is not None
        and not subprocess.run(
            ["strace", "-qq", "-o", os.devnull, "true"], capture_output=True, check=False
        ).returncode
    )


def _is_here(host: str) -> bool:
    if host in ("None", "localhost") or host.startswith(("/", "b'", "\x00")):
        return True  # no host at all, a name for this one, or a socket in the file system
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified
