"""Copies of a report of which one does not say its place or its year."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.report.described import DescribedByMetadata
from indexer.report.records import DocumentKind, Metadata
from indexer.report.sketch import sketch_of
from indexer.twins import twins_among

TEXT = "".join(f"完善第{number}项制度，办好{number * 7}件实事。" for number in range(80))
ANOTHER = "".join(f"修通{number * 3}公里道路，改造{number * 11}户危房。" for number in range(80))


@dataclass(frozen=True)
class Listed(DescribedByMetadata):
    name: str
    metadata: Metadata


def listed(
    name: str, text: str, region: str = "", year: int | None = None, kind: DocumentKind | None = None
) -> Listed:
    chance = 1.0 if kind else 0.0
    return Listed(
        name, Metadata(name, region, year=year, kind=kind, kind_chance=chance, sketch=sketch_of(text))
    )


def test_two_versions_without_a_date_are_told_as_twins() -> None:
    reports = (listed("一稿", TEXT), listed("二稿", f"（送审稿）{TEXT}"), listed("别的", ANOTHER))
    assert twins_among(reports).groups == (("一稿", "二稿"),)
    assert twins_among(reports).beside("一稿") == ("二稿",)


def test_the_copy_that_says_place_and_year_answers_though_it_was_added_later() -> None:
    reports = (
        listed("无年份", TEXT),
        listed("定稿", TEXT, "某县", 2003),
        listed("别的", ANOTHER, "某县", 2003),
    )
    assert twins_among(reports).groups == (("定稿", "无年份"),)


def test_what_both_say_must_agree() -> None:
    dated = listed("甲", TEXT, "甲县", 2003)
    for other in (
        listed("乙", TEXT, "乙县"),
        listed("丙", TEXT, "", 2004),
        listed("丁", TEXT, "甲县", 2004),
    ):
        assert twins_among((dated, other)).groups == ()
    kinds = (DocumentKind.SPEECH, DocumentKind.REGULATION)
    assert twins_among(tuple(listed(str(kind), TEXT, kind=kind) for kind in kinds)).groups == ()


def test_a_copy_without_a_year_joins_no_two_years_of_one_text() -> None:
    reports = (listed("甲", TEXT, "甲县", 2003), listed("乙", TEXT, "甲县", 2004), listed("丙", TEXT, "甲县"))
    assert twins_among(reports).groups == (("甲", "丙"),)
