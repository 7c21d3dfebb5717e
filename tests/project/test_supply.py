"""Every package is locked with the digests of its files, and has a licence that the project may stand on."""

from __future__ import annotations

import re
from email.message import Message
from importlib.metadata import Distribution
from typing import cast

import pytest
from packaging.markers import Marker
from packaging.utils import canonicalize_name

from scripts.licences import is_allowed, licence_of, licences
from scripts.lock import kept
from scripts.requirements import LOCKS, installed, is_left_out, pinned
from tests.conftest import ROOT

ENTRY = re.compile(
    r"^([\w.-]+)(?:\[[\w,-]+\])?==([\w.+!-]+)(?: ; (.*?))?(?: \\)?\n((?: +--hash=sha256:[0-9a-f]{64}.*\n)*)",
    re.M,
)


def locked(lock: str) -> list[tuple[str, str, str, int]]:
    """Of every entry of a lock: name, version, marker, how many files."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    found = ENTRY.findall(text)
    assert len(found) == len(re.findall(r"^[^\s#]", text, re.M)), "a line is no entry"
    return [
        (canonicalize_name(name), version, marker, files.count("sha256:"))
        for name, version, marker, files in found
    ]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_what_the_readable_lists_say_and_all_that_it_needs(lock: str) -> None:
    here = {
        name: version for name, version, marker, _ in locked(lock) if not marker or Marker(marker).evaluate()
    }
    asked = pinned(*LOCKS[lock])
    assert {name: here.get(name) for name in asked if not is_left_out(name)} == {
        name: version for name, version in asked.items() if not is_left_out(name)
    }, "run: python -m scripts.lock"
    # What torch alone needs comes with torch, but the lock has it too.
    needed = {name for name, _ in installed(asked) if not is_left_out(name)}
    assert needed <= set(here), "run: python -m scripts.lock"


@pytest.mark.parametrize("lock", LOCKS)
def test_every_file_is_told_by_its_digest_and_no_place_by_its_address(lock: str) -> None:
    entries = locked(lock)
    assert all(files for *_, files in entries)
    assert not [name for name, *_ in entries if is_left_out(name)]
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text and "index-url" not in text and "find-links" not in text


def test_what_only_gpus_need_is_left_out_of_a_lock() -> None:
    entries = [
        "numpy==1 \\\n    --hash=sha256:a\n",
        "nvidia-x==2 ; a == 'b' \\\n    --hash=sha256:b\n",
        "torch==3 \\\n    --hash=c\n",
    ]
    assert list(kept("".join(entries))) == entries[:1]


def test_every_licence_is_allowed_and_listed() -> None:
    rows = dict(
        re.findall(
            r"^\| ([\w.-]+) \| (.+) \|$", (ROOT / "docs" / "licences.md").read_text(encoding="utf-8"), re.M
        )
    )
    found = dict(licences())
    assert len(found) > 80
    assert {name: told for name, told in found.items() if not is_allowed(name, told)} == {}
    assert {name: rows.get(name) for name in found} == found, "run: python -m scripts.licences"
    unused = {"colorama", "httpx2-jsfetch", "pywin32"}  # of other systems
    everywhere = {name for lock in LOCKS for name, *_ in locked(lock)} - unused
    assert everywhere <= set(rows), "run: python -m scripts.licences"


@pytest.mark.parametrize(
    ("name", "licence", "allowed"),
    [
        ("a", "MIT", True),
        ("a", "GPL-3.0-only", False),
        ("a", "", False),
        ("a", "MIT AND GPL-2.0-only", False),
        ("a", "MIT OR GPL-2.0-only", True),
        ("a", "MIT OR GPL-2.0-only AND Apache-2.0", True),
        ("a", "(MIT OR GPL-2.0-only) AND LGPL-2.1-only", False),
        ("a", "MPL-2.0", False),
        ("tqdm", "MPL-2.0 AND MIT", True),
        ("a", "(MIT", False),
    ],
)
def test_an_expression_is_allowed_where_one_way_through_it_is(name: str, licence: str, allowed: bool) -> None:
    assert is_allowed(name, licence) is allowed


@pytest.mark.parametrize(
    ("fields", "licence"),
    [
        ({"License-Expression": "MIT"}, "MIT"),
        ({"License": "Apache License, Version 2.0"}, "Apache-2.0"),
        (
            {
                "License": "Copyright (c) 2015, somebody; all\nrights reserved",
                "Classifier": "License :: OSI Approved :: BSD License",
            },
            "BSD",
        ),
        ({"License": "UNKNOWN", "Classifier": "License :: OSI Approved :: MIT License"}, "MIT"),
        ({"License": "See the file LICENSE"}, ""),
        ({}, ""),
    ],
)
def test_the_licence_is_read_from_what_a_package_tells(fields: dict[str, str], licence: str) -> None:
    class Told:
        metadata = Message()

    Told.metadata = Message()
    for name, value in fields.items():
        Told.metadata[name] = value
    assert licence_of(cast(Distribution, Told())) == licence
