"""Mend what is written of reports in the store: from what is intact, from their files, or say what is lost.

Nothing that was altered becomes true by being mended: a value is taken where its seal proves it, or where it is read
from the file again. What cannot be had back is told. A text that was altered and whose file is gone leaves the index,
where it might be quoted; it is kept in a file beside it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from embeddings import EncoderIdentity
from indexer.errors import DamagedIndex, SourceError, unwritable
from indexer.formats import SUFFIXES
from indexer.originals import ORIGINALS, safe_name
from indexer.proof.soundness import index_problems
from indexer.reading import read_report
from indexer.report.metadata import describe
from indexer.report.records import Document, Metadata
from indexer.reports import Problem
from indexer.store.database import change_store, open_store
from indexer.store.lasting import move_in
from indexer.store.rows import Described, metadata_from, metadata_json
from indexer.store.seals import Part, Seals
from indexer.store.settings import StoreSettings, weights
from indexer.store.store import Store
from indexer.store.writing import change_index, first_settings
from indexer.text.file_names import path_kept

_LOST = "lost"  # a folder in the index directory: texts that were altered and cannot be had back


def mend_written(directory: Path, encoder: EncoderIdentity) -> tuple[Problem, ...]:
    """Make settings and descriptions of an index readable and true; what became of those that were not.

    Sections, passages and vectors are left to whoever derives them from the texts, which are true from then on.

    Raises:
        IndexFault: the index cannot be read or written.
    """
    notices = list(_mend_settings(directory, encoder))
    notices += _mend_list(directory)
    with open_store(directory) as store:
        keys = store.ids()
    folders = _folders(directory)
    for key in keys:
        notices += _mend_report(directory, key, folders)
    with change_store(directory) as store:
        store.seals.write_reports()
    return tuple(notices)


def _mend_settings(directory: Path, encoder: EncoderIdentity) -> Iterator[Problem]:
    with open_store(directory) as store:
        if _sound_settings(store) is not None:
            return
        made_by = {weights(one.rpartition("/")[0]) for one in store.embedded_by()}
    known = made_by <= {weights(encoder.fingerprint)}
    with change_store(directory) as store:
        store.forget_settings()
        # Where nobody can say which model made the vectors, it is none that anybody has: all are made anew.
        store.write_settings(first_settings(encoder if known else replace(encoder, fingerprint="?"), 1))
    yield Problem(
        "",
        "设置被改动过，已按报告的记录重新写好",
        "the settings were altered and are written anew by what the reports say",
    )


def _sound_settings(store: Store) -> StoreSettings | None:
    try:
        settings = store.settings()
    except DamagedIndex:
        return None
    return settings if store.seals.sound_settings(asdict(settings)) else None


def _mend_list(directory: Path) -> list[Problem]:
    """Let ids go on, and tell where the reports are not those that were written."""
    with open_store(directory) as store:
        found = list(index_problems(store))
    if found:
        with change_store(directory) as store:
            store.count_on()
    return [
        Problem(
            "", f"{problem.zh}；请对照自己的清单或备份，缺的可以重新加入",
            f"{problem.en}; compare with your own list or a backup, what is missing can be added again",
        )
        for problem in found
    ]  # fmt: skip


def _folders(directory: Path) -> tuple[Path, ...]:
    """Where the files of reports lie: where those of others came from, and where uploads are kept."""
    with open_store(directory) as store:
        sources = [described.source for key in store.ids() if (described := store.described(key))]
    found = dict.fromkeys(Path(source).parent for source in sources if isinstance(source, str))
    return (*found, *sorted((directory / ORIGINALS).glob("*")))


def _mend_report(directory: Path, key: int, folders: tuple[Path, ...]) -> list[Problem]:
    while True:
        with open_store(directory) as store:
            described = store.described(key)
            if described is None or _is_true(store, described):
                return []
            made = _Mending(described, store.seals, folders, store.names()).made()
        lost = _kept_text(directory, made) if made.lost else None
        with change_index(directory) as writer:
            if writer.store.described(key) != described:
                continue  # somebody else changed or removed it meanwhile
            writer.store.describe(made.described)
            if lost is not None:
                writer.remove(str(made.described.name))
        return [*made.notices, *([] if lost is None else [_lost(made, lost)])]


def _is_true(store: Store, described: Described) -> bool:
    if store.seals.broken_description(described.id):
        return False
    return isinstance(described.text, str) and _digest(described.text) == described.text_digest


@dataclass(frozen=True, slots=True)
class _Made:
    """What is to be written of a report.

    Attributes:
        lost: whether its text cannot be had back; `altered` is then what stood in its place.
    """

    described: Described
    notices: tuple[Problem, ...]
    altered: object = None
    lost: bool = False


class _Mending:
    """Finds out what is to be written of one report."""

    def __init__(
        self, described: Described, seals: Seals, folders: tuple[Path, ...], names: list[str]
    ) -> None:
        self._now = described
        self._seals = seals
        self._sealed = seals.has(described.id)
        self._folders = folders
        self._names = names
        self._notices: list[tuple[str, str]] = []

    def made(self) -> _Made:
        """The columns that are proved, read again or given up."""
        now = self._now
        text = now.text if self._is_text(now.text) else None
        file = self._file(text)
        if text is None and file is not None:
            text = file.text
            self._tell("正文已从源文件恢复", "its text was read from its file again")
        name = self._name(file)
        if text is None:
            blank = Described(
                now.id, name, metadata_json(Metadata(name)), "", "0" * 64, "", _digest(""), 0, "[]"
            )
            return _Made(blank, self._told(name), now.text, lost=True)
        source, source_digest = self._source(file)
        described = Described(
            now.id, name, self._metadata(name, str(text), file), source, source_digest,
            text, _digest(str(text)), len(str(text)), self._pages(file),
        )  # fmt: skip
        if not self._sealed:
            self._tell(
                "它的封印丢失，已按现有内容重新封存，请核对",
                "its seals were gone; it is sealed as it stands, look it over",
            )
        return _Made(described, self._told(name))

    def _fits(self, part: Part, *columns: object) -> bool:
        """Whether columns are those that were written; without seals nobody can say more than that they make sense."""
        return self._seals.fits(self._now.id, part, *columns) if self._sealed else True

    def _is_text(self, text: object) -> bool:
        if not isinstance(text, str):
            return False
        if not self._sealed:
            return _digest(text) == self._now.text_digest
        return self._seals.fits(self._now.id, Part.TEXT, _digest(text), len(text))

    def _file(self, text: object) -> Document | None:
        """The report as its file says it, where there is one with the text that was indexed."""
        for path in self._paths():
            try:
                found = read_report(path).document
            except SourceError:
                continue
            if found.text == text or (text is None and (self._is_text(found.text) or self._is_file(found))):
                return found
        return None

    def _is_file(self, found: Document) -> bool:
        """Whether this is the very file that was indexed, byte for byte."""
        now = self._now
        return found.source_digest == now.source_digest and self._fits(
            Part.SOURCE, now.source, now.source_digest
        )

    def _paths(self) -> Iterator[Path]:
        now = self._now
        stems = [now.name] if isinstance(now.name, str) else []
        if isinstance(now.source, str) and now.source:
            yield path_kept(now.source)
            stems.append(path_kept(now.source).stem)
        for folder in self._folders:
            for stem in dict.fromkeys(stems):
                for suffix in SUFFIXES:
                    path = folder / f"{stem}{suffix}"
                    if path.is_file():
                        yield path

    def _name(self, file: Document | None) -> str:
        now = self._now
        wanted = [now.name, *([file.name] if file else [])]
        if isinstance(now.source, str):
            wanted.append(path_kept(now.source).stem)
        for name in wanted:
            if isinstance(name, str) and name and self._fits(Part.NAME, name):
                return name
        name = next((name for name in wanted if isinstance(name, str) and name), f"report-{now.id}")
        if name != now.name and name in self._names:
            name = f"{name}-{now.id}"
        self._tell("它原来的名称无法复原", "the name that it had cannot be had back")
        return name

    def _source(self, file: Document | None) -> tuple[str, str]:
        source, digest = self._now.source, self._now.source_digest
        if isinstance(source, str) and isinstance(digest, str) and self._fits(Part.SOURCE, source, digest):
            return source, digest
        if file is not None:
            return file.source, file.source_digest
        self._tell("源文件的路径无法复原", "the path of its file cannot be had back")
        return source if isinstance(source, str) else "", digest if isinstance(digest, str) else "0" * 64

    def _pages(self, file: Document | None) -> str:
        pages = self._now.pages
        if isinstance(pages, str) and _are_pages(pages) and self._fits(Part.PAGES, pages):
            return pages
        if file is not None:
            return json.dumps(file.pages)
        self._tell("页码无法复原，引文不再注明页码", "its pages cannot be had back; citations name none")
        return "[]"

    def _metadata(self, name: str, text: str, file: Document | None) -> str:
        written = self._now.metadata
        if isinstance(written, str) and _is_metadata(written) and self._fits(Part.METADATA, written):
            return written
        found = metadata_json(file.metadata if file is not None else describe(name, text))
        if not self._fits(Part.METADATA, found):
            self._tell(
                "标题、地区、年份等已重新读取；人工更正过的请再更正一次",
                "title, region, year … were read again; what people had corrected is to be corrected again",
            )
        return found

    def _tell(self, zh: str, en: str) -> None:
        self._notices.append((zh, en))

    def _told(self, name: str) -> tuple[Problem, ...]:
        return tuple(Problem(name, zh, en) for zh, en in self._notices)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _are_pages(written: str) -> bool:
    try:
        pages = json.loads(written)
    except ValueError:
        return False
    return isinstance(pages, list) and all(type(page) is int for page in pages)


def _is_metadata(written: str) -> bool:
    try:
        metadata_from(written)
    except (ValueError, TypeError, KeyError, AttributeError):
        return False
    return True


def _kept_text(directory: Path, made: _Made) -> Path:
    """Write an altered text into a file of its own beside the index."""
    text = made.altered
    content = text if isinstance(text, bytes) else str(text).encode("utf-8", "replace")
    folder = directory / _LOST / hashlib.sha256(content).hexdigest()[:16]
    path = folder / safe_name(f"{made.described.name}.txt")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.part")
        part.write_bytes(content)
        move_in(part, path)
    except OSError as error:
        raise unwritable(directory, error) from error
    return path


def _lost(made: _Made, path: Path) -> Problem:
    return Problem(
        str(made.described.name),
        f"正文被改动过，源文件也没有了：已移出索引，不会再被引用。改动过的正文存在 {path}；有原来的文件请重新加入",
        f"its text was altered and its file is gone: it left the index and is quoted no more. The altered text is kept in "
        f"{path}; where you have the file, add it again",
    )
