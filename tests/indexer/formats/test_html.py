from __future__ import annotations

import time
from html import escape

import pytest

from indexer.formats.html import looks_like_html
from tests.indexer.formats.builders import REPORT, lines_of, read, refusal

NAVIGATION = '<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/a">政务公开</a></li></ul></div>'
FOOTER = '<div class="footer"><p>主办：甲市人民政府 备案号：1234</p><a href="/map">网站地图</a></div>'


def page(article: str, charset: str = "utf-8") -> bytes:
    text = (
        f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>报告</title><script>var 脚本 = 1;</script>'
        f"<style>p{{}}</style></head><body>{NAVIGATION}<div class='content'>{article}</div>{FOOTER}</body></html>"
    )
    return text.encode({"gb2312": "gb18030"}.get(charset, charset))


ARTICLE = "".join(f"<p>　　{escape(line)}</p>" for line in REPORT)


@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
def test_the_article_alone(charset: str) -> None:
    assert [line.strip() for line in lines_of("a.html", page(ARTICLE, charset))] == REPORT


def test_a_wrong_declaration_is_not_believed() -> None:
    data = page(ARTICLE).replace(b'charset="utf-8"', b'charset="gb2312"')
    assert [line.strip() for line in lines_of("a.html", data)] == REPORT


def test_a_page_is_recognised_by_its_content() -> None:
    assert lines_of("a.txt", page(ARTICLE))[-1] == REPORT[-1]
    assert not looks_like_html("<b>加粗</b>的文字".encode())
    assert looks_like_html(b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- x --><HTML>")
    assert not looks_like_html(b"<!---->" * 500 + b"x")


def test_tables_are_kept() -> None:
    rows = "<table><tr><th>指标</th><th>目标</th></tr><tr><td>生产总值</td><td>增长5%</td></tr></table>"
    assert "\n指标：生产总值 | 目标：增长5%\n" in read("a.html", page(ARTICLE + rows)).text


def test_the_paragraphs_of_a_page_that_is_laid_out_by_tables_stay_paragraphs() -> None:
    inner = f"<table><tr><td><a href=x>首页</a></td></tr><tr><td>{ARTICLE}</td></tr></table>"
    for laid_out in (inner, f"<table><tr><td><a href=y>栏目</a></td><td>{inner}</td></tr></table>"):
        assert set(REPORT) <= set(lines_of("a.html", page(laid_out)))


def test_spans_without_end_cost_nothing() -> None:
    cells = "<td rowspan=65534 colspan=65534>1</td>" * 1_000
    rows = f"<table><tr>{cells}</tr>{'<tr><td>1</td><td>2</td></tr>' * 15_000}</table>"
    started = time.monotonic()
    read("a.html", page(ARTICLE + rows))
    assert time.monotonic() - started < 10


def test_entities_of_a_page_stay_inert() -> None:
    data = b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + page(ARTICLE + "<p>&x;</p>")
    assert "root:" not in read("a.html", data).text


@pytest.mark.parametrize(
    "data", [b"<html></html>", b"<html><body><script>1</script></body></html>", b"<html>" + b"<div>" * 9000]
)
def test_a_page_without_text_is_refused(data: bytes) -> None:
    assert refusal("a.html", data)


def test_a_page_of_endless_tags_is_refused() -> None:
    assert "tags" in refusal("a.html", b"<html><p>x" * 120_000).en


def test_the_page_says_what_its_article_is_called() -> None:
    head = '<title>2024年溧阳市政府工作报告_溧阳市人民政府</title><meta name="ArticleTitle" content="溧阳市政府工作报告">'
    data = page(ARTICLE).replace("<title>报告</title>".encode(), head.encode())
    declared = read("t20240120_001.html", data).declared
    assert declared.titles == ("溧阳市政府工作报告", "2024年溧阳市政府工作报告")
    assert not declared.meant


def test_words_that_only_a_section_frames_are_paragraphs() -> None:
    banner = "<section><section><strong><span>一、过去五年的工作</span></strong></section></section>"
    article = f"<p>{REPORT[4] * 3}</p>{banner}<p>{REPORT[5] * 3}</p>"
    lines = read("a.html", page(article)).text.splitlines()
    assert "一、过去五年的工作" in lines
