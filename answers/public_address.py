"""Links into the app, in what is taken away, and the address by which others reach it."""

from __future__ import annotations

import os
from urllib.parse import urlencode

from indexer.text.span import Span

PUBLIC = "WENBAO_PUBLIC_ADDRESS"
"""The environment variable with that address."""


def public_address(page: str) -> str:
    """The address of one of the app's pages; empty where nobody said where the app is reached."""
    root = os.environ.get(PUBLIC, "").strip().rstrip("/")
    return f"{root}/{page}" if root else ""


def place_link(base: str, document: str, span: Span) -> str:
    """Where the page of the address `base` shows characters of a report."""
    return f"{base}?{urlencode({'report': document, 'start': span.start, 'end': span.end})}"
