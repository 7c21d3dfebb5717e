"""Files of every form → text: one module per format, chosen by what a file holds, not by its name."""

from __future__ import annotations

from indexer.formats.dispatch import NOT_READ, SUFFIXES, extract
from indexer.formats.result import Declared, Extracted, PageText

__all__ = ["NOT_READ", "SUFFIXES", "Declared", "Extracted", "PageText", "extract"]
