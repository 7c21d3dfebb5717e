"""A language model of the user's own, asked over the passages of a reply; the reply stands whatever it writes."""

from __future__ import annotations

from dataclasses import dataclass

import answers.answer
from answers.engine import Answerer
from answers.errors import EndpointError
from answers.quoting.endpoint import MODEL, URL, Endpoint
from answers.quoting.given import Given, given
from answers.quoting.sentences import Sentence
from answers.quoting.write import write
from answers.service import CurrentAnswerer
from embeddings.language import Language
from indexer.report.report import Report
from wenbao import records
from wenbao.conversion import reply_record, written_record


@dataclass(frozen=True, slots=True)
class _Replied:
    """A reply, with the passages that may be sent and the reports that they are of, by name, as they were when asked."""

    reply: answers.answer.Reply
    record: records.Reply
    passages: tuple[Given, ...]
    reports: dict[str, Report]


def chosen_endpoint(endpoint: Endpoint | None) -> Endpoint:
    """The one that is given, else the one that is configured.

    Raises:
        EndpointError: there is none, or it is configured wrongly.
    """
    found = endpoint or Endpoint.configured()
    if found is None:
        raise EndpointError(
            f"没有配置语言模型。请给出 endpoint，或设 {URL} 和 {MODEL}，例如 http://127.0.0.1:11434/v1 和 qwen2.5:7b。",
            f"No language model is configured. Give an endpoint, or set {URL} and {MODEL}, to http://127.0.0.1:11434/v1 and "
            "qwen2.5:7b for example.",
        )
    return found


def written(
    current: CurrentAnswerer,
    question: str,
    documents: list[str] | None,
    endpoint: Endpoint,
    language: Language,
) -> records.Written:
    """What the library answers, and what the model writes over its passages, proven.

    Raises:
        QuestionError, IndexFault, ModelError: as `Library.ask`.
    """
    found = current.with_answerer(lambda now: _replied(now, question, documents, language))
    sentences: tuple[Sentence, ...] = ()
    error: str | None = None
    try:
        sentences = write(found.reply, found.passages, endpoint).sentences
    except EndpointError as fault:
        error = fault.message(language)
    told = [written_record(sentence, found.reports, language) for sentence in sentences]
    return records.Written(
        reply=found.record,
        sentences=tuple(one for one in told if one.struck is None),
        struck=tuple(one for one in told if one.struck is not None),
        error=error,
        model=endpoint.model,
        sent_to=endpoint.address,
    )


def _replied(now: Answerer, question: str, documents: list[str] | None, language: Language) -> _Replied:
    reply = now.ask(question, documents)
    passages = given(reply, now.index.report)
    names = {one.place.document for one in passages}
    return _Replied(
        reply,
        reply_record(reply, now.index, language),
        passages,
        {name: now.index.report(name) for name in names},
    )
