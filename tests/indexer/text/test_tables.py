"""The reader of the tables: what it makes of a row, and what it says of a wrong one."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from answers.knowledge.tables import every_row
from indexer.errors import KnowledgeError
from indexer.text import tables
from indexer.text.tables import Row, Tables, alternatives

ROWS = """
[[unit]]
words = "米 平方米"
name = "m"
match = ["5米"]
not = ["5克"]
size = 1.5

[[unit]]
patterns = ["方(?!面)", "里|哩"]
match = ["5方", "5里"]
not = ["5方面"]
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sized(Row):
    size: float = 1.0


def test_a_row_becomes_a_record_of_its_kind(tmp_path: Path) -> None:
    (tmp_path / "sizes.toml").write_text(ROWS, encoding="utf-8")
    first, second = Tables(tmp_path).rows(Sized, "sizes", "unit")
    assert (first.name, first.words, first.size) == ("m", ("米", "平方米"), 1.5)
    assert (second.patterns, second.match, second.unlike, second.size) == (
        ("方(?!面)", "里|哩"), ("5方", "5里"), ("5方面",), 1.0,
    )  # fmt: skip
    assert alternatives([first, second]) == "平方米|米|方(?!面)|里|哩"
    assert [place for place, _ in Tables(tmp_path).every_row()] == ["sizes.unit 1", "sizes.unit 2"]


@pytest.mark.parametrize(
    ("at", "fits"),
    [("anywhere", "东城区里"), ("start", "城区里"), ("end", "东城区"), ("whole", "城区")],
)
def test_words_count_where_the_row_says(at: str, fits: str) -> None:
    texts = ["东城区里", "城区里", "东城区", "城区"]
    row = Row(words=("城区",), at=at, match=(fits,), unlike=("城",))
    wanted = {
        "anywhere": texts, "start": ["城区里", "城区"], "end": ["东城区", "城区"], "whole": ["城区"],
    }[at]  # fmt: skip
    assert [text for text in texts if row.pattern.search(text)] == wanted


@pytest.mark.parametrize(
    "text",
    [
        "[[unit]]\nwords = '米'\nmatch = ['米']",
        "[[unit]]\nwords = '米'\nmatch = []\nnot = ['克']",
        "[[unit]]\nwords = '米'\nmatch = ['米']\nnot = ['克']\ncolour = 1",
        "[[unit]]\nwords = '米'\nmatch = ['米']\nnot = ['克']\nat = 'middle'",
        "[[unit]]\nwords = ",
        "[[other]]\nwords = '米'\nmatch = ['米']\nnot = ['克']",
    ],
)
def test_a_wrong_table_is_told_by_name(tmp_path: Path, text: str) -> None:
    (tmp_path / "sizes.toml").write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"sizes\.toml"):
        Tables(tmp_path).rows(Row, "sizes", "unit")


def test_a_broken_pattern_is_told_with_what_it_is(tmp_path: Path) -> None:
    text = "[[unit]]\npatterns = ['米(']\nmatch = ['米']\nnot = ['克']"
    (tmp_path / "sizes.toml").write_text(text, encoding="utf-8")
    made = Tables(tmp_path)
    (row,) = made.rows(Row, "sizes", "unit")
    with pytest.raises(KnowledgeError, match=r"米\("):
        _ = row.pattern
    with pytest.raises(KnowledgeError, match=r"米\("):
        made.cue("sizes", "unit")


def test_all_tables_are_read_in_the_blink_of_an_eye() -> None:
    took = []
    for _ in range(5):
        tables._read.cache_clear()
        started = time.process_time()
        list(every_row())
        took.append(time.process_time() - started)
    # The quickest: others who use the machine slow some of them down.
    assert min(took) < 0.3
