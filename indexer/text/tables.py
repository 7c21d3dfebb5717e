"""Tables of words and things that need no programmer: files of TOML in a folder, every row with examples.

They are `answers/knowledge/*.toml`, `indexer/report/*.toml` and `indexer/text/*.toml`. A file holds one or more lists of rows, each under a name of its own:

    # What statements count, and how much of the smallest unit of its kind each is.
    [[unit]]
    words = "公斤 千克"
    measure = "weight"
    factor = 1000
    match = ["救灾大米500公斤"]
    not = ["公斤级比赛"]

Every row has `match`, examples that it fits, and `not`, examples that it must not fit; tests try all of
them (`tests/answers/knowledge/test_examples.py`, `tests/indexer/text/test_examples.py`). `words` is a list, or a text of words with blanks
between them; what words cannot say stands under `patterns`, regular expressions with a comment beside them.
A pattern may name another list, `{{unit}}`, or one of another file, `{{places.unit}}`: any of its rows.
All other columns belong to the kind of row: a frozen dataclass derived from `Row`, in the module that uses
the table. It reads them with the `Tables` of the folder.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from indexer.errors import KnowledgeError

_REFERENCE = re.compile(r"\{\{(?:(?P<file>\w+)\.)?(?P<section>\w+)\}\}")
# How a row's words lie in a text, by its column `at`.
_FRAMES = {"anywhere": "(?:{})", "start": r"\A(?:{})", "end": r"(?:{})\Z", "whole": r"\A(?:{})\Z"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a table: words that mean one thing.

    Attributes:
        name: what the words stand for; empty where they stand for themselves.
        words: taken literally.
        patterns: regular expressions, for what words cannot say.
        at: where in a text they count: anywhere, start, end, or whole: they are all of it.
        any_case: whether GDP and gdp are the same.
        match: examples that the row fits; at least one.
        unlike: examples that it must not fit (`not` in the file); at least one.
    """

    name: str = ""
    words: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    at: str = "anywhere"
    any_case: bool = False
    match: tuple[str, ...]
    unlike: tuple[str, ...]

    @property
    def pattern(self) -> re.Pattern[str]:
        """The row as one regular expression. Compiled on each call: keep it where it is used often.

        Raises:
            KnowledgeError: a pattern is no regular expression.
        """
        return compiled(_FRAMES[self.at].format(alternatives([self])), any_case=self.any_case)


AnyRow = TypeVar("AnyRow", bound=Row)


def alternatives(of: Iterable[Row]) -> str:
    """What rows fit, as the inside of a regular expression: their words, the longest first, so that 平方米
    is tried before 米, then their patterns in order."""
    of = tuple(of)
    return "|".join(filter(None, (words_of(of), patterns_of(of))))


def words_of(of: Iterable[Row]) -> str:
    """The words of rows as the inside of a regular expression, the longest first."""
    words = {word for row in of for word in row.words}
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


def patterns_of(of: Iterable[Row]) -> str:
    """The patterns of rows as the inside of a regular expression, in order."""
    return "|".join(pattern for row in of for pattern in row.patterns)


def in_order(of: Iterable[Row]) -> str:
    """The words and patterns of rows as the inside of a regular expression, tried as the table has them.

    For rows that a longer one must not overtake: 省区市 comes before 省(?!级), which is the longer source.
    """
    return "|".join(
        _FRAMES[row.at].format(source) if row.at != "anywhere" else source
        for row in of
        for source in (*map(re.escape, row.words), *row.patterns)
    )


def compiled(source: str, *, any_case: bool = False) -> re.Pattern[str]:
    """What rows are made of, as a pattern.

    Raises:
        KnowledgeError: it is no regular expression.
    """
    try:
        return re.compile(source, re.IGNORECASE if any_case else 0)
    except re.error as error:
        raise KnowledgeError(
            f"知识表里的表达式 {source!r} 写错了：{error}。请改正这一行。",
            f"The pattern {source!r} of a table is no regular expression: {error}. Correct the row.",
        ) from error


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables in a folder; a file is read once, when it is first asked for.

    Every method raises KnowledgeError where a file or a list is missing, or a row has a wrong column or lacks one.
    """

    folder: Path

    def rows(self, kind: type[AnyRow], file: str, section: str) -> tuple[AnyRow, ...]:
        """The rows of a list in `<file>.toml`, in its order, as records of `kind`; lists become tuples."""
        return tuple(
            self._row(kind, file, section, number, columns)
            for number, columns in enumerate(self._section(file, section), 1)
        )

    def source(self, file: str, section: str) -> str:
        """All rows of a list, in order, as one regular expression that stands as a unit inside others."""
        return f"(?:{in_order(self._plain_rows(file, section))})"

    def cue(self, file: str, section: str) -> re.Pattern[str]:
        """All rows of a list, in order, as one pattern; of any case if one of the rows is."""
        plain = self._plain_rows(file, section)
        any_case = any(row.any_case for row in plain)
        return compiled(in_order(plain), any_case=any_case)

    def every_row(self) -> Iterator[tuple[str, Row]]:
        """Every row of every table with its place (`units.unit 3`), its own columns left out: for the test of
        their examples."""
        for path in sorted(self.folder.glob("*.toml")):
            for section in _read(path):
                for number, row in enumerate(self._plain_rows(path.stem, section), 1):
                    yield f"{path.stem}.{section} {number}", row

    def _plain_rows(self, file: str, section: str) -> tuple[Row, ...]:
        known = set(Row.__dataclass_fields__) - {"unlike"} | {"not"}
        return tuple(
            self._row(
                Row, file, section, number, {name: value for name, value in columns.items() if name in known}
            )
            for number, columns in enumerate(self._section(file, section), 1)
        )

    def _section(self, file: str, section: str) -> list[dict[str, Any]]:
        found = _read(self.folder / f"{file}.toml").get(section)
        if not found:
            raise KnowledgeError(
                f"知识表 {file}.toml 里没有 [[{section}]]。请检查表名。",
                f"The table {file}.toml has no [[{section}]]. Check the name.",
            )
        return found

    def _row(
        self, kind: type[AnyRow], file: str, section: str, number: int, columns: dict[str, Any]
    ) -> AnyRow:
        values: dict[str, Any] = {
            "unlike" if column == "not" else column: tuple(value) if isinstance(value, list) else value
            for column, value in columns.items()
        }
        if isinstance(words := values.get("words"), str):
            values["words"] = tuple(words.split())
        values["patterns"] = tuple(
            _REFERENCE.sub(lambda named: self.source(named["file"] or file, named["section"]), pattern)
            for pattern in values.get("patterns", ())
        )
        wrong = values.get("at", "anywhere") not in _FRAMES or not (
            values.get("match") and values.get("unlike")
        )
        try:
            if wrong:
                raise TypeError("`at`, `match`, `not`")
            return kind(**values)
        except TypeError as error:
            raise KnowledgeError(
                f"知识表 {file}.toml 的第 {number} 行 [[{section}]] 列名不对，或缺少例子：{error}。请改正这一行。",
                f"Row {number} of [[{section}]] in {file}.toml has a wrong column or lacks an example: {error}. "
                "Correct the row.",
            ) from error


@cache
def _read(path: Path) -> dict[str, list[dict[str, Any]]]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise KnowledgeError(
            f"知识表 {path.name} 读不出来：{error}。请恢复或改正这个文件。",
            f"The table {path.name} cannot be read: {error}. Restore or correct the file.",
        ) from error
