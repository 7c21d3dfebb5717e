from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.documents import scoring
from benchmarks.documents.scoring import Verdict, score
from benchmarks.documents.truth import Truth, read_truth
from indexer.report.passages import parse_report
from indexer.report.records import Document, DocumentKind, FieldOrigin, Metadata, Origin
from indexer.sources import read_document
from tests.conftest import ROOT

INVENTED = ROOT / "benchmarks" / "documents" / "invented"
TRUTHS = read_truth(INVENTED / "truth.jsonl")
TRUTH = Truth(
    file="a.txt", kind=DocumentKind.WORK_REPORT, form="txt", damage=(), region="清溪县", year=2023, level="县",
    title="政府工作报告", speaker="王某", issuer=None, paragraphs=2, must_hold=("完成35.2亿元",), must_not_find=("打印",),
    headings=("一、回顾",),
)  # fmt: skip
META = Metadata(
    "2023年清溪县政府工作报告",
    "清溪县",
    "县",
    2023,
    speaker="县长 王某",
    kind=DocumentKind.WORK_REPORT,
    kind_chance=1.0,
)


def read_as(meta: Metadata, text: str = "一、回顾\n完成 35.2 亿元。") -> scoring.Score:
    return score(TRUTH, parse_report(Document("a", text, meta, "a.txt", "")))


def test_a_document_that_was_read_well_has_every_field_right() -> None:
    found = read_as(META)
    assert set(found.fields.values()) == {Verdict.RIGHT} and "issuer" not in found.fields
    assert (found.held, found.kept_out, found.headings, found.paragraphs) == ((True,), (True,), (True,), 1.0)


def test_what_is_wrong_is_told_from_what_is_missing_and_from_what_is_marked() -> None:
    doubt = (FieldOrigin("year", Origin.GUESS),)
    found = read_as(
        replace(META, region="", year=2022, speaker="县长 李某", origins=doubt), "完成\n35.2亿元。打印"
    )
    assert (found.fields["region"], found.fields["year"], found.fields["speaker"]) == (
        Verdict.MISSING, Verdict.MARKED, Verdict.WRONG,
    )  # fmt: skip
    assert (found.held, found.kept_out, found.headings) == ((False,), (False,), (False,))


def test_a_refused_document_has_nothing_but_what_it_may_lack() -> None:
    assert set(score(TRUTH, None).fields.values()) == {Verdict.MISSING}


@pytest.mark.parametrize(
    ("said", "right"),
    [
        ("政府工作报告", True),
        ("2023年政府工作报告", True),
        ("2022年清溪县政府工作报告", False),
        ("2023年甲县政府工作报告", False),
    ],
)
def test_a_bare_title_may_be_told_with_place_and_year_but_with_no_others(said: str, right: bool) -> None:
    assert (read_as(replace(META, title=said)).fields["title"] is Verdict.RIGHT) is right


@pytest.fixture(scope="module")
def scores() -> list[scoring.Score]:
    return [score(t, parse_report(read_document(INVENTED / Path(t.file).name))) for t in TRUTHS]


def test_of_the_invented_documents_nearly_all_is_read_and_nothing_wrong_without_a_mark(
    scores: list[scoring.Score],
) -> None:
    counts = Counter(verdict for one in scores for verdict in one.fields.values())
    assert counts[Verdict.RIGHT] >= 0.97 * counts.total()
    assert counts[Verdict.WRONG] == 0
    assert all(all(one.held) and all(one.kept_out) for one in scores)
