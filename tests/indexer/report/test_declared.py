"""What somebody wrote of a document in fields of its own, front matter or the columns beside its text."""

from __future__ import annotations

import re

import pytest

from indexer.report.documents import named
from indexer.report.metadata import FileEvidence, describe
from indexer.report.records import DocumentKind, FieldOrigin, Metadata, Origin
from indexer.text.fields import Said

BARE = "各位代表：\n现在，我向大会报告工作。新增就业2万人。"
HEADED = (
    "2025年云南省政府工作报告\n——2025年1月18日在云南省第十四届人民代表大会第三次会议上\n省长 王予波\n各位代表：\n"
    "现在，我代表省人民政府，向大会报告工作。\n一、2024年工作回顾\n过去一年，很好。"
)


def read_of(said: Said, text: str = BARE, name: str = "b7e19") -> Metadata:
    return describe(FileEvidence(name, said=said), text)


def origin(meta: Metadata, field: str) -> FieldOrigin:
    return next(one for one in meta.origins if one.field == field)


def test_a_text_that_says_nothing_of_itself_is_known_by_its_fields() -> None:
    meta = read_of(
        Said(
            place="沭阳县",
            year="2024年",
            date="2024/1/9",
            speaker="县长 王某",
            level="县级",
            kind="政府工作报告",
            meeting="沭阳县第十八届人民代表大会第三次会议",
            issuer="沭阳县人民政府办公室",
        )
    )
    assert (meta.region, meta.level, meta.year, meta.date) == ("江苏省宿迁市沭阳县", "县", 2024, "2024-01-09")
    assert (meta.speaker, meta.issuer) == ("县长 王某", "沭阳县人民政府办公室")
    assert (meta.meeting, meta.title) == (
        "沭阳县第十八届人民代表大会第三次会议",
        "2024年沭阳县政府工作报告",
    )
    assert (meta.kind, meta.kind_chance) == (DocumentKind.WORK_REPORT, 1.0)
    assert {one.origin for one in meta.origins} == {Origin.DECLARED}


def test_where_the_text_says_otherwise_that_is_told_beside_it() -> None:
    meta = read_of(Said(place="浙江省", year="2023", speaker="李某", issuer="某办公室"), HEADED)
    assert (meta.region, meta.year, meta.speaker, meta.issuer) == ("浙江省", 2023, "李某", "某办公室")
    doubtful = {one.field: one.against for one in meta.origins if one.is_doubtful}
    assert doubtful == {"region": "云南省", "year": "2025", "speaker": "省长 王予波"}
    # The house that met is the one that the text names.
    assert meta.meeting == "云南省第十四届人民代表大会第三次会议"


def test_what_agrees_with_the_text_is_not_doubted_and_the_fuller_words_stay() -> None:
    meta = read_of(
        Said(place="云南", year="2025", speaker="王予波", date="2025-01-18", issuer="云南省人民政府"), HEADED
    )
    assert (meta.region, meta.year, meta.speaker) == ("云南省", 2025, "省长 王予波")
    assert not [one for one in meta.origins if one.is_doubtful]


def test_the_day_in_a_field_may_be_that_of_publication() -> None:
    meta = read_of(Said(date="2025-02-03"), HEADED)
    assert (meta.date, origin(meta, "date").against) == ("2025-01-18", "2025-02-03")
    published = read_of(Said(date="2025-02-03"))
    assert (published.date, published.year, origin(published, "year").origin) == (
        "2025-02-03",
        2025,
        Origin.GUESS,
    )


@pytest.mark.parametrize(
    ("said", "region", "level"),
    [
        ("江苏", "江苏省", "省"),
        ("沭阳", "江苏省宿迁市沭阳县", "县"),
        ("北京市市辖区", "北京市", "省"),
        ("全国", "全国", "国家"),
        ("国务院", "全国", "国家"),
        ("江苏省辰县", "江苏省辰县", "县"),
        ("辰县", "辰县", "县"),
        ("宁波市江北区洪塘街道", "浙江省宁波市江北区洪塘街道", ""),
        ("苏州工业园区", "江苏省苏州市工业园区", "县"),
        ("咸宁地区", "湖北省咸宁市", "市"),
        ("华东", "", ""),
        ("开发区", "", ""),
        ("长三角地区", "", ""),
    ],
)
def test_a_field_names_a_place_or_none(said: str, region: str, level: str) -> None:
    meta = read_of(Said(place=said))
    assert (meta.region, meta.level) == (region, level)


def test_of_a_place_and_one_in_it_the_narrower_counts() -> None:
    county = "沭阳县政府工作报告\n——2024年1月9日在沭阳县第十八届人民代表大会第三次会议上\n" + BARE
    for wider in ("江苏省", "宿迁市", "沭阳县"):
        meta = read_of(Said(place=wider), county)
        assert meta.region == "江苏省宿迁市沭阳县" and not origin(meta, "region").is_doubtful
    inner = read_of(Said(place="江苏省宿迁市沭阳县"), "宿迁市政府工作报告\n" + BARE)
    assert inner.region == "江苏省宿迁市沭阳县" and not origin(inner, "region").is_doubtful


def test_kinds_have_the_names_that_people_see_and_others_say_nothing() -> None:
    for kind in DocumentKind:
        for called in (kind.value, kind.label.zh, kind.label.en):
            assert named("kind_called", called.lower()) == kind
    assert read_of(Said(kind="post")).kind is None
    assert read_of(Said(level="三级甲等")).level == ""


def test_without_a_kind_a_name_of_place_and_year_is_a_guess() -> None:
    meta = read_of(Said(place="沭阳县", year="2024"))
    assert (meta.title, origin(meta, "title").origin) == ("2024年沭阳县", Origin.GUESS)
    named_file = read_of(Said(place="沭阳县", year="2024"), name="2024年沭阳县政府工作报告")
    assert (named_file.title, origin(named_file, "title").origin) == (
        "2024年沭阳县政府工作报告",
        Origin.FILE_NAME,
    )
    assert not re.search("[a-z]", read_of(Said(place="沭阳县", year="2024", kind="budget")).title)
