from __future__ import annotations

import os
from pathlib import Path

import pytest

from indexer.text.file_names import kept_path, path_kept, readable

GBK = Path(os.fsdecode(os.fsencode("报告/") + "宁波市政府工作报告2024.txt".encode("gbk")))
NO_TEXT = Path(os.fsdecode(b"/reports/\xff\xfe\xff.txt"))


def test_a_name_in_gbk_is_read_as_chinese_beside_a_folder_in_utf8() -> None:
    assert readable(GBK) == "报告/宁波市政府工作报告2024.txt"


def test_bytes_in_no_encoding_are_escaped() -> None:
    assert readable(NO_TEXT) == "/reports/\\udcff\\udcfe\\udcff.txt"
    assert readable(Path("\ud800")) == "\\ud800"


@pytest.mark.parametrize("path", [Path("a.txt"), Path("/报告/甲 %41.txt"), NO_TEXT, GBK.absolute()])
def test_a_kept_path_is_text_that_leads_back(path: Path) -> None:
    kept = kept_path(path)
    assert kept.encode("utf-8")
    assert path_kept(kept) == path


def test_a_path_that_is_text_is_kept_as_it_is() -> None:
    assert kept_path(Path("报告/甲.txt")) == "报告/甲.txt"
