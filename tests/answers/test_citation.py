from __future__ import annotations

from answers.answer import Answer
from answers.citation import citation
from answers.engine import Answerer
from answers.place import Place
from answers.references import CitationForm, in_form, reference
from indexer.report.passages import parse_report
from indexer.report.records import Document, Metadata
from indexer.text.span import Span


def test_a_citation_quotes_the_sentence_and_says_where_to_check_it(
    answerer: Answerer, seed_document: Document
) -> None:
    answer = answerer.ask("有效发明专利拥有量达多少件？").candidates[0]
    report = answerer.index.report(answer.place.document)
    sentence = "加强知识产权全链条保护,有效发明专利拥有量达5.3万件。"
    start = seed_document.text.index(sentence)
    for language, words in (
        ("zh", f"第 {start}—{start + len(sentence)} 字"),
        ("en", f"characters {start}-{start + len(sentence)}"),
    ):
        text = citation(answer, report, "zh" if language == "zh" else "en")
        assert text.startswith(f"“{sentence}”")
        assert words in text
        assert seed_document.source_digest[:12] in text
        assert seed_document.metadata.title in text
        assert "推进科技成果转移转化。" in text


def test_a_paged_file_is_cited_with_its_page() -> None:
    text = "（一）扩大就业。新增就业20万人，发展态势良好。"
    document = Document("甲", text, Metadata("甲市政府工作报告"), "甲.pdf", "0" * 64, pages=(0, 8))
    assert [document.page_of(n) for n in (0, 7, 8, len(text))] == [1, 1, 2, 2]
    report = parse_report(document)
    where = Place.of(report, report.passages[0].section, Span(12, 16))
    assert where.page == 2
    answer = Answer(where, "20万人", Span(12, 16), Span(8, len(text)), report.passages[0].span, 1, 1.0)
    assert "第 2 页，第 1 段" in citation(answer, report)
    assert "page 2, paragraph 1" in citation(answer, report, "en")


def test_a_file_without_pages_is_cited_without(seed_document: Document) -> None:
    assert seed_document.page_of(100) is None


def test_a_quotation_is_cited_in_four_forms() -> None:
    text = "（一）扩大就业。新增就业20万人，发展态势良好。"
    about = Metadata("甲市2025年政府工作报告", year=2025, issuer="甲市人民政府", date="2025-01-08")
    document = Document("甲", text, about, "甲.pdf", "0" * 64, pages=(0, 8))
    report = parse_report(document)
    where = Place.of(report, report.passages[0].section, Span(12, 16))
    answer = Answer(where, "20万人", Span(12, 16), Span(8, len(text)), report.passages[0].span, 1, 1.0)
    link = "https://example.org/?q=1"
    forms = {form: in_form(form, answer, report, link) for form in CitationForm}
    assert forms[CitationForm.SHORT] == "“新增就业20万人”（《甲市2025年政府工作报告》第 2 页，第 1 段）"
    assert forms[CitationForm.FULL] == citation(answer, report)
    assert forms[CitationForm.LINKED].startswith("“新增就业20万人，发展态势良好。”") and forms[
        CitationForm.LINKED
    ].endswith(link)
    assert forms[CitationForm.REFERENCE] == "甲市人民政府. 甲市2025年政府工作报告[R]. 2025: 2."


def test_a_reference_leaves_out_what_is_not_known_and_tells_an_address(seed_document: Document) -> None:
    text = "（一）扩大就业。新增就业20万人。"
    for about, told in (
        (Metadata("甲市报告"), "甲市报告[R]."),
        (
            Metadata("甲市报告", date="2025-01-08", address="http://a.example/b"),
            "甲市报告[R/OL]. (2025-01-08). http://a.example/b.",
        ),
    ):
        report = parse_report(Document("甲", text, about, "甲.txt", "0" * 64))
        where = Place.of(report, report.passages[0].section, Span(12, 16))
        answer = Answer(where, "20万人", Span(12, 16), Span(8, len(text)), report.passages[0].span, 1, 1.0)
        assert reference(answer, report) == told
