"""The licences of all packages that are installed for the project, and whether each is one that it may stand on.

    python -m scripts.licences            the table of docs/licences.md
    python -m scripts.licences --check    ends with 1 where a licence is unknown or not allowed

Permissive licences are allowed; the Mozilla licence, which binds changed files only, for packages that are used as they come.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution

from scripts.requirements import LOCKS, installed, is_left_out, pinned

PERMISSIVE = frozenset(
    {
        *("MIT", "MIT-0", "MIT-CMU", "BSD", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "Apache-2.0", "ISC"),
        *("PSF-2.0", "CNRI-Python", "Zlib", "BSL-1.0", "CC0-1.0", "Apache-2.0 WITH LLVM-exception"),
    }
)
UNCHANGED = {
    "certifi": "MPL-2.0",
    "hypothesis": "MPL-2.0",
    "orjson": "MPL-2.0",
    "pathspec": "MPL-2.0",
    "tld": "MPL-1.1",  # the one of its three that is chosen
    "tqdm": "MPL-2.0",
}
"""Packages that are used as they come, and the licence that binds changed files only."""
# What packages call their licence where they do not use its short name.
_WORDS = (
    (r"Mozilla Public License 2\.0.*", "MPL-2.0"),
    (r"(?:The )?MIT License", "MIT"),
    (r"Apache(?: Software License|(?: License)?,?(?: Version)? ?2(?:\.0)?(?: License)?)", "Apache-2.0"),
    (r"(?:The )?(?:BSD 3-Clause|3-Clause BSD) License", "BSD-3-Clause"),
    (r"(?:The )?BSD 2-Clause License", "BSD-2-Clause"),
    (r"BSD(?: License)?", "BSD"),
    (r"ISC License.*", "ISC"),
    (r"Python Software Foundation License", "PSF-2.0"),
    (r"BSD-3-Clause, Apache-2\.0, dependency licenses", "BSD-3-Clause AND Apache-2.0"),
)
_TOKEN = re.compile(r"\(|\)|\bAND\b|\bOR\b|[\w.+-]+(?: WITH [\w.-]+)?")


def main() -> None:
    """Print the table, or what is wrong."""
    packages = dict(sorted(licences()))
    if "--check" not in sys.argv:
        print("| 软件包 package | 许可 licence |\n| --- | --- |")
        print("".join(f"| {name} | {licence} |\n" for name, licence in packages.items()), end="")
        return
    wrong = {name: licence for name, licence in packages.items() if not is_allowed(name, licence)}
    for name, licence in wrong.items():
        print(f"{name}: {licence or 'no licence is told'} is not allowed", file=sys.stderr)
    print(f"{len(packages)} packages, {len(wrong)} with a licence that is not allowed")
    raise SystemExit(1 if wrong else 0)


def licences() -> Iterator[tuple[str, str]]:
    """Every package that is installed for the project, by its name, with its licence."""
    lists = [name for names in LOCKS.values() for name in names]
    for name, found in installed(pinned(*lists)):
        if name == "torch" or not is_left_out(name):
            yield name, licence_of(found)


def licence_of(package: Distribution) -> str:
    """The licence that a package tells, as an expression of short names; empty where it tells none that is known."""
    about = package.metadata
    told = [about[field] for field in ("License-Expression", "License") if field in about]
    told.append(
        " AND ".join(
            _short(word.rpartition("::")[2].strip())
            for word in about.get_all("Classifier") or ()
            if word.startswith("License ::") and word != "License :: OSI Approved"
        )
    )
    for words in filter(None, told):
        short = _short(words.strip())
        if _is_expression(short):
            return short
    return ""


def is_allowed(name: str, licence: str) -> bool:
    """Whether the project may stand on a package: AND binds more closely than OR."""
    tokens = _TOKEN.findall(licence)
    return bool(tokens) and _any(tokens, name)


def _any(tokens: list[str], name: str) -> bool:
    found = _all(tokens, name)
    while tokens and tokens[0] == "OR":
        tokens.pop(0)
        found |= _all(tokens, name)
    return found


def _all(tokens: list[str], name: str) -> bool:
    found = _one(tokens, name)
    while tokens and tokens[0] == "AND":
        tokens.pop(0)
        found &= _one(tokens, name)
    return found


def _one(tokens: list[str], name: str) -> bool:
    token = tokens.pop(0) if tokens else ""
    if token != "(":
        return token in PERMISSIVE or token == UNCHANGED.get(name)
    found = _any(tokens, name)
    return bool(tokens) and tokens.pop(0) == ")" and found


def _short(words: str) -> str:
    for pattern, short in _WORDS:
        if re.fullmatch(pattern, words):
            return short
    return words


def _is_expression(words: str) -> bool:
    return re.fullmatch(
        r"\(?[\w.+-]+\)?(?: (?:AND|OR|WITH) \(?[\w.+-]+\)?)*", words
    ) is not None and words not in (
        "UNKNOWN",
        "LICENSE",
    )


if __name__ == "__main__":
    main()
