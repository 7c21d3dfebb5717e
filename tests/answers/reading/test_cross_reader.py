from __future__ import annotations

from answers.reading.cross_reader import CrossReader, CrossReaderSettings
from answers.reading.reader import ReadPassages
from answers.retriever import Retriever
from answers.understanding.question import understand
from indexer.index import ReportIndex
from tests.fake_cross_encoder import FakeCrossEncoder
from tests.fake_encoder import FakeEncoder

REPORT = (
    "一、今年打算\n"
    "优化营商环境。深化改革，推行一网通办，压减审批时间。再造流程，拓展线上服务。\n"
    "加快交通建设。推进杭甬、甬台温、沪甬等铁路建设，新增绿道300公里，开工建设象山大桥1座。\n"
    "做好就业工作。新增就业20万人以上，引进大学生12萬人，失业率控制在5%以内。\n"
    "二、自身建设\n"
    "坚持依法行政。办理建议提案1200件。\n"
    "江河水位从62米抬升至67米，两岸植树80万棵。\n"
)


def read(index: ReportIndex, text: str, model: FakeCrossEncoder, passages: int = 10) -> ReadPassages:
    question = understand(text)
    hits = Retriever(index, FakeEncoder()).retrieve(question).hits
    return CrossReader(index, model, CrossReaderSettings(passages, similarity=1.0, sentence=1.0)).read(
        question, hits
    )


def first_text(index: ReportIndex, found: ReadPassages) -> str:
    return found.candidates[0].span.of(index.report(index.reports[0].name).text)


def test_a_number_is_quoted_with_its_bound(index: ReportIndex) -> None:
    found = read(index, "新增就业多少人？", FakeCrossEncoder("20万人"))
    assert first_text(index, found) == "20万人以上"
    assert found.candidates[0].fits


def test_the_model_chooses_among_the_figures_of_a_sentence(index: ReportIndex) -> None:
    assert first_text(index, read(index, "引進大學生多少人？", FakeCrossEncoder("12万人"))) == "12萬人"


def test_a_figure_of_the_question_is_not_its_answer(index: ReportIndex) -> None:
    found = read(index, "新增就业20万人，引进大学生多少人？", FakeCrossEncoder("20万人"))
    assert "20万人" not in first_text(index, found)


def test_a_change_is_quoted_from_the_old_value_to_the_new_where_both_are_asked_for(
    index: ReportIndex,
) -> None:
    model = FakeCrossEncoder("67米")
    assert first_text(index, read(index, "水位从多少抬升到多少？", model)) == "62米抬升至67米"
    assert first_text(index, read(index, "水位抬升到多少米？", model)) == "67米"


def test_measures_are_quoted_in_whole_clauses(index: ReportIndex) -> None:
    found = read(index, "怎么改善营商环境？", FakeCrossEncoder("一网通办"))
    assert first_text(index, found) == "推行一网通办"


def test_measures_of_several_sentences_are_one_answer(index: ReportIndex) -> None:
    model = FakeCrossEncoder("推行一网通办，压减审批时间。再造流程")
    found = read(index, "怎么改善营商环境？", model)
    text = index.report(index.reports[0].name).text
    assert first_text(index, found) == "推行一网通办，压减审批时间。再造流程"
    first = found.candidates[0]
    # What is shown around it begins and ends with sentences, and no other candidate quotes the same words.
    assert first.sentence.of(text) == "深化改革，推行一网通办，压减审批时间。再造流程，拓展线上服务。"
    assert not any(
        c.span.start < first.span.end and c.span.end > first.span.start for c in found.candidates[1:]
    )


def test_the_relevant_passage_comes_first(index: ReportIndex) -> None:
    found = read(index, "今年打算的是什么？", FakeCrossEncoder("1200件"))
    report = index.report(index.reports[0].name)
    assert "1200件" in report.passages[found.hits[0].key.number].span.of(report.text)
    assert found.verdict is not None
    assert found.verdict.relevance == 4.0
    assert found.verdict.rival == -4.0
    assert found.verdict.margin == 10.0


def test_what_is_not_read_follows_in_its_old_order(index: ReportIndex) -> None:
    question = understand("今年打算的是什么？")
    before = Retriever(index, FakeEncoder()).retrieve(question).hits
    model = FakeCrossEncoder("1200件")
    found = read(index, "今年打算的是什么？", model, passages=1)
    assert [hit.key for hit in found.hits] == [hit.key for hit in before]
    assert [hit.score for hit in found.hits] == sorted((hit.score for hit in found.hits), reverse=True)
    assert len(model.texts) == 1


def test_the_model_is_told_title_and_heading_in_simplified_characters(index: ReportIndex) -> None:
    model = FakeCrossEncoder("12万人")
    read(index, "引進大學生多少人？", model)
    assert model.asked == ["引进大学生多少人？"]
    assert any("12万人" in text.text for text in model.texts)
    assert all(
        "一、今年打算" in text.head + text.text or "二、" in text.head + text.text for text in model.texts
    )
    assert all(text.head.startswith("甲") for text in model.texts)


def test_nothing_found_is_nothing_read(index: ReportIndex) -> None:
    found = CrossReader(index, FakeCrossEncoder("甲")).read(understand("多少？"), ())
    assert (found.hits, found.candidates, found.verdict) == ((), (), None)


def test_points_of_one_answer_lie_within_logits_of_the_first(index: ReportIndex) -> None:
    found = read(index, "怎么做好就业工作？", FakeCrossEncoder("新增就业20万人以上"))
    assert found.apart == CrossReaderSettings().apart > 1  # similarities lie 0.03 apart, logits much more
