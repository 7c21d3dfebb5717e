"""A report taken out of an index so that it can be put back: whole, with its vectors and what people said of it."""

from __future__ import annotations

from embeddings import EncoderIdentity
from indexer.errors import DamagedIndex, IndexFault, no_report
from indexer.location import AnyPath, path_of
from indexer.originals import forget_uploads, wait_again
from indexer.store.rows import EmbeddedReport
from indexer.store.settings import check_model
from indexer.store.writing import IndexWriter, change_index, refresh_vectors
from indexer.text.file_names import path_kept


def take_out(name: str, directory: AnyPath) -> EmbeddedReport | None:
    """Remove a report from the index and give it back; None, and its upload is gone, where it is damaged.

    A file that was uploaded stays a day beside the index, then it is deleted with the next import; `let_go` does it now.

    Raises:
        IndexFault: the index cannot be read or written, or has no report of such a name.
    """
    directory = path_of(directory)
    with change_index(directory) as writer:
        entry = writer.store.entry(name)
        if entry is None:
            raise no_report(name, writer.store.names())
        whole = _whole(writer, name)
        writer.remove(name)
    refresh_vectors(directory)
    file = path_kept(entry.source)
    if whole is None:
        forget_uploads(directory, [file])
    else:
        wait_again(directory, file)
    return whole


def put_back(taken: EmbeddedReport, directory: AnyPath, encoder: EncoderIdentity) -> None:
    """Add a report that was taken out, as it was.

    Raises:
        IndexFault: the index cannot be read or written, or has a report of its name by now.
        ModelMismatch: it was made with another model since.
    """
    directory = path_of(directory)
    with change_index(directory) as writer:
        check_model(directory, writer.store.settings(), encoder)
        if writer.store.entry(taken.report.name) is not None:
            raise _name_taken(taken.report.name)
        writer.add(taken)
    refresh_vectors(directory)


def let_go(taken: EmbeddedReport, directory: AnyPath) -> None:
    """Delete the upload of a report that nobody will put back.

    Raises:
        IndexFault: the index cannot be read.
    """
    forget_uploads(directory, [path_kept(taken.report.document.source)])


def _whole(writer: IndexWriter, name: str) -> EmbeddedReport | None:
    try:
        return writer.store.embedded_report(name)
    except DamagedIndex:
        return None  # what was altered behind our back is not written again


def _name_taken(name: str) -> IndexFault:
    return IndexFault(
        f"文库里又有了名为 {name} 的报告，先前移除的没有放回。要放回它，请先移除现在这一份。",
        f"The library has a report named {name} again, so the removed one was not put back. Remove the present one first.",
    )
