"""The page of a PDF as it was printed, beside the quotation: drawn when somebody asks for it."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from embeddings import WenbaoError
from indexer.formats.printed_page import PrintedPage, printed_page
from indexer.report.report import Report
from indexer.store.catalogue import ReportEntry
from indexer.text.file_names import path_kept
from indexer.text.sentences import clause_around, sentences
from indexer.text.span import Span
from views.shared.markup import plain
from views.shared.wording import SharedWording


def printed_file(entry: ReportEntry) -> Path | None:
    """The PDF that a report was read from: the upload that is kept, or the file where it lies, unchanged; else None."""
    path = path_kept(entry.source)
    if path.suffix.lower() != ".pdf":
        return None
    try:
        now = path.stat()
    except (OSError, ValueError):
        return None
    is_unchanged = _is_unchanged(entry.source, entry.source_digest, now.st_mtime_ns, now.st_size, entry)
    return path if is_unchanged else None


def quoted_around(report: Report, mark: Span) -> tuple[str, ...]:
    """What is sought on the page for a mark: its sentence, where that goes on over the page its clause. 5% alone may stand
    there many times."""
    text = report.text
    sentence = next((one for one in sentences(text) if one.holds(mark)), mark)
    clause = clause_around(text, sentence, mark)
    return tuple(dict.fromkeys((sentence.of(text), clause.of(text))))


def draw_printed_page(path: Path, report: Report, mark: Span, words: SharedWording) -> None:
    """Draw the page of a mark with its sentence marked; a file that cannot be drawn is told."""
    number, quotations = report.document.page_of(mark.start), quoted_around(report, mark)
    if number is None:
        return
    try:
        with st.spinner(words.drawing_page):
            page = _page(report.document.source_digest, str(path), number, quotations)
    except WenbaoError as error:
        st.warning(plain(error.message(words.language)), icon=":material/error:")
        return
    st.image(page.image, width="stretch")
    st.caption(words.printed_marked if page.marked else words.printed_unmarked)


@st.cache_resource(show_spinner=False, max_entries=64)
def _is_unchanged(source: str, digest: str, changed_at: int, size: int, _entry: ReportEntry) -> bool:
    """As the entry tells by reading the file: once, as long as it looks the same, for a scan may have 50 MB."""
    return _entry.is_unchanged()


@st.cache_resource(show_spinner=False, max_entries=16)
def _page(digest: str, path: str, number: int, quotations: tuple[str, ...]) -> PrintedPage:
    return printed_page(Path(path), number, quotations)
