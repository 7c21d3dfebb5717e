from __future__ import annotations

import pytest

from tests.indexer.formats.builders import SENTENCE, lines_of, read, refusal

BODY = f"<para>各村：</para><heading>一、防火</heading><para>{SENTENCE}<b>{SENTENCE}</b>完。</para>"
EXPORTED = (
    '<?xml version="1.0" encoding="UTF-8"?><document><meta><id>8841</id><exported>2025-02-11T08:00:00</exported></meta>'
    f"<title>甲镇关于防火的通知</title><content>{BODY}</content></document>"
)


def test_the_words_of_a_document_are_read_and_what_machines_need_is_not() -> None:
    extracted = read("a.xml", EXPORTED.encode())
    assert extracted.text.splitlines() == ["甲镇关于防火的通知", "各村：", "一、防火", f"{SENTENCE * 2}完。"]
    assert extracted.declared.titles == ("甲镇关于防火的通知",)


def test_lines_inside_one_element_are_paragraphs() -> None:
    assert lines_of("a.xml", f"<doc>\n{SENTENCE}\n  {SENTENCE}完。\n</doc>".encode()) == [
        SENTENCE,
        f"{SENTENCE}完。",
    ]


@pytest.mark.parametrize(
    "markup",
    [
        f"<all><doc><title>甲</title><p>{SENTENCE}</p></doc><doc><title>乙</title><p>{SENTENCE}</p></doc></all>",
        f"<tmx><seg>{SENTENCE}</seg></tmx>",
        f'<w:document xmlns:w="http://schemas.openxmlformats.org/x"><w:t>{SENTENCE}</w:t></w:document>',
        "<doc><id>3</id></doc>",
    ],
)
def test_several_documents_and_what_programs_write_are_refused(markup: str) -> None:
    assert "XML" in refusal("a.xml", markup.encode()).en


def test_a_declared_entity_does_nothing() -> None:
    bomb = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "{"x" * 99}">]><d>{"&a;" * 99}{SENTENCE}</d>'
    assert refusal("a.xml", bomb.encode())
