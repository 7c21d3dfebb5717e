"""What Wenbao is compared with is tuned on one half of the questions, and judged by one rule."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import ClassVar

import numpy as np
import pytest
from typer.testing import CliRunner

from answers.evaluation.questions import GoldQuestion, QuestionKind
from answers.evaluation.scoring import Gold
from benchmarks.peers.__main__ import PEERS, app
from benchmarks.peers.apart import candidate
from benchmarks.peers.bm25s import tokens
from benchmarks.peers.chunks import chunks, sizes
from benchmarks.peers.haystack import place_of
from benchmarks.peers.measuring import costs, measure
from benchmarks.peers.protocol import Candidate, FoundSpan, PeerReply, Settings, SourceReport
from benchmarks.peers.scoring import (
    Judge,
    Verdict,
    best_threshold,
    figures,
    halves,
    located,
    merit,
    sentence_around,
)
from benchmarks.peers.table import cost_lines, quality_lines
from benchmarks.peers.trials import Trial, trials, tuning_reports
from benchmarks.peers.vectors import KeptVectors, by_own_engine, encoder_directory, kept_vectors
from benchmarks.reports import Corpus
from indexer.text.span import Span
from tests.conftest import ROOT

TEXT = "去年经济平稳。今年新增高新技术企业１５００ 家。\n加快修路。"
QUOTE = "新增高新技术企业1500家"  # 13 characters, 14 in the text with the space
REPORT = SourceReport("甲", "甲报告", TEXT, Path("甲.txt"))
START, END = TEXT.index("新增"), TEXT.index("家") + 1


def question(id: str, kind: QuestionKind = QuestionKind.NUMBER, document: str = "甲") -> GoldQuestion:
    gold = () if kind is QuestionKind.UNANSWERABLE else (Gold(document, QUOTE, ("1500家",)),)
    return GoldQuestion(id, kind, id, gold)


def found(start: int, end: int, document: str = "甲") -> FoundSpan:
    return FoundSpan(document, Span(start, end))


def judged(*passages: FoundSpan, answer: FoundSpan | None = None) -> Verdict:
    judge = Judge([REPORT, SourceReport("乙", "乙报告", TEXT * 40, Path("乙.txt"))], {})
    return judge.judge(question("q"), PeerReply(passages, answer, 0.5))


def verdict(answerable: bool, score: float, first: int | None = 0, right: bool = True) -> Verdict:
    return Verdict(answerable, first, answerable, right, 1.0, True, score)


def test_a_quotation_is_found_in_spite_of_width_and_white_space() -> None:
    assert located(TEXT, QUOTE) == (Span(START, END),)
    assert located(TEXT, "没有的话") == ()
    assert located("一二一二", "一二") == (Span(0, 2), Span(2, 4))


def test_a_passage_is_right_if_it_has_more_than_half_of_the_quotation() -> None:
    half = START + (END - START) // 2
    assert (END - START) % 2 == 0
    assert judged(found(0, half + 1)).first == 0
    assert judged(found(0, half)).first is None
    assert judged(found(0, 3), found(START, END)).first == 1
    assert judged(found(START, END, "乙")).first is None


def test_a_passage_that_nobody_would_read_through_is_not_right() -> None:
    judge = Judge([SourceReport("甲", "甲报告", TEXT + "路" * 900, Path("甲.txt"))], {})
    for length, first in ((800, 0), (801, None)):
        assert judge.judge(question("q"), PeerReply((found(0, length),), None, 0.5)).first == first


def test_only_ten_passages_count() -> None:
    assert judged(*[found(0, 3)] * 9, found(START, END)).first == 9
    assert judged(*[found(0, 3)] * 10, found(START, END)).first is None


def test_without_an_answer_the_whole_first_passage_is_scored() -> None:
    read, whole = judged(found(0, END), answer=found(END - 6, END)), judged(found(0, END))
    assert read.right and read.f1 == 1.0
    assert not whole.right and 0 < whole.f1 < 0.5
    assert read.holds and whole.holds
    assert judged(found(0, END - 3)).first == 0 and not judged(found(0, END - 3)).holds


def test_an_answer_elsewhere_is_wrong() -> None:
    assert not judged(found(0, END), answer=found(0, 4)).right
    other = judged(found(0, END), answer=found(END - 6, END, "乙"))
    assert not other.right and other.f1 == 0.0


def test_the_sentence_around_a_span_ends_at_the_marks() -> None:
    assert sentence_around(TEXT, Span(END - 6, END)).of(TEXT) == "今年新增高新技术企业１５００ 家。"
    assert sentence_around(TEXT, Span(0, 2)).of(TEXT) == "去年经济平稳。"
    assert sentence_around("没有句号", Span(0, 2)) == Span(0, 4)


def test_halves_part_every_kind_and_leave_comparisons_out() -> None:
    kinds = [QuestionKind.NUMBER] * 5 + [QuestionKind.UNANSWERABLE] * 2 + [QuestionKind.COMPARE] * 2
    parted = halves([question(str(n), kind) for n, kind in enumerate(kinds)])
    assert [q.id for q in parted.tuning] == ["0", "2", "4", "5"]
    assert [q.id for q in parted.told] == ["1", "3", "6"]


def test_no_question_that_is_told_was_chosen_by() -> None:
    for trial in trials():
        assert trial.tuning and trial.told
        assert not {q.id for q in trial.tuning} & {q.id for q in trial.told}
        for part in (trial.tuning, trial.told):
            assert any(q.kind is QuestionKind.UNANSWERABLE for q in part)


def test_the_threshold_parts_the_two_sorts_best() -> None:
    assert best_threshold([verdict(True, 0.9), verdict(True, 0.6), verdict(False, 0.5)]) == 0.6
    assert best_threshold([verdict(True, s) for s in (0.9, 0.8, 0.2)] + [verdict(False, 0.5)]) == 0.8
    assert best_threshold([]) == 0.0


def test_figures_are_means_over_the_questions_that_have_them() -> None:
    rows = [verdict(True, 0.9), verdict(True, 0.3, None, False), verdict(False, 0.5), verdict(False, 0.1)]
    told = figures(rows, 0.4, True)
    assert (told.passage_first, told.passage_ten, told.right) == (0.5, 0.5, 0.5)
    assert (told.answered, told.withheld, told.auroc) == (0.5, 0.5, 0.75)
    assert (told.answerable, told.spans, told.unanswerable) == (2, 2, 2)
    assert figures(rows, 0.4, False).right is None
    assert figures(rows[:1], 0.4, True).answered is None


def test_what_reads_is_chosen_by_right_answers_too() -> None:
    rows = [verdict(True, 0.9, 1, True), verdict(True, 0.9, 0, False), verdict(False, 0.1)]
    assert merit(rows, False) == 0.75
    assert merit(rows, True) == 1.25


class FakePeer:
    """Finds the quotation with chunks of 400 characters alone, and is sure of the questions it knows."""

    log: ClassVar[list[tuple[str, tuple[str, ...]]]] = []

    def __init__(self, work: Path) -> None:
        self.work = work

    def index(self, reports: Sequence[SourceReport], settings: Settings) -> None:
        self.log.append((f"index {settings.size}", tuple(report.name for report in reports)))
        self.size = settings.size

    def ask(self, question: str) -> PeerReply:
        self.log.append((f"ask {self.size}", (question,)))
        place = found(START, END) if self.size == 400 else found(0, 3)
        return PeerReply((place,), found(END - 6, END), 0.0 if question.startswith("un") else 1.0)

    def save(self, directory: Path) -> None:
        (directory / "index").write_bytes(b"x" * 2048)


FAKE = Candidate("fake", "fake", FakePeer, Settings(), (sizes,), reads=True)


def test_a_peer_is_tuned_on_its_half_and_told_on_the_other(tmp_path: Path) -> None:
    FakePeer.log = []
    tuning = (question("a"), question("un-a", QuestionKind.UNANSWERABLE))
    told = (question("b"), question("un-b", QuestionKind.UNANSWERABLE))
    others = [SourceReport(f"乙{n}", "乙报告", TEXT, Path("乙.txt")) for n in range(6)]
    phases: list[bool] = []

    @contextmanager
    def kept(tuning: bool) -> Iterator[None]:
        phases.append(tuning)
        yield

    trial = Trial("ningbo", "题", Corpus.SEED, tuning, told)
    outcome = measure(FAKE, trial, [*others, REPORT], tmp_path, kept)
    assert outcome.settings == Settings(size=400, overlap=0)
    assert len(outcome.tried) == 8 and len({one.settings for one in outcome.tried}) == 8
    assert outcome.figures.passage_first == outcome.figures.right == outcome.figures.auroc == 1.0
    assert outcome.figures.answered == outcome.figures.withheld == 0.0
    assert phases == [True, False]
    *tried, _ = [n for n, (what, _) in enumerate(FakePeer.log) if what.startswith("index")] + [0]
    last = tried[-1]
    assert {name for what, name in FakePeer.log[:last] if what.startswith("ask")} == {("a",), ("un-a",)}
    assert all(len(names) == 5 for what, names in FakePeer.log[:last] if what.startswith("index"))
    assert FakePeer.log[last] == ("index 400", (*(report.name for report in others), "甲"))
    assert [name for _, (name,) in FakePeer.log[last + 1 :]] == ["a", "un-a", "b", "un-b"]
    assert "size 400" in "\n".join(quality_lines([replace(outcome, peer="bm25s")], [trial]))


def test_settings_are_chosen_over_the_reports_with_the_evidence_first() -> None:
    reports = [SourceReport(name, name, TEXT, Path(name)) for name in "子丑寅卯辰巳甲"]
    assert [r.name for r in tuning_reports(reports, [question("a")])] == ["子", "丑", "寅", "卯", "甲"]


def test_costs_are_measured_without_the_first_index(tmp_path: Path) -> None:
    FakePeer.log = []
    paid = costs(FAKE, Settings(), [REPORT, REPORT], [question("a"), question("b")], tmp_path)
    assert [what for what, _ in FakePeer.log] == ["index 250", "index 250", "ask 250", "ask 250"]
    assert paid.disk_kb == 1.0
    assert paid.memory_mb > 1
    assert "| Wenbao | 0.0 |" in "\n".join(cost_lines([replace(paid, peer="wenbao")]))


@pytest.mark.parametrize("settings", [*sizes(Settings()), Settings(size=0, title=False)])
def test_chunks_stand_where_they_say(settings: Settings) -> None:
    text = "第一段讲经济，增长百分之五。\n" * 30 + "很长的一句" * 200
    report = SourceReport("甲", "甲报告", text, Path("甲.txt"))
    made = chunks([report], settings)
    assert len(made) > 1
    for chunk in made:
        words = chunk.place.span.of(text)
        assert chunk.text == (f"甲报告\n{words}" if settings.title else words)
        assert settings.size == 0 or len(words) <= settings.size
    covered = {place for chunk in made for place in range(chunk.place.span.start, chunk.place.span.end)}
    assert not [place for place in range(len(text)) if place not in covered and not text[place].isspace()]


def test_a_text_is_embedded_once_in_this_run_and_the_next(tmp_path: Path) -> None:
    computed: list[str] = []

    def compute(texts: Sequence[str]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        computed.extend(texts)
        return np.array([[len(text), 1] for text in texts], np.float32)

    first = KeptVectors(tmp_path, "fake")
    assert first.of(["三个字", "二 字", "三个字"], compute).tolist() == [[3, 1], [3, 1], [3, 1]]
    assert KeptVectors(tmp_path, "fake").of(["二\n字", "一"], compute).tolist() == [[3, 1], [1, 1]]
    assert sorted(computed) == ["一", "三个字", "二 字"]
    KeptVectors(tmp_path, "other").of(["一"], compute)
    assert computed.count("一") == 2


@pytest.mark.model
def test_tuning_vectors_are_nearly_those_of_sentence_transformers(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer

    from embeddings.onnx_encoder import OnnxEncoder

    prompts = {"query": "query: ", "document": "passage: "}
    model = SentenceTransformer(encoder_directory(), device="cpu", prompts=prompts)
    texts = ["今年新增高新技术企业1500家", "加快修路"]
    for prompt in ("passage: ", "query: ", ""):
        plain = model.encode(texts, prompt=prompt)
        with kept_vectors(KeptVectors(tmp_path, "tuning"), by_own_engine(OnnxEncoder())):
            quick = model.encode(texts, prompt=prompt)
        with kept_vectors(KeptVectors(tmp_path, "told")):
            kept, one = model.encode(texts, prompt=prompt), model.encode(texts[0], prompt=prompt)
        assert np.abs(kept - plain).max() < 1e-4 and np.abs(one - plain[0]).max() < 1e-4
        assert np.sum(quick * plain, axis=1).min() > 0.99
        assert np.abs(quick - plain).max() > 1e-4, "not the engine that was asked for"
    assert np.abs(model.encode_query(texts) - model.encode(texts, prompt="query: ")).max() < 1e-6
    with kept_vectors(KeptVectors(tmp_path, "told"), lambda new: pytest.fail(f"not kept: {new}")):
        assert np.abs(model.encode_document(texts) - model.encode(texts, prompt="passage: ")).max() == 0


def test_characters_and_pairs_are_the_words_of_bm25() -> None:
    assert tokens("新增6.1万家AI", characters=False) == ["新增", "6.1", "万家", "ai"]
    assert tokens("新增，家", characters=True) == ["新增", "新", "增", "家"]
    assert tokens("新增，家", characters=False) == ["新增", "家"]


def test_an_answer_of_haystack_is_placed_behind_the_title() -> None:
    def placed(start: int, end: int) -> tuple[FoundSpan, float] | None:
        about = {"name": "甲", "start": 100, "end": 150, "head": 4}
        where = SimpleNamespace(start=start, end=end)
        return place_of(
            SimpleNamespace(document=SimpleNamespace(meta=about), document_offset=where, score=0.7)
        )

    assert placed(4, 9) == (found(100, 105), 0.7)
    assert placed(0, 9) is None


def test_a_peer_is_known_without_what_it_needs() -> None:
    assert [candidate(name).name for name in PEERS] == list(PEERS)
    program = "import sys\nfrom benchmarks.peers.apart import candidate\n"
    program += f"[candidate(name) for name in {PEERS!r}]\nprint(*sys.modules)"
    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    heavy = {"torch", "sentence_transformers", "txtai", "haystack", "bm25s", "langchain_community"}
    assert not set(ended.stdout.split()) & heavy


@pytest.mark.parametrize(
    "arguments", [["--only", "nothing"], ["--questions", "nothing"], ["--questions", "provinces"]]
)
def test_what_cannot_be_compared_is_told(arguments: list[str]) -> None:
    assert CliRunner().invoke(app, arguments).exit_code == 2


def test_the_environment_of_the_peers_is_pinned() -> None:
    lines = (ROOT / "benchmarks" / "peers" / "requirements.txt").read_text(encoding="utf-8").splitlines()
    named = [line for line in lines if line and line[0] not in "#-"]
    assert named and all("==" in line for line in named)
    assert "-r ../../requirements.txt" in lines
