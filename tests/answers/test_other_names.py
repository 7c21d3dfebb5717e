"""What the file of a report is called changes no answer: the text says where and of which year it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from answers.engine import Answerer
from answers.reading.reader import Reader
from answers.reading.similarity_reader import SimilarityReader
from embeddings import Encoder
from indexer.build import build_index
from indexer.index import ReportIndex, open_index
from tests.fake_encoder import FakeEncoder

TEXT = """政府工作报告
——2023年2月8日在清溪县第十七届人民代表大会第二次会议上
县长 王明远
各位代表：
现在，我代表县人民政府向大会报告工作，请予审议。
一、2022年工作回顾
全县地区生产总值完成186.4亿元，增长4.2%；一般公共预算收入9.86亿元，同口径增长6.1%。
新建农村公路132公里，改造危旧桥梁14座，行政村通客车率达到100%。
完成老旧小区改造27个，惠及居民3460户；新增公办幼儿园学位1260个。
招引亿元以上项目21个，到位资金47.5亿元。
二、2023年工作安排
主要预期目标是：地区生产总值增长6%以上，固定资产投资增长10%，城镇新增就业2600人。
新建充电桩480个，建成标准厂房12万平方米，培育规上工业企业8家。
建设高标准农田3.2万亩，粮食产量稳定在21万吨以上。
新建乡镇卫生院3所，新增养老床位420张，城乡低保标准提高5%。
实施县城污水管网改造58公里，新增绿地6.5万平方米。
"""
NAMES = (
    "清溪县2023年政府工作报告", "报告", "2019", "杭州市2019年政府工作报告", "新建文本文档 (2)", "b7e19",
    "final(1)", "下载 (3)", "湖北省政府工作报告2021", "政府工作报告",
)  # fmt: skip
QUESTIONS = (
    "今年新建多少个充电桩？", "清溪县2023年地区生产总值的目标是多少？", "去年新建农村公路多少公里？", "新增养老床位多少张？",
    "2022年一般公共预算收入增长多少？", "建设高标准农田多少亩？", "县长是谁？", "地铁通车里程达到多少公里？",
)  # fmt: skip


def replies(folder: Path, name: str, encoder: Encoder, similar: bool) -> list[tuple[object, ...]]:
    """What is answered of the report under this name: the words, where they stand, whether it abstains."""
    folder.mkdir()
    file = folder / f"{name}.txt"
    file.write_text(TEXT, encoding="utf-8")
    build_index([file], folder / "index", encoder)
    index: ReportIndex = open_index(folder / "index", encoder.identity)
    reader: Reader | None = SimilarityReader(index) if similar else None
    answerer = Answerer(index, encoder, reader) if reader is not None else Answerer(index, encoder)
    found: list[tuple[object, ...]] = []
    for question in QUESTIONS:
        reply = answerer.ask(question)
        answer = reply.answer
        found.append((question, answer and answer.text, answer and answer.span, reply.abstained))
    return found


def test_the_same_bytes_under_ten_names_give_the_same_answers(tmp_path: Path) -> None:
    encoder = FakeEncoder()
    told = {
        name: replies(tmp_path / str(number), name, encoder, similar=True)
        for number, name in enumerate(NAMES)
    }
    first = told[NAMES[0]]
    assert any(text for _, text, _, _ in first)
    assert {name: reply for name, reply in told.items() if reply != first} == {}


@pytest.mark.model
def test_so_do_they_with_the_real_model(tmp_path: Path, model_encoder: Encoder) -> None:
    told = [
        replies(tmp_path / str(number), name, model_encoder, similar=False)
        for number, name in enumerate(NAMES)
    ]
    assert ("今年新建多少个充电桩？", "480个") in [reply[:2] for reply in told[0]]
    assert all(reply == told[0] for reply in told)
