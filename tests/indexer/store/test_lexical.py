from __future__ import annotations

import math
import shutil
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import tantivy

import indexer.store.lexical
from answers.retriever import Retriever
from answers.understanding.question import understand
from embeddings import Vectors
from indexer.build import build_index
from indexer.errors import IndexFault
from indexer.index import open_index
from indexer.store.lexical import LexicalIndex
from indexer.store.lexical_files import LexicalBusy, LexicalDamage
from indexer.store.lexical_tokens import spaced_tokens, tokens
from indexer.store.lexical_writer import LexicalText, LexicalWriter
from tests.fake_encoder import FakeEncoder
from tests.index_files import rewrite, write_report

FIRST = ("做强产业 建设滨海智谷产业园。", "改善民生 新建学校十所，让百姓满意。")
SECOND = ("做强产业 发展低空经济，培育R&D企业。", "改善民生 新建医院三所，扩建学校。")


def numbered(texts: Iterable[str], first: int) -> list[LexicalText]:
    return [LexicalText(first + n, text) for n, text in enumerate(texts)]


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """An index of document 1 with passages 10 and 11, and document 2 with passages 20 and 21."""
    with LexicalWriter(tmp_path / "words") as writer:
        writer.replace(1, numbered(FIRST, 10))
        writer.replace(2, numbered(SECOND, 20))
        writer.commit()
    return tmp_path / "words"


def found(index: LexicalIndex, query: str, documents: Sequence[int] | None = None) -> list[int]:
    return [hit.number for hit in index.best(query, 9, documents)]


def test_a_name_is_found_where_it_stands(directory: Path) -> None:
    index = LexicalIndex(directory)
    assert found(index, "滨海智谷产业园")[0] == 10
    assert found(index, "滨海智谷产业园", [2]) == [20]
    assert found(index, "滨海智谷产业园", []) == found(index, "滨海智谷产业园", [7]) == []
    assert index.best("学校", 0) == []


def test_traditional_words_and_capitals_find_simplified_text(directory: Path) -> None:
    index = LexicalIndex(directory)
    assert index.best("低空經濟", 1) == index.best("低空经济", 1)
    assert found(index, "r&D") == [20]


@pytest.mark.parametrize("query", ["", "🙂", "qqq", "\ud800", "AND (", "tokens:学"])
def test_words_that_no_passage_holds_find_nothing(directory: Path, query: str) -> None:
    index = LexicalIndex(directory)
    if "学" in query:
        assert found(index, query) == found(index, "学")
    else:
        assert found(index, query) == []
        assert not index.scores(query, [10, 11]).any()


def test_scores_are_bm25(directory: Path) -> None:
    texts = dict(enumerate(FIRST, 10)) | dict(enumerate(SECOND, 20))
    counts = {number: Counter(tokens(text)) for number, text in texts.items()}
    mean = sum(count.total() for count in counts.values()) / len(counts)
    query = "新增学校，学校"  # "学校" twice counts twice; no passage holds "增"

    def expected(passage: int) -> float:
        score = 0.0
        for token in tokens(query):
            holding = sum(token in count for count in counts.values())
            times = counts[passage][token]
            norm = 1.2 * (0.25 + 0.75 * counts[passage].total() / mean)
            score += math.log(1 + (4 - holding + 0.5) / (holding + 0.5)) * times / (times + norm)
        return score

    index = LexicalIndex(directory)
    asked = [21, 10, 11, 999, 11]
    scores = index.scores(query, asked)
    assert scores.dtype == np.float32
    # Tantivy keeps a length in one byte; those below 40 are exact.
    assert scores == pytest.approx([expected(21), expected(10), expected(11), 0, expected(11)], rel=1e-5)
    hits = {hit.number: hit.score for hit in index.best(query, 9)}
    assert hits == pytest.approx({21: expected(21), 11: expected(11)}, rel=1e-5)
    assert [hit.score for hit in index.best(query, 9)] == sorted(hits.values(), reverse=True)
    assert index.scores(query, []).shape == (0,)


def test_replacing_and_removing_leave_nothing_behind(directory: Path) -> None:
    index = LexicalIndex(directory)
    with LexicalWriter(directory) as writer:
        writer.replace(1, numbered(["修建大桥。"], 30))
        writer.remove(2)
        writer.remove(99)
        assert sorted(found(LexicalIndex(directory), "学校")) == [11, 21], "seen before it was committed"
        writer.commit()
    assert sorted(found(index, "学校")) == [11, 21], "a reader sees one commit until it is told"
    index.reload()
    assert found(index, "学校") == []
    assert found(index, "大桥") == [30]
    assert index.documents() == {1}
    assert not index.scores("学校大桥", [11, 21]).any()


def test_what_is_not_committed_is_lost(directory: Path) -> None:
    with LexicalWriter(directory) as writer:
        writer.replace(1, [])
    with pytest.raises(RuntimeError, match="on the way"), LexicalWriter(directory) as writer:
        writer.remove(2)
        raise RuntimeError("on the way")
    index = LexicalIndex(directory)
    assert index.documents() == {1, 2}
    assert found(index, "滨海智谷")[0] == 10


def test_a_document_without_words_is_held(tmp_path: Path) -> None:
    with LexicalWriter(tmp_path / "words") as writer:
        writer.replace(1, [])
        writer.replace(2, numbered(["……", ""], 20))
        writer.commit()
    index = LexicalIndex(tmp_path / "words")
    assert index.documents() == {1, 2}
    assert found(index, "学校") == []
    assert index.scores("学校", [20]).tolist() == [0]


def test_an_empty_index_answers(tmp_path: Path) -> None:
    with LexicalWriter(tmp_path / "words"):
        pass
    index = LexicalIndex(tmp_path / "words")
    assert (index.documents(), found(index, "学校"), index.damaged_files()) == (frozenset(), [], ())


def many(tmp_path: Path) -> LexicalIndex:
    """300 documents of 10 passages; each says one thing of its own among common words."""
    with LexicalWriter(tmp_path / "words") as writer:
        for document in range(300):
            texts = [
                f"推进项目建设，发展{document}{'好' * (n % 4)}产业，企业{document * 10 + n}家"
                for n in range(10)
            ]
            writer.replace(document, numbered(texts, document * 10))
            if document % 40 == 0:
                writer.commit()
        writer.commit()
    return LexicalIndex(tmp_path / "words")


def test_common_tokens_choose_no_candidates_but_score_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = many(tmp_path)
    queries = [f"企业{n}家，好产业" for n in range(0, 3000, 311)]
    exact = [index.best(query, 5) for query in queries]
    assert all(len(hits) == 5 for hits in exact)
    monkeypatch.setattr(indexer.store.lexical, "_POSTINGS", 2500)
    for query, hits in zip(queries, exact, strict=True):
        quick = index.best(query, 5)
        assert quick[0].number == hits[0].number
        scores = index.scores(query, [hit.number for hit in quick])
        assert scores == pytest.approx([hit.score for hit in quick], rel=1e-5)
        assert index.best(query, 5, range(300))[0] == quick[0]


def test_a_filter_is_applied_before_the_best_are_taken(tmp_path: Path) -> None:
    index = many(tmp_path)
    every = {hit.number: hit.score for hit in index.best("好产业", 3000)}
    assert len(every) == 3000
    for documents in ([299], [5, 17], range(0, 300, 3), list(range(100, 300))):
        hits = index.best("好产业", 8, documents)
        inside = sorted((s for p, s in every.items() if p // 10 in set(documents)), reverse=True)
        assert {hit.number // 10 for hit in hits} <= set(documents)
        assert [hit.score for hit in hits] == pytest.approx(inside[:8])


def test_very_many_numbers_are_one_filter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = many(tmp_path)
    passages = list(range(2999, -1, -1))
    assert len(passages) > indexer.store.lexical._FEW_NUMBERS
    as_set = index.scores("企业2990家", passages)
    monkeypatch.setattr(indexer.store.lexical, "_FEW_NUMBERS", len(passages))
    assert as_set.argmax() == 9
    assert index.scores("企业2990家", passages).tolist() == as_set.tolist()


def test_a_pasted_page_is_searched_by_its_rarest_words(tmp_path: Path) -> None:
    index = many(tmp_path)
    page = "".join(f"企业{n}家，推进项目建设。" for n in range(1000, 1300)) + "企业7家"
    assert {hit.number for hit in index.best(page, 2000)} & set(range(1000, 1300))


def test_threads_find_the_same(tmp_path: Path) -> None:
    index = many(tmp_path)
    queries = [f"企业{n}家" for n in range(200)]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda query: index.best(query, 5), queries))
    assert together == [index.best(query, 5) for query in queries]


def test_a_second_writer_waits_and_then_says_so(directory: Path) -> None:
    with LexicalWriter(directory), pytest.raises(LexicalBusy, match=r"0\.2"):
        LexicalWriter(directory, wait=0.2)
    with LexicalWriter(directory, wait=0) as writer:
        writer.remove(1)
        writer.commit()
    assert LexicalIndex(directory).documents() == {2}


def test_a_waiting_writer_goes_on_from_what_the_other_left(directory: Path) -> None:
    def second() -> None:
        with LexicalWriter(directory, wait=30) as writer:
            writer.remove(1)
            writer.commit()

    with ThreadPoolExecutor(1) as pool:
        with LexicalWriter(directory) as writer:
            waiting = pool.submit(second)
            writer.replace(3, numbered(FIRST, 30))
            time.sleep(0.2)
            assert not waiting.done()
            writer.commit()
        waiting.result(30)
    assert LexicalIndex(directory).documents() == {2, 3}


@pytest.mark.parametrize("made", [True, False])
def test_a_folder_without_an_index_says_so(tmp_path: Path, made: bool) -> None:
    if made:
        (tmp_path / "words").mkdir()
    with pytest.raises(LexicalDamage, match="words"):
        LexicalIndex(tmp_path / "words")


def segment_file(directory: Path, suffix: str) -> Path:
    (path,) = directory.glob(f"*.{suffix}")
    return path


@pytest.mark.parametrize("name", ["meta.json", ".managed.json", "term", "idx", "fast", "fieldnorm"])
@pytest.mark.parametrize("kept", [0, 0.5])
def test_a_damaged_index_is_told_and_made_anew(directory: Path, name: str, kept: float) -> None:
    path = directory / name if "." in name else segment_file(directory, name)
    content = path.read_bytes()
    rewrite(path, content[: int(len(content) * kept)])
    with pytest.raises(LexicalDamage, match="words"):
        found(LexicalIndex(directory), "学校")
    with LexicalWriter(directory, anew=True) as writer:
        writer.replace(3, numbered(FIRST, 30))
        writer.commit()
    index = LexicalIndex(directory)
    assert index.documents() == {3}
    assert found(index, "学校") == [31]
    assert index.damaged_files() == ()


def test_anew_keeps_the_old_until_the_commit(directory: Path) -> None:
    with LexicalWriter(directory, anew=True) as writer:
        writer.replace(3, numbered(FIRST, 30))
        assert LexicalIndex(directory).documents() == {1, 2}
        writer.commit()
    assert LexicalIndex(directory).documents() == {3}


@pytest.mark.parametrize("suffix", ["term", "idx", "fast", "fieldnorm"])
def test_changed_bytes_are_found(directory: Path, suffix: str) -> None:
    index = LexicalIndex(directory)
    assert index.damaged_files() == ()
    path = segment_file(directory, suffix)
    content = bytearray(path.read_bytes())
    content[3] ^= 1
    rewrite(path, bytes(content))
    assert index.damaged_files() == (path.name,)


def test_bytes_that_make_no_sense_are_told(directory: Path) -> None:
    path = segment_file(directory, "fast")
    content = path.read_bytes()
    rewrite(path, bytes(b ^ 255 for b in content[:200]) + content[200:])
    with pytest.raises(LexicalDamage):
        LexicalIndex(directory)


def test_an_index_with_other_fields_is_made_anew(directory: Path) -> None:
    shutil.rmtree(directory)
    directory.mkdir()
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("title")
    tantivy.Index(builder.build(), path=str(directory))
    for opened in (LexicalIndex, LexicalWriter):
        with pytest.raises(LexicalDamage, match="schema"):
            opened(directory)
    with LexicalWriter(directory, anew=True) as writer:
        writer.commit()
    assert LexicalIndex(directory).documents() == frozenset()


@pytest.mark.parametrize("anew", [True, False])
def test_files_of_another_program_stay(tmp_path: Path, anew: bool) -> None:
    (tmp_path / "日记.txt").write_text("今天", encoding="utf-8")
    with pytest.raises(IndexFault, match="日记") as caught:
        LexicalWriter(tmp_path, anew=anew)
    assert caught.value.foreign
    assert [path.name for path in tmp_path.iterdir()] == ["日记.txt"]


def test_characters_pairs_words_and_figures_are_tokens() -> None:
    assert sorted(tokens("学校")) == ["学", "学校", "校"]
    assert sorted(tokens("AB, 3.5%学 １２")) == ["3.5%", "ab", "学", "１２"]
    assert sorted(tokens("学\n校")) == ["学", "校"]
    assert sorted(tokens("学\ud800校〇")) == ["学", "校"]


def test_texts_keep_their_own_tokens() -> None:
    texts = ["学校", "", "医院 a", "\n", "校"]
    assert [text.split() for text in spaced_tokens(texts)] == [tokens(text) for text in texts]
    assert spaced_tokens([]) == []


@pytest.mark.parametrize(
    ("question", "kept", "gone"),
    [
        ("江苏今年新建多少所学校？", "学校", "江苏"),
        ("高企有多少家？", "高新技术企业", "多少"),
        ("2025年长三角怎么发展低空经济", "低空经济", "长三角"),
    ],
)
def test_only_what_a_report_may_say_is_searched_for(question: str, kept: str, gone: str) -> None:
    searched = understand(question).terms
    assert kept in searched and gone not in searched


class OneVector(FakeEncoder):
    """Every text has the same vector, so that nothing but the words can decide."""

    def _encode(self, texts: Sequence[str]) -> Vectors:
        return np.full((len(texts), 64), 0.125, np.float32)


def test_words_settle_what_vectors_leave_open(tmp_path: Path) -> None:
    text = "甲市政府工作报告\n" + "".join(
        f"（{n}）推进{thing}。{thing}的建设要抓紧抓好，让全市百姓满意。\n"
        for n, thing in zip("一二三四", ("云桥机场", "滨海智谷", "东湖大桥", "西山水库"), strict=True)
    )
    encoder = OneVector()
    build_index([write_report(tmp_path, "甲", text)], tmp_path / "index", encoder)
    retriever = Retriever(open_index(tmp_path / "index", encoder.identity), encoder)
    for thing in ("云桥机场", "滨海智谷", "东湖大桥", "西山水库"):
        (first, *_) = retriever.retrieve(understand(f"{thing}在哪里？")).hits
        report = retriever.index.report("甲")
        assert thing in first.passage.span.of(report.text)


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("新能源汽车今年要生产多少辆？", "新能源汽车"),
        ("上半年社会消费品零售总额是多少？", "上半年社会消费品零售总额"),
        ("主要污染物怎么减排？", "主要污染物"),
        ("有色金属产业能不能上台阶？", "有色金属产业"),
    ],
)
def test_characters_that_join_words_stay_where_they_are_part_of_one(question: str, kept: str) -> None:
    assert kept in understand(question).terms


def test_a_document_holds_a_question_by_what_is_rare_among_documents(directory: Path) -> None:
    with LexicalWriter(directory) as writer:
        writer.replace(3, numbered(("滨海智谷 学校。",), 30))
        writer.replace(4, [])
        writer.commit()
    index = LexicalIndex(directory)
    held = dict(zip((4, 3, 2, 1), index.held("滨海智谷产业园和学校", [4, 3, 2, 1]).tolist(), strict=True))
    # 滨海智谷 stands in documents 1 and 3 wherever it stands, 学校 in all three.
    assert held[4] == 0 < held[2] < held[3] < held[1]
    rarity = {word: math.log1p((4 - n + 0.5) / (n + 0.5)) for word, n in (("智谷", 2), ("学校", 3))}
    assert index.held("智谷", [1])[0] == pytest.approx(
        3 * rarity["智谷"], rel=1e-5
    )  # two characters and their pair
    assert index.held("学校学校", [2])[0] == pytest.approx(6 * rarity["学校"], rel=1e-5)
    assert index.held("智谷", [2, 9]).tolist() == [0, 0] and len(index.held("智谷", [])) == 0
