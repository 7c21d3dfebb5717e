"""Goals of several years that stand under headings of their own, and the sentence that is of this year under any."""

from __future__ import annotations

from dataclasses import replace

from answers.commitments.extraction.extract import commitments
from indexer.report.passages import parse_report
from tests.conftest import make_document


def years(text: str) -> dict[str, int | None]:
    document = make_document(text, name="甲市2012")
    report = parse_report(replace(document, metadata=replace(document.metadata, year=2012, region="甲市")))
    return {row.text: row.year for row in commitments(report)}


def test_a_plan_goes_on_over_the_parts_behind_it_until_one_names_the_year() -> None:
    found = years(
        "一、过去五年工作回顾\n新建学校40所。\n二、今后五年发展目标\n新建医院50所。\n"
        "三、更好保障和改善民生\n新增城镇就业60万人。\n四、2012年工作重点\n新增城镇就业12.8万人。\n五、加强自身建设\n取消事项30项。\n"
    )
    assert found == {"40所": 2011, "50所": 2016, "60万人": 2016, "12.8万人": 2012, "30项": 2012}


def test_without_a_part_that_names_the_year_nothing_goes_on() -> None:
    found = years(
        "一、过去五年工作回顾\n新建学校40所。\n二、今后五年发展目标\n新建医院50所。\n三、更好保障和改善民生\n新增城镇就业12.8万人。\n"
    )
    assert found["50所"] == 2016 and found["12.8万人"] == 2012


def test_a_sentence_that_opens_with_this_year_is_of_it_under_any_heading() -> None:
    found = years(
        "一、2011年工作回顾\n好。\n二、今后五年发展目标\n新建医院50所。\n"
        "今年经济社会发展的主要预期目标是：地区生产总值增长11%。\n"
    )
    assert found == {"50所": 2016, "11%": 2012}
