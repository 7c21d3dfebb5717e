from __future__ import annotations

import pytest

from indexer.report.closing import Closing, closing_of

BODY = "为做好工作，现将有关事项通知如下。\n一、加强领导，压实责任，确保各项措施落到实处。\n"


@pytest.mark.parametrize(
    ("end", "closing"),
    [
        ("某市财政局\n2020年2月20日", Closing(("某市财政局",), "2020-02-20")),
        ("人力资源社会保障部\n财政部\n税务总局\n2020年2月20日\n", Closing(("人力资源社会保障部", "财政部", "税务总局"), "2020-02-20")),
        ("某部 某总局\n二〇二〇年二月二十日\n（此件公开发布）", Closing(("某部", "某总局"), "2020-02-20")),
        ("某镇人民政府2023年9月25日", Closing(("某镇人民政府",), "2023-09-25")),
        ("附件：2.操作指南某市应急指挥部2020年2月13日", Closing((), "2020-02-13")),
        ("請各單位遵照執行，並將辦理情況報來。\n國務院辦公廳\n2020年2月20日", Closing(("国务院办公厅",), "2020-02-20")),
        ("让我们共同努力！", Closing()),
        ("到2025年2月20日完成。", Closing()),
    ],
)  # fmt: skip
def test_who_issued_a_document_and_when_stands_below_it(end: str, closing: Closing) -> None:
    assert closing_of(BODY + end) == closing
