"""The packages that the project asks for: those of a requirements file, and all that they need where they are installed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
LOCKS = {
    "requirements.lock": ("requirements.txt",),
    "requirements-dev.lock": ("requirements-dev.txt", "requirements-ocr.txt"),
}
"""Each lock and the readable lists that it is made of."""
_FOR_GPUS = re.compile(r"(?:nvidia|cuda)-|triton$")


def is_left_out(name: str) -> bool:
    """torch, whose build is chosen by the machine, and what only its build for NVIDIA's processors brings."""
    return name == "torch" or _FOR_GPUS.match(name) is not None


def pinned(*files: str) -> dict[str, str]:
    """The version of every package in these requirements files and in those that they refer to."""
    found: dict[str, str] = {}
    for file in files:
        for line in (ROOT / file).read_text(encoding="utf-8").splitlines():
            if line.startswith("-r "):
                found |= pinned(line.removeprefix("-r ").strip())
            elif line and not line.startswith("#"):
                name, _, version = line.partition("==")
                found[canonicalize_name(name)] = version
    return found


def installed(names: Iterable[str]) -> Iterator[tuple[str, Distribution]]:
    """These packages and all that they need, each once, as far as they are installed here.

    What a package needs for an extra counts where the extra is asked for: cryptography of pyjwt[crypto].
    """
    given: set[str] = set()
    seen: set[tuple[str, str]] = set()
    waiting = [(name, "") for name in names]
    while waiting:
        name, extra = waiting.pop()
        name = canonicalize_name(name)
        if (name, extra) in seen:
            continue
        seen.add((name, extra))
        try:
            found = distribution(name)
        except PackageNotFoundError:
            continue
        if name not in given:
            given.add(name)
            yield name, found
        for text in found.requires or ():
            needed = Requirement(text)
            if needed.marker is None or needed.marker.evaluate({"extra": extra}):
                waiting += [(needed.name, of) for of in ("", *needed.extras)]
