"""No regular expression of the project can keep it busy for ever, whatever text it is given."""

from __future__ import annotations

import ast
import importlib
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from answers.knowledge.tables import every_row
from indexer.report import documents
from indexer.text import part_names
from tests.ambiguity import is_exponential

ROOT = Path(__file__).parents[2]
ROOMS = ("embeddings", "indexer", "answers", "wenbao", "views")
_TAKE_PATTERNS = {"compile", "match", "search", "fullmatch", "sub", "split", "findall", "finditer"}
_DEPTH = 4  # containers inside containers in which patterns are looked for


def patterns_of_modules() -> Iterator[tuple[str, re.Pattern[Any]]]:
    """The compiled patterns in the globals of every module, with where they stand."""
    for path in sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        if name.endswith("__main__") or path.parent.name == "seeds":
            continue
        for key, value in vars(importlib.import_module(name)).items():
            if not key.startswith("__"):
                yield from ((f"{name}.{key}", found) for found in _inside(value, _DEPTH))


def _inside(value: Any, depth: int) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth and isinstance(value, (tuple, list, set, frozenset)):
        for one in value:
            yield from _inside(one, depth - 1)
    elif depth and isinstance(value, dict):
        for one in (*value, *value.values()):
            yield from _inside(one, depth - 1)


def patterns_in_calls() -> Iterator[tuple[str, Any]]:
    """The patterns that stand as literals in calls: re.sub("…", …)."""
    for path in sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "re"
                and node.func.attr in _TAKE_PATTERNS
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node.args[0].value


def test_no_pattern_is_exponential() -> None:
    found: dict[tuple[Any, int], str] = {
        (pattern.pattern, pattern.flags & ~re.UNICODE): place for place, pattern in patterns_of_modules()
    }
    found |= {(pattern, 0): place for place, pattern in patterns_in_calls()}
    rows = (*every_row(), *part_names.TABLES.every_row(), *documents.TABLES.every_row())
    found |= {(row.pattern.pattern, 0): place for place, row in rows}
    assert len(found) > 300
    assert [
        f"{place}: {pattern!r}"
        for (pattern, flags), place in found.items()
        if is_exponential(_text(pattern), flags)
    ] == []


def _text(pattern: str | bytes) -> str:
    return pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern


# As the ledger once read the verbs of level at the end of a clause: 稳定增长到达到超过… kept it busy for minutes.
LEVEL_AT_END = "(?:(?:同比|比上年|再)*(?:增长|增长到|达到|达|到|稳定|超过|保持)(?:到|至|为|了)?)+$"


@pytest.mark.parametrize(
    "pattern",
    [
        LEVEL_AT_END,
        r"(a+)+$",
        r"(?:a|a)*b",
        r"(?:\w+\s?)*$",
        r"(?:a\d*\d*)*x",
        r"(?:<!--.*?-->\s*)*<",
        r"(?:由|从)(?:现行|月\w{0,4})*的?$",
        r"x(?:(?:ab?)?(?:b?c?))*y",
    ],
)
def test_a_loop_that_reads_a_text_in_two_ways_is_found(pattern: str) -> None:
    assert is_exponential(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        r"[ab]*c",
        r"(?:a|b)*$",
        r"(?:a\d*)*x",
        r"(?:\w+\s)*$",
        r"(?>(?:<!--.*?-->\s*)*)<",
        r"(?:a+)++b",
        r"(?:[^，]*，)*$",
    ],
)
def test_a_loop_that_reads_a_text_in_one_way_is_let_alone(pattern: str) -> None:
    assert not is_exponential(pattern)


def test_a_pattern_that_is_found_does_take_exponential_time() -> None:
    def seconds(count: int) -> float:
        begun = time.process_time()
        re.search(LEVEL_AT_END, "增长到达到" * count + "！")
        return time.process_time() - begun

    assert seconds(6) > 4 * seconds(4)
