from __future__ import annotations

import pytest

from answers.reading.reader import Candidate
from answers.reading.similarity_reader import ReaderWeights, SimilarityReader, answer_span
from answers.retriever import Retriever
from answers.understanding.question import understand
from indexer.index import ReportIndex
from indexer.text.sentences import clauses
from indexer.text.span import Span
from tests.fake_encoder import FakeEncoder

REPORT = (
    "一、今年打算\n"
    "优化营商环境。深化改革，推行一网通办，压减审批时间。\n"
    "加快交通建设。推进杭甬、甬台温、沪甬等铁路建设，新增绿道300公里，开工建设象山大桥1座。\n"
    "做好就业工作。新增就业20万人，引进大学生12万人，失业率控制在5%以内。\n"
    "二、自身建设\n"
    "坚持依法行政。办理建议提案1200件。\n"
)


def read(index: ReportIndex, text: str) -> tuple[Candidate, ...]:
    question = understand(text)
    hits = Retriever(index, FakeEncoder()).retrieve(question).hits
    return SimilarityReader(index).read(question, hits).candidates


def span_of(sentence: str, question: str, clause: str | None = None) -> str:
    whole = Span(0, len(sentence))
    start = sentence.index(clause) if clause else 0
    part = Span(start, start + len(clause)) if clause else whole
    return answer_span(sentence, understand(question), whole, part)[0].of(sentence)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("新增就业多少人？", "20万人"),
        ("新增绿道多少公里？", "300公里"),
        ("失业率控制在百分之几以内？", "5%以内"),
        ("办理建议提案多少件？", "1200件"),
    ],
)
def test_a_question_for_a_number_is_answered_by_the_figure(
    index: ReportIndex, question: str, answer: str
) -> None:
    first = read(index, question)[0]
    assert first.span.of(REPORT) == answer
    assert first.fits is True


def test_a_question_for_means_is_answered_by_whole_sentences(index: ReportIndex) -> None:
    found = read(index, "如何优化营商环境，推行一网通办？")
    assert found[0].span.of(REPORT) == "深化改革，推行一网通办，压减审批时间"
    sentences = [(candidate.passage, candidate.sentence) for candidate in found]
    assert len(sentences) == len(set(sentences))


def test_a_question_for_a_list_is_answered_by_the_enumeration(index: ReportIndex) -> None:
    first = read(index, "推进哪些铁路建设？")[0]
    assert first.span.of(REPORT) == "推进杭甬、甬台温、沪甬等铁路建设"


def test_a_question_for_a_fact_is_answered_by_its_clause(index: ReportIndex) -> None:
    assert read(index, "象山大桥开工建设了吗？")[0].span.of(REPORT) == "开工建设象山大桥1座"


def test_candidates_are_best_first_inside_sentence_and_passage_and_one_a_clause(index: ReportIndex) -> None:
    found = read(index, "新增就业多少人？")
    assert [candidate.score for candidate in found] == sorted((c.score for c in found), reverse=True)
    report = index.report(index.reports[0].name)
    for candidate in found:
        assert report.passages[candidate.passage.number].span.holds(candidate.sentence)
        assert candidate.sentence.holds(candidate.span)
        assert len(candidate.span)
    places = [(c.passage, c.span) for c in found]
    assert len(places) == len(set(places))


def test_a_clause_without_a_figure_ranks_below_a_like_clause_with_one(index: ReportIndex) -> None:
    found = read(index, "引进大学生多少人？")
    assert found[0].span.of(REPORT) == "12万人"
    assert any(candidate.fits is False for candidate in found)


def test_what_is_not_of_the_kind_asked_for_pays_for_it(index: ReportIndex) -> None:
    question = understand("引进大学生和优化营商环境要多少人？")
    hits = Retriever(index, FakeEncoder()).retrieve(question).hits
    free = SimilarityReader(index, ReaderWeights(misfit=0)).read(question, hits).candidates
    dear = SimilarityReader(index, ReaderWeights(misfit=10)).read(question, hits).candidates
    fits = [candidate.fits for candidate in dear]
    assert fits == sorted(fits, key=lambda fit: fit is False)
    assert [candidate.fits for candidate in free] != fits


def test_no_passages_give_no_candidates(index: ReportIndex) -> None:
    found = SimilarityReader(index).read(understand("多少？"), [])
    assert (found.hits, found.candidates) == ((), ())


@pytest.mark.parametrize(
    ("sentence", "question", "answer"),
    [
        ("新增20家企业，投资50亿元", "投资多少亿元？", "50亿元"),
        ("投资50亿元建设20家企业", "建设多少家企业？", "20家"),
        ("50亿美元外资中制造业占30%", "50亿美元外资里制造业占比多少？", "30%"),
        ("大力推进建设。", "推进多少？", "大力推进建设"),
        ("总数1000,居首。", "总数是多少？", "1000"),
        ("2021—2025年新建500个车位", "新建多少个车位？", "500个"),
    ],
)
def test_the_figure_that_fits_the_question_is_chosen(sentence: str, question: str, answer: str) -> None:
    assert span_of(sentence, question) == answer


def test_whether_the_figure_is_of_the_kind_asked_for_is_told() -> None:
    sentence = "投资50亿元"
    whole = Span(0, len(sentence))
    assert answer_span(sentence, understand("投资多少亿元？"), whole, whole)[1] is True
    assert answer_span(sentence, understand("造林面积多少？"), whole, whole)[1] is False
    assert answer_span("推进建设", understand("多少？"), Span(0, 4), Span(0, 4))[1] is False
    assert answer_span("推进建设", understand("谁？"), Span(0, 4), Span(0, 4))[1] is None


def test_a_list_is_looked_for_in_the_sentence_when_the_clause_has_none() -> None:
    sentence = "完善交通网络，推进甲线、乙线、丙线，提升服务。"
    assert span_of(sentence, "有哪些线路？", "提升服务") == "推进甲线、乙线、丙线"
    assert span_of("提升服务，优化环境。", "有哪些？", "提升服务") == "提升服务"


def test_every_answer_lies_in_its_sentence_without_its_end_mark() -> None:
    sentence = "引进内资2000亿元,实际利用外资50亿美元,引进大学生20万人。"
    for question in ("引进多少人？", "有哪些？", "怎么办？", "谁？"):
        for clause in clauses(sentence, Span(0, len(sentence))):
            span, _ = answer_span(sentence, understand(question), Span(0, len(sentence)), clause)
            assert span.of(sentence).strip("，,。") == span.of(sentence) != ""
