"""What goes wrong, told as RFC 9457 wants it, in both languages, in the words of the project's own errors."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import Any

from starlette.datastructures import Headers
from starlette.responses import Response

from answers.errors import FeedbackError, LedgerError, QuestionError
from embeddings.errors import ModelError, WenbaoError
from embeddings.language import Language, Text
from indexer.errors import ChangedIndex, IndexFault, MissingReport, SourceError
from indexer.people.accounts import AccountError
from indexer.people.changes import ChangeLogError
from indexer.report.correction import CorrectionError
from wenbao.http.line import LineFull, TookTooLong
from wenbao.http.rate import TooOften
from wenbao.saying import AnswerDiffers

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong with a request.

    Attributes:
        type: a name for this sort of problem that stays the same: `urn:wenbao:problem:question`.
        title: the sort of problem, in words.
        detail: what is wrong, the value that offends and what to do, in the language that was asked for.
        zh, en: the same in Chinese and in English.
        request: the id of the request, by which the log knows it.
        errors: of a request that makes no sense, what is wrong where.
    """

    type: str
    title: str
    status: int
    detail: str
    zh: str
    en: str
    request: str
    errors: tuple[dict[str, str], ...] = ()


class Refused(WenbaoError):
    """A request that is not let in: nobody knows who it is, or who it is may not do that."""

    def __init__(self, status: HTTPStatus, zh: str, en: str) -> None:
        super().__init__(zh, en)
        self.status = status


class UnknownParameter(WenbaoError):
    """A parameter of the query that the address does not know: passed over, a misspelt filter would filter nothing."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        listed = ", ".join(known)
        super().__init__(
            f"没有参数 {name!r}。"
            + (f"这个地址的参数有：{listed}。" if known else "这个地址没有参数，请去掉它。"),
            f"There is no parameter {name!r}. "
            + (f"This address knows: {listed}." if known else "This address knows none: leave it out."),
        )


class ReportDiffers(WenbaoError):
    """There is a report of a name already, with another text."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"已有名为 {name!r} 的报告，正文不同，没有替换。要替换，请加 replace=true；要都保留，请给文件换一个名称。",
            f"There is a report {name!r} with another text; it was not replaced. Send replace=true to replace it, or give "
            "the file another name to keep both.",
        )


@dataclass(frozen=True, slots=True)
class _Sort:
    error: type[WenbaoError]
    status: HTTPStatus
    name: str
    title: str


# The first that fits counts.
_SORTS = (
    _Sort(QuestionError, HTTPStatus.UNPROCESSABLE_ENTITY, "question", "问题不成问题 No question"),
    _Sort(LedgerError, HTTPStatus.UNPROCESSABLE_ENTITY, "ledger", "台账做不到 Not in the ledger's power"),
    _Sort(CorrectionError, HTTPStatus.UNPROCESSABLE_ENTITY, "correction", "更正不成立 No correction"),
    _Sort(SourceError, HTTPStatus.UNPROCESSABLE_ENTITY, "source", "读不了 Not to be read"),
    _Sort(FeedbackError, HTTPStatus.UNPROCESSABLE_ENTITY, "feedback", "反馈不成立 No feedback"),
    _Sort(
        UnknownParameter,
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "request",
        "请求不对 A request that is not valid",
    ),
    _Sort(AnswerDiffers, HTTPStatus.CONFLICT, "answer", "答案变了 The answer is another"),
    _Sort(ReportDiffers, HTTPStatus.CONFLICT, "differs", "已有同名报告 There is a report of this name"),
    _Sort(MissingReport, HTTPStatus.NOT_FOUND, "report", "没有这份报告 No such report"),
    _Sort(ChangedIndex, HTTPStatus.SERVICE_UNAVAILABLE, "changed", "索引刚改过 The index has just changed"),
    _Sort(IndexFault, HTTPStatus.SERVICE_UNAVAILABLE, "index", "索引不能用 The index is of no use"),
    _Sort(ModelError, HTTPStatus.SERVICE_UNAVAILABLE, "model", "模型不能用 The model is of no use"),
    _Sort(
        AccountError,
        HTTPStatus.SERVICE_UNAVAILABLE,
        "people",
        "人员名单不能用 The list of people is of no use",
    ),
    _Sort(
        ChangeLogError, HTTPStatus.SERVICE_UNAVAILABLE, "log", "改动没有记下 The change was not written down"
    ),
    _Sort(LineFull, HTTPStatus.TOO_MANY_REQUESTS, "busy", "正忙 Busy"),
    _Sort(TooOften, HTTPStatus.TOO_MANY_REQUESTS, "rate", "太频繁 Too often"),
    _Sort(TookTooLong, HTTPStatus.GATEWAY_TIMEOUT, "time", "没有按时做完 Not done in time"),
    _Sort(WenbaoError, HTTPStatus.UNPROCESSABLE_ENTITY, "other", "不行 Not possible"),
)
_ENTRY = {
    HTTPStatus.UNAUTHORIZED: ("token", "请出示令牌 A token is wanted"),
    HTTPStatus.FORBIDDEN: ("forbidden", "不允许 Not allowed"),
}
# What the framework finds before any of our code runs.
_BEFORE = {
    404: Text(
        "没有这个地址：{path}。地址见 /openapi.json。", "There is no such address: {path}. See /openapi.json."
    ),
    405: Text("{path} 不接受 {method}。见 /openapi.json。", "{path} takes no {method}. See /openapi.json."),
    408: Text(
        "{path} 的请求没有按时到齐。请检查网络，或少给一些。",
        "The request to {path} did not arrive in time. Look at the network, or send less.",
    ),
    413: Text(
        "请求太大：最多 {most} 字节。请少给一些，或用 wenbao add 加入大文件。",
        "The request is too large: at most {most} bytes. Send less, or add large files with wenbao add.",
    ),
}
_UNREADABLE = Text(
    "读不懂 {path} 的请求：{said}。请对照 /openapi.json。",
    "The request to {path} cannot be read: {said}. See /openapi.json.",
)
_UNFIT = Text(
    "请求里的 {at} 不对：{said}。请对照 /openapi.json。",
    "{at} of the request is not valid: {said}. See /openapi.json.",
)
_FAULT = Text(
    "程序出错了，请求编号 {request}。请把编号告诉管理员，细节在日志里。",
    "The program failed; the request is {request}. Tell its owner that id: the log has the details.",
)


class Teller:
    """Writes problems for one request."""

    def __init__(
        self, headers: Headers, request: str, language: Language, private: Mapping[str, str]
    ) -> None:
        """`private`: what is not for strangers, as the path of the index, with what is said instead."""
        self._request = request
        self._language = wanted_language(headers.get("accept-language", ""), language)
        self._private = private

    def problem(self, error: WenbaoError) -> Problem:
        """An error of ours."""
        if isinstance(error, Refused):
            return self._problem(error.status, *_ENTRY[error.status], error.text)
        sort = next(sort for sort in _SORTS if isinstance(error, sort.error))
        return self._problem(sort.status, sort.name, sort.title, error.text)

    def before(self, status: int, path: str, method: str, said: str, most: int) -> Problem:
        """What the framework refuses with a status; `most` bytes a request may have here."""
        text = _BEFORE.get(status, _UNREADABLE)
        words = {"path": path, "method": method, "said": said, "most": most}
        told = Text(*(text.words(language, **words) for language in ("zh", "en")))
        return self._problem(HTTPStatus(status), "request", "请求不对 A request that is not valid", told)

    def unfit(self, errors: Sequence[Mapping[str, Any]]) -> Problem:
        """A request whose parts are not what they should be, as pydantic tells of them."""
        found = tuple({"at": ".".join(map(str, e["loc"])), "said": str(e["msg"])} for e in errors)
        told = Text(*(_UNFIT.words(language, **found[0]) for language in ("zh", "en")))
        title = "请求不对 A request that is not valid"
        return self._problem(HTTPStatus.UNPROCESSABLE_ENTITY, "request", title, told, found)

    def fault(self) -> Problem:
        """A fault of the program, of which nothing is told but the id of the request."""
        told = Text(*(_FAULT.words(language, request=self._request) for language in ("zh", "en")))
        return self._problem(
            HTTPStatus.INTERNAL_SERVER_ERROR, "fault", "程序出错 A fault of the program", told
        )

    def response(self, error: WenbaoError) -> Response:
        """The answer that tells of an error of ours, and when to come again where that is known."""
        headers = {}
        if isinstance(error, LineFull | TooOften):
            headers["Retry-After"] = str(error.seconds)
        if isinstance(error, Refused) and error.status is HTTPStatus.UNAUTHORIZED:
            headers["WWW-Authenticate"] = 'Bearer realm="wenbao"'
        return answered(self.problem(error), headers)

    def _problem(
        self, status: HTTPStatus, name: str, title: str, text: Text, errors: tuple[dict[str, str], ...] = ()
    ) -> Problem:
        zh, en = text.zh, text.en
        for secret, public in self._private.items():
            zh, en = zh.replace(secret, public), en.replace(secret, public)
        detail = zh if self._language == "zh" else en
        return Problem(
            f"urn:wenbao:problem:{name}", title, int(status), detail, zh, en, self._request, errors
        )


def answered(problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """A problem as an answer."""
    # Half of a character, which a request may hold, is written as JSON escapes it.
    text = json.dumps(asdict(problem), ensure_ascii=False).encode("utf-8", "backslashreplace")
    return Response(text, problem.status, headers, MEDIA_TYPE)


def wanted_language(accepted: str, otherwise: Language) -> Language:
    """The first of our two languages in a header Accept-Language; `otherwise` where it has neither."""
    for part in accepted.split(","):
        name = part.strip().lower()
        if name.startswith("zh"):
            return "zh"
        if name.startswith("en"):
            return "en"
    return otherwise
