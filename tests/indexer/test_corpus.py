"""Real reports of 41 governments and years beside the project: are they understood?"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

import pytest

from indexer.report.passages import parse_report
from indexer.report.records import Origin, SectionKind
from indexer.report.report import Report
from indexer.report.roles import Role, section_roles
from indexer.reports import report_problems
from indexer.sources import read_document
from tests.conftest import ROOT, SEEDS

pytestmark = pytest.mark.shared
GOLDEN = ROOT / "tests" / "golden" / "roles.txt"
AUTONOMOUS = {
    "内蒙古": "内蒙古自治区",
    "宁夏": "宁夏回族自治区",
    "广西": "广西壮族自治区",
    "新疆": "新疆维吾尔自治区",
    "西藏": "西藏自治区",
}


def golden() -> dict[str, list[tuple[str, str]]]:
    parts: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for line in GOLDEN.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, role, begins = line.split(" | ", 2)
            parts[name].append((role, begins))
    return parts


@pytest.fixture(scope="module")
def reports(shared_directory: Path) -> dict[str, Path]:
    files = [*shared_directory.glob("corpus/*/*.docx"), *shared_directory.glob("corpus/*/*.txt")]
    found = {path.stem: path for path in [*files, *SEEDS.glob("*.txt")]}
    assert len(found) == 42
    return found


@lru_cache(maxsize=64)
def parsed(path: Path) -> Report:
    return parse_report(read_document(path))


def test_region_level_and_year_are_right_for_every_report(reports: dict[str, Path]) -> None:
    for name, path in reports.items():
        meta = parsed(path).metadata
        if name.startswith("国务院"):
            assert (meta.region, meta.level, meta.year) == ("全国", "国家", int(name[-4:])), name
        elif name.startswith("2025年"):
            place = re.sub("^2025年|政府工作报告$", "", name)
            assert (meta.region, meta.level, meta.year) == (AUTONOMOUS.get(place, place), "省", 2025), name
            assert meta.meeting.endswith("次会议") and meta.date.startswith("2025-01")
            assert re.fullmatch(
                r"(?:自治区)?代?(?:代理)?(?:省长|市长|主席) [\u4e00-\u9fff·]{2,9}", meta.speaker
            ), meta.speaker
        else:
            assert (meta.region, meta.level, meta.year) == ("浙江省宁波市", "市", 2023)
        assert not any(origin.origin is Origin.GUESS for origin in meta.origins), name


def test_every_report_keeps_every_promise_on_spans(reports: dict[str, Path]) -> None:
    for name, path in reports.items():
        report = parsed(path)
        assert list(report_problems(report, report.document.text_digest)) == [], name
        assert max(len(passage.span) for passage in report.passages) <= 500, name
        assert max(len(s.heading) for s in report.sections) <= 60, name


@pytest.mark.parametrize("name", sorted(golden()))
def test_the_parts_of_a_report_have_their_roles(name: str, reports: dict[str, Path]) -> None:
    report = parsed(reports[name])
    text, roles = report.text, section_roles(report.text, report.sections)
    for role, begins in golden()[name]:
        found = [
            s
            for s in report.sections
            if s.span.of(text).startswith(begins) and s.kind is not SectionKind.ROOT
        ]
        assert found, f"no section begins with {begins}"
        assert roles[found[0].number].value == role, begins
    named = {begins for _, begins in golden()[name]}
    top = [s for s in report.sections if s.depth == 1 and roles[s.number] is not Role.OTHER]
    if not name.startswith(("000", "国务院政府工作报告2015")):
        unnamed = [s for s in top if not any(s.span.of(text).startswith(begins) for begins in named)]
        assert [s.heading.of(text) for s in unnamed] == []


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_a_report_is_the_same_in_every_encoding(
    reports: dict[str, Path], tmp_path: Path, encoding: str
) -> None:
    for name in ("国务院政府工作报告2024", "000_f7ed5bf6a81e5e31"):
        original = reports[name]
        copy = tmp_path / original.name
        copy.write_bytes(original.read_bytes().decode("utf-8").encode(encoding))
        if original.with_suffix(".json").exists():
            copy.with_suffix(".json").write_bytes(original.with_suffix(".json").read_bytes())
        one, other = read_document(original), read_document(copy)
        assert (one.name, one.text, one.metadata) == (other.name, other.text, other.metadata)
