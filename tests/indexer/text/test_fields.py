from __future__ import annotations

import pytest

from indexer.text.fields import Said, field_called, said_in


def test_the_name_of_a_field_may_be_marked() -> None:
    assert field_called("*年份：") is field_called(" Year ") is field_called("年度") is not None
    assert field_called("年" * 60) is None


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ([("城市", "宿迁市"), ("省份", "江苏省"), ("区县", "沭阳县")], "江苏省宿迁市沭阳县"),
        ([("省份", "北京市"), ("城市", "北京市"), ("区县", "海淀区")], "北京市海淀区"),
        ([("省份", "江苏省"), ("地区", "江苏省宿迁市")], "江苏省宿迁市"),
        ([("地区", "")], ""),
    ],
)
def test_the_parts_of_a_place_are_one_name(fields: list[tuple[str, str]], place: str) -> None:
    assert said_in(fields).place == place


def test_a_source_that_is_no_address_is_none_and_what_a_file_is_called_is_no_title_beside_one() -> None:
    said = said_in([
        ("来源", "某某日报"), ("网址", "见 https://example.org/1 。"), ("文件名", "1.docx"), ("标题", "甲\n乙"), ("标题", "丙"),
    ])  # fmt: skip
    assert said == Said(title="甲 乙", address="https://example.org/1")
    assert said_in([("文件名", "1.docx")]).title == "1.docx"


def test_a_document_may_be_called_by_year_place_and_kind() -> None:
    assert Said(place="沭阳县", year="2024年度", kind="政府工作报告").called == "2024年沭阳县政府工作报告"
    assert Said(year="2024", kind="政府工作报告").called == Said(place="沭阳县").called == ""
