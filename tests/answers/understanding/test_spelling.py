"""Homophones typed by mistake are read as the words of the reports; what the reports merely lack is left alone."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.understanding import spelling
from answers.understanding.question import Respelling, understand
from answers.understanding.spelling import respellings, understand_spelled
from indexer.text.characters import normalise, simplified
from tests.conftest import QUESTIONS, ROOT

# In how many of 5,000 passages of an invented library characters and pairs stand.
PAIRS = {
    "湖北": 500, "目标": 900, "农田": 300, "高标": 250, "标准": 700, "总额": 200, "毕业": 260, "增长": 2500,
    "少人": 0, "就业": 900, "新增": 1500, "准农": 240, "田多": 0,
}  # fmt: skip


def held(word: str) -> int:
    if len(word) == 2:
        return PAIRS.get(word, 0)
    return max((count for pair, count in PAIRS.items() if word in pair), default=0)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("胡北今年增长木标是多少", "湖北今年增长目标是多少"),
        ("新建高标准农甜多少亩", "新建高标准农田多少亩"),
        ("进出口总鹅多少", "进出口总额多少"),
        ("高校必业生有多少", "高校毕业生有多少"),
    ],
)
def test_a_homophone_that_makes_no_word_is_read_as_the_one_that_does(typed: str, meant: str) -> None:
    read = understand_spelled(typed, held)
    assert (read.text, read.query) == (typed, meant)
    assert [typed[change.start] for change in read.respelled] == [c.typed for c in read.respelled]
    assert read.places == understand(meant).places and read.terms == understand(meant).terms


@pytest.mark.parametrize(
    "question",
    [
        "湖北今年新增就业的目标是多少",  # every word is known
        "太空电梯什么时候通车",  # unlike anything that is known: the reports are silent
        "那座桥是哪一年修的，一共几座",  # pairs that questions have, if no report has
        "三千四百五十二亿",  # numbers are never another's sound
        "ningbo GDP 2024",
    ],
)
def test_what_is_only_unknown_stays_as_it_was_typed(question: str) -> None:
    assert respellings(understand(question).query, held) == ()


# In how many of the 20 passages of one short report characters and pairs stand.
FEW = {
    "养": 3,
    "老": 4,
    "养老": 3,
    "老机": 2,
    "机": 5,
    "构": 3,
    "机构": 3,
    "床": 2,
    "位": 3,
    "床位": 2,
    "劳": 1,
    "工": 3,
    "程": 2,
    "工程": 2,
}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("养劳机构有多少", "养老机构有多少"),
        ("“头号工呈”是什么", "“头号工程”是什么"),
    ],
)
def test_in_a_library_of_one_report_a_pair_that_questions_know_is_read_too(typed: str, meant: str) -> None:
    assert understand_spelled(typed, lambda word: FEW.get(word, 0)).query == meant


def test_the_name_of_a_place_is_never_read_as_another_word() -> None:
    sounds = {"两": 90, "岸": 60, "广": 500, "两岸": 60}  # 广 and 岸 sound alike here
    read = understand_spelled("两广今年的增长目标", lambda word: sounds.get(word, 0))
    assert read.respelled == ()
    assert [region.short for region in read.places.regions] == ["广东", "广西"]


def test_a_small_library_corrects_nothing_that_it_or_questions_do_not_know() -> None:
    few: Callable[[str], int] = lambda word: min(held(word), 1)  # noqa: E731
    assert understand_spelled("胡北今年增长木标是多少", few).respelled == ()
    once = {**FEW, "养老": 1}
    assert understand_spelled("养劳机构有多少", lambda word: once.get(word, 0)).respelled == ()
    beside = {**FEW, "老机": 0}  # a pair that comes about beside it is known to nobody
    assert understand_spelled("养劳机有多少", lambda word: beside.get(word, 0)).respelled == ()
    old = {**FEW, "养劳": 1}
    assert understand_spelled("养劳机构有多少", lambda word: old.get(word, 0)).respelled == ()


def test_the_report_that_ships_corrects_no_question_that_is_right() -> None:
    """The report of seeds/ as the whole library: questions about other places and matters are left as they are."""
    counted: Counter[str] = Counter()
    for path in (ROOT / "seeds").glob("*.txt"):
        text = simplified(normalise(path.read_text(encoding="utf-8")))
        for start in range(0, len(text), 250):  # about as long as passages are
            passage = text[start : start + 250]
            counted.update({*passage, *(passage[n : n + 2] for n in range(len(passage) - 1))})
    assert respellings("“头号工呈”是什么", counted.__getitem__) == (Respelling(4, "呈", "程"),)
    rows = [
        json.loads(line)
        for path in sorted(QUESTIONS.glob("*.jsonl"))
        if path.stem != "typed_errors"
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    right = [row["question"] for row in rows if "question" in row and row.get("style") != "typo"]
    assert len(right) > 1000
    assert [one for one in right if respellings(understand(one).query, counted.__getitem__)] == []


def test_a_pair_that_comes_about_by_chance_corrects_nothing() -> None:
    common = {"经": 4000, "济": 4000, "经济": 300}
    # 金济 is unknown, but of a hundred passages with 经 or 济 only seven have both side by side.
    assert respellings("金济", lambda word: common.get(word, 0)) == ()
    common["经济"] = 3000
    assert respellings("金济", lambda word: common.get(word, 0)) == ()  # jin is not jing
    assert respellings("京济", lambda word: common.get(word, 0)) == (Respelling(0, "京", "经"),)


@given(st.text("胡湖北木目标甜田农准高额鹅总多少今年 abc，。", max_size=40))
def test_a_question_keeps_its_length_and_changes_where_it_says_so(query: str) -> None:
    changes = respellings(query, held)
    assert len(changes) <= 4 and [c.start for c in changes] == sorted({c.start for c in changes})
    assert all(query[change.start] == change.typed != change.meant for change in changes)


def test_questions_of_people_are_hardly_ever_changed() -> None:
    """All pairs of the benchmark's own quotations as a library: of its questions one in fifty is read otherwise at most."""
    files = [
        ROOT / "benchmarks" / "questions" / f"{name}.jsonl"
        for name in ("provinces_dev", "ningbo_dev", "near_misses", "unseen")
    ]
    rows = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    counted: Counter[str] = Counter()
    for row in rows:
        for gold in row["gold"]:
            quote = gold["quote"]
            counted.update({*quote, *(quote[n : n + 2] for n in range(len(quote) - 1))})
    changed = [
        row["question"]
        for row in rows
        if respellings(understand(row["question"]).query, lambda word: 10 * counted[word])
    ]
    assert len(rows) > 400 and len(changed) <= len(rows) // 50, changed


def test_the_chinese_words_of_an_english_question_are_not_respelled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spelling, "respellings", lambda *_: (Respelling(0, "宁", "柠"),))
    question = "How many new jobs in Ningbo this year?"
    assert understand_spelled(question, lambda _: 0) == understand(question)
    assert understand_spelled("宁波今年新增就业多少", lambda _: 0).query.startswith("柠波")
