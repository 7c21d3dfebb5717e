"""What a cell may hold: text from a report is shown in a file, it never acts there.

A report, or a question, may hold «=HYPERLINK(…)» or «<script>». Every text goes through `clean`; a CSV file
has `inert` besides, Markdown has `escaped`.
"""

from __future__ import annotations

import re

from indexer.text.characters import without_signs

LONGEST_CELL = 32_767
"""What a cell of Excel holds, in UTF-16 code units: 𠮷 counts twice."""

# XML 1.0 forbids most of the control characters, lone surrogates and U+FFFE, U+FFFF; Excel then calls the
# file damaged. A tab and a line break may stay.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_BREAK = re.compile(r"\r\n?")
# What a spreadsheet takes for the beginning of a formula, in full and in small width too: Excel with a Chinese
# input method runs ＝1+1. It passes over white space before it, and `is_formula` over signs that nobody sees.
_FORMULA = re.compile("\\s*[=+\\-@\t\r\n＝＋－＠﹦﹢﹣﹫]")
# Signs that Markdown, GitHub's with tables and formulas too, does not print as they are.
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~$&])")
# What begins a list or a rule, only where a line does: «- », «+ », «---», «1. », «1) ».
_LIST_START = re.compile(r"^(\d{1,9}(?=[.)](?:\s|$))|(?=[-+]))(.)")


def clean(text: str) -> str:
    """`text` without what no file may hold, no longer than a cell, with line breaks of one kind."""
    return _cut(_FORBIDDEN.sub("", _LINE_BREAK.sub("\n", text)))


def one_line(text: str) -> str:
    """`clean`, with every run of white space as one blank."""
    return " ".join(clean(text).split())


def is_formula(text: str) -> bool:
    """Whether a spreadsheet that reads `text` from a file without types would run it."""
    return any(_FORMULA.match(seen) for seen in (text, without_signs(text)))


def inert(text: str) -> str:
    """`clean`, with an apostrophe before what a spreadsheet would run: '=1+1."""
    text = clean(text)
    return _cut(f"'{text}") if is_formula(text) else text


def escaped(text: str) -> str:
    """`one_line` for Markdown within a line: a backslash before every active sign."""
    return _MARKDOWN.sub(r"\\\1", one_line(text))


def escaped_line(text: str) -> str:
    """`escaped` for text that begins a line or an item of a list: «1. 发展» is no list in the list."""
    return _LIST_START.sub(r"\1\\\2", escaped(text))


def _cut(text: str) -> str:
    if 2 * len(text) <= LONGEST_CELL:
        return text
    # Half of a character at the end is left out.
    return text.encode("utf-16-le")[: 2 * LONGEST_CELL].decode("utf-16-le", "ignore")
