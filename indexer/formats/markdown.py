"""Markdown: its words without its marks, and what its front matter says of the document.

Headings, bold lines and lists become lines of the text, a heading's number being part of its words. Comments and
pictures are left out; a table's row is one line, «表头：值 | 表头：值».
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]
from markdown_it import MarkdownIt
from markdown_it.token import Token

from indexer.formats.limits import HTML_TAGS
from indexer.formats.markup import fragment_lines
from indexer.formats.plain_text import read_plain_text
from indexer.formats.result import Extracted, PageText, declared_in
from indexer.formats.tables import Cell, table_lines
from indexer.text.fields import SAID_NOTHING, Said, said_in

_FRONT_MATTER = re.compile(
    r"\ufeff?(?:---[ \t]*\r?\n(?P<yaml>.{0,20000}?)\r?\n(?:-{3,}|\.\.\.)|\+\+\+[ \t]*\r?\n(?P<toml>.{0,20000}?)\r?\n\+\+\+)"
    r"[ \t]*(?:\r?\n|\Z)",
    re.S,
)
# TOML wants quotation marks around a name in Chinese; who writes 地区 = "宁波市" means it.
_BARE_NAME = re.compile(r"^[ \t]*+(?=[\w-]*[^\x00-\x7f])([\w-]++)[ \t]*+=", re.M)
# The rules of Markdown part bold from its words by blanks, which Chinese has none of: «**回顾。**过去» stays marked.
_LEFT_MARKS = re.compile(r"\*\*|__(?=[^_])")
# What dialects of Markdown add: a note's mark in brackets, words marked with a pen, H~2~O and km^2^. A tilde between numbers
# is a range, and so none is a mark but after a letter.
_MARK_OF_NOTE = re.compile(r"\[\^[^\]\s]{1,40}\](?::[ \t]*)?")
_PEN = re.compile(r"==(?=[^\s=])([^=\n]{1,300})(?<!\s)==")
_LOWERED = re.compile(r"(?<=[A-Za-z)])~([\d.]{1,4}|[a-z]{1,3})~(?!\d)")
_RAISED = re.compile(r"(?<=[A-Za-z\d)])\^([+-]?\d{1,3}|[+-])\^")
_BOX = re.compile(r"\[[ xX]\] +")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_TAG = re.compile(r"<[^<>]{1,200}>")
_BREAK = re.compile(r"<br\s*/?>", re.I)
_TABLE = re.compile(r"<table\b", re.I)


def read_markdown(path: Path, data: bytes) -> Extracted:
    """The text of a Markdown file, a blank line between its blocks, and its front matter.

    Raises:
        SourceError: it is not text, or in an encoding that is not known.
    """
    source = read_plain_text(path, data).text
    front = _FRONT_MATTER.match(source)
    said = _said(front) if front else None
    body = source[front.end() :] if front and said is not None else source
    blocks = _blocks(_markdown().parse(_COMMENT.sub("", body)))
    text = "\n\n".join(block for block in blocks if block.strip())
    return Extracted((PageText(None, f"{text}\n" if text else ""),), declared_in(said or SAID_NOTHING))


def _said(front: re.Match[str]) -> Said | None:
    """What front matter says; None where it is none, but text between two rules."""
    try:
        if front["toml"] is not None:
            said = tomllib.loads(_BARE_NAME.sub(r'"\1" =', front["toml"].replace("\r\n", "\n")))
        else:
            said = yaml.load(front["yaml"], yaml.BaseLoader)  # every value a text: 2024-01-05 is no date yet
    except (yaml.YAMLError, tomllib.TOMLDecodeError, RecursionError, ValueError):
        return None
    return said_in(_written(said)) if isinstance(said, dict) else None


def _written(said: dict[Any, Any]) -> Iterator[tuple[str, str]]:
    """The names of fields with what they say: of a list its first; what is nested is for a program."""
    for name, value in said.items():
        one = value[0] if isinstance(value, list) and value else value
        if isinstance(one, str | int | date) and not isinstance(one, bool):
            yield str(name), str(one)


@cache
def _markdown() -> MarkdownIt:
    # An indented paragraph is no code, and a rule below a line does not make that a heading: nobody writes reports so.
    return (
        MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable(["code", "lheading", "reference"])
    )


def _blocks(tokens: Sequence[Token]) -> Iterator[str]:
    """The text of every block, in order; a list's item is one."""
    numbers: list[str] = []  # what the item that is open is numbered by
    rows: list[list[Cell]] | None = None
    for token in tokens:
        if token.type == "table_open":
            rows = []
        elif token.type == "tr_open" and rows is not None:
            rows.append([])
        elif token.type == "table_close" and rows is not None:
            yield "\n".join(table_lines(rows))
            rows = None
        elif token.type == "list_item_open":
            # 1. stays, as what it is called by; a dash or a star is a mark.
            numbers.append(f"{token.info}{token.markup}" if token.info else "")
        elif token.type == "list_item_close":
            numbers.pop()
        elif token.type in ("fence", "code_block"):
            yield token.content.rstrip("\n")
        elif token.type == "html_block":
            yield _of_markup(token.content)
        elif token.type == "inline":
            text = _words(token.children or [])
            if numbers:
                text = _BOX.sub("", text, count=1) if _BOX.match(text) else text
            if rows:
                rows[-1].append(Cell(len(rows[-1]), 1, (text,)))
                continue
            if numbers and numbers[-1]:
                text, numbers[-1] = f"{numbers[-1]} {text}", ""
            yield text


def _words(children: Sequence[Token]) -> str:
    parts = []
    for child in children:
        if child.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif child.type in ("text", "text_special", "code_inline"):
            parts.append(child.content)
        elif child.type == "html_inline":
            parts.append(_without_tags(child.content))
    words = _MARK_OF_NOTE.sub("", _LEFT_MARKS.sub("", "".join(parts)))
    for marked in (_PEN, _LOWERED, _RAISED):
        words = marked.sub(r"\1", words)
    return words


def _of_markup(markup: str) -> str:
    """The words of a block of HTML, a table's rows as lines; converters write tables with merged cells so."""
    if _TABLE.search(markup) and markup.count("<") <= HTML_TAGS:
        return "\n".join(fragment_lines(markup))
    return _without_tags(markup).strip()


def _without_tags(markup: str) -> str:
    return _TAG.sub("", _BREAK.sub("\n", markup))
