from __future__ import annotations

from dataclasses import replace

from answers.engine import Answerer
from answers.taken_answer import answer_page


def test_a_page_has_the_quotation_its_passage_and_what_stands_beside(answerer: Answerer) -> None:
    reply = replace(answerer.ask("有效发明专利拥有量达多少件？"), abstained=False)
    first = reply.candidates[0]
    report = answerer.index.report(first.place.document)
    page = answer_page(reply, [first], answerer.index, "http://x/?q=1")
    assert page.quotations == (first.text,) and page.foot.endswith("http://x/?q=1")
    (_, (passage,)), (_, others) = page.parts
    assert [mark.of(passage.text) for mark in passage.marks] == [first.text]
    assert passage.citations[0].startswith("“") and report.document.source_digest[:12] in passage.citations[0]
    assert 0 < len(others) <= 4 and passage.text not in {one.text for one in others}
    assert all(one.text in report.text for one in others)


def test_without_an_answer_the_nearest_passages_are_taken_and_no_quotation(answerer: Answerer) -> None:
    reply = replace(answerer.ask("有效发明专利拥有量达多少件？"), abstained=True)
    page = answer_page(reply, [], answerer.index, language="en")
    assert page.quotations == () and page.heading == "The reports give no clear answer"
    assert len(page.parts) == 1 and page.parts[0][0] == "Nearest passages"


def test_a_quotation_that_the_report_does_not_hold_is_left_out(answerer: Answerer) -> None:
    reply = replace(answerer.ask("有效发明专利拥有量达多少件？"), abstained=False)
    false = replace(reply.candidates[0], text="没有这句话")
    assert answer_page(reply, [false], answerer.index).quotations == ()


def test_of_a_lone_noun_the_places_are_taken(answerer: Answerer) -> None:
    reply = answerer.ask("养老")
    page = answer_page(reply, [], answerer.index)
    assert page.heading == "写到“养老”的段落" and page.quotations == ()
    ((_, passages),) = page.parts
    assert passages and all(one.marks for one in passages)
    assert {mark.of(one.text) for one in passages for mark in one.marks} == {"养老"}
