from __future__ import annotations

from answers.citation import citation
from answers.engine import Answerer
from indexer.document import Document


def test_a_citation_quotes_the_sentence_and_says_where_to_check_it(
    answerer: Answerer, seed_document: Document
) -> None:
    answer = answerer.ask("有效发明专利拥有量达多少件？").answers[0]
    parsed = answerer.index.document(answer.place.document)
    sentence = "加强知识产权全链条保护,有效发明专利拥有量达5.3万件。"
    start = seed_document.text.index(sentence)
    for language, words in (
        ("zh", f"第 {start}—{start + len(sentence)} 字"),
        ("en", f"characters {start}-{start + len(sentence)}"),
    ):
        text = citation(answer, parsed, "zh" if language == "zh" else "en")
        assert text.startswith(f"“{sentence}”")
        assert words in text
        assert seed_document.source_digest[:12] in text
        assert seed_document.metadata.title in text
        assert "推进科技成果转移转化。" in text
