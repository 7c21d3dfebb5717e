"""Web archives (.mhtml, .mht): the page that a browser or Word saved as one file, out of its envelope."""

from __future__ import annotations

import email
import email.policy
import re
from email.errors import MessageError
from email.message import EmailMessage
from pathlib import Path

from indexer.formats.html import read_html
from indexer.formats.plain_text import known_codec
from indexer.formats.result import Extracted, damaged, refused, too_big

KIND = "MHTML"
SUFFIXES = (".mhtml", ".mht")
_LOOKED_AT = 8_192  # bytes in which the envelope opens
_MOST_PARTS = 2_000  # pictures and style sheets; a page of news has some fifty
_HEADER = re.compile(rb"\s{0,20}[A-Za-z][A-Za-z-]{1,60}:[^\r\n]{0,2000}\r?\n")
_NEEDED = (
    re.compile(rb"^mime-version:", re.I | re.M),
    re.compile(rb"^content-type:\s*multipart/", re.I | re.M),
)
# The parser of headers takes the square of their length.
_CONTENT = re.compile(rb"^content-[a-z-]{1,40}:[^\n]*(?:\n[ \t][^\n]*)*", re.I | re.M)
_LONGEST_HEADER = 5_000  # bytes
_MAIL = re.compile(rb"^(?:received|return-path|delivered-to|message-id):", re.I | re.M)


def looks_like_archive(data: bytes) -> bool:
    """Whether the content opens as the envelope of several parts does."""
    head = data[:_LOOKED_AT].lstrip(b"\xef\xbb\xbf")
    return bool(_HEADER.match(head)) and all(needed.search(head) for needed in _NEEDED)


def read_mhtml(path: Path, data: bytes) -> Extracted:
    """The main text of the page in a web archive.

    Raises:
        SourceError: it is a letter, it holds no page, or the page cannot be read.
    """
    if _MAIL.search(data[:_LOOKED_AT]):
        raise refused(
            path, "是电子邮件，不是报告", "is a letter, not a report",
            "请把报告从邮件里存出来再给", "Save the report out of it",
        )  # fmt: skip
    if data.count(b"\n--") > _MOST_PARTS * 2 or data.lower().count(b"boundary=") > _MOST_PARTS:
        raise too_big(path, f"超过 {_MOST_PARTS} 个部分", f"has more than {_MOST_PARTS} parts")
    if any(len(header[0]) > _LONGEST_HEADER for header in _CONTENT.finditer(data)):
        raise damaged(path, KIND)
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        page = _page_of(message)
        body = page.get_payload(decode=True) if page is not None else None
        charset = page.get_content_charset() if page is not None else None
    except (
        MessageError,
        LookupError,
        ValueError,
        RecursionError,
        AttributeError,
        TypeError,
        IndexError,
    ) as error:
        # The parser of headers of the standard library raises all of these on malformed ones.
        raise damaged(path, KIND, str(error)) from error
    if not isinstance(body, bytes) or not body.strip():
        raise damaged(path, KIND)
    return read_html(path, body, known_codec(charset) if charset else None)


def _page_of(message: EmailMessage) -> EmailMessage | None:
    """The part that is the page: the one that the envelope names, else the first of HTML."""
    start = re.search(r"start=\"?<([^>\"]{1,200})>", str(message.get("Content-Type", "")))
    pages = [
        part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")
    ]
    named = [part for part in pages if start and str(part.get("Content-ID", "")).strip("<> ") == start[1]]
    return next(iter((*named, *pages)), None)
