"""How much a file may ask of this machine, checked before anything is parsed.

A long report has about 60 KB of text and a megabyte as a file with pictures, so every limit leaves a
wide margin; beyond it a file is no report, or was made to exhaust memory.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from indexer.formats.result import damaged, encrypted, too_big

FILE_BYTES = 50_000_000  # .streamlit/config.toml says it too, in MiB
BATCH_BYTES = 500_000_000  # of all files that are dropped on a page at once, which lie in memory
FREE_BYTES = 1_000_000_000  # that uploads leave on the disk
HTML_BYTES = 10_000_000
HTML_TAGS = 100_000  # the time goes with them; a page has some thousands
HTML_ATTRIBUTES = 500  # of one tag; libxml2 compares each with all before it
XML_BYTES = 20_000_000  # one XML part of a document; its tree needs about 10 times that
ZIP_BYTES = 200_000_000  # all the members of an archive together, uncompressed
ZIP_MEMBERS = 5_000
ZIP_RATIO = 200  # uncompressed to compressed, of a member of more than ZIP_RATIO_FROM bytes; XML has 5-20
ZIP_RATIO_FROM = 5_000_000
PDF_PAGES = 2_000
OCR_PAGES = 300  # at about 3 s each
IMAGE_PIXELS = 60_000_000  # A3 at 400 dpi has 31 million
PDF_CHARACTERS = 3_000_000

_CHUNK = 1 << 20


def check_size(path: Path, size: int, limit: int = FILE_BYTES) -> None:
    """Refuse a file of `size` bytes that is beyond `limit` bytes.

    Raises:
        SourceError: it is too large.
    """
    if size > limit:
        megabytes = limit // 1_000_000
        raise too_big(path, f"超过 {megabytes} MB", f"is larger than {megabytes} MB")


class Archive:
    """A zip archive in memory whose members are counted as they are unpacked."""

    def __init__(self, path: Path, archive: zipfile.ZipFile, kind: str) -> None:
        self._path = path
        self._archive = archive
        self._kind = kind
        self._unpacked = 0
        self.names = frozenset(archive.namelist())

    def read(self, name: str, limit: int = XML_BYTES) -> bytes | None:
        """A member's bytes, None where there is none of that name.

        What the archive declares is not trusted: unpacking stops at `limit` bytes, or when all that
        was read from the archive passes the limit on the whole.

        Raises:
            SourceError: the member is damaged, encrypted or too large.
        """
        if name not in self.names:
            return None
        chunks: list[bytes] = []
        size = 0
        with _zip_errors(self._path, self._kind), self._archive.open(name) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                self._unpacked += len(chunk)
                if size > limit or self._unpacked > ZIP_BYTES:
                    raise _bomb(self._path)
                chunks.append(chunk)
        return b"".join(chunks)


@contextmanager
def open_archive(path: Path, data: bytes, kind: str) -> Iterator[Archive]:
    """The zip archive `data`, after a look at what its directory declares. `kind` names it in errors.

    Raises:
        SourceError: it is damaged, encrypted, or declares more than the limits.
    """
    with _zip_errors(path, kind), zipfile.ZipFile(BytesIO(data)) as archive:
        members = archive.infolist()
        if len(members) > ZIP_MEMBERS or sum(m.file_size for m in members) > ZIP_BYTES:
            raise _bomb(path)
        for member in members:
            if member.flag_bits & 0x1:
                raise encrypted(path, kind)
            if member.file_size > ZIP_RATIO_FROM and member.file_size > ZIP_RATIO * member.compress_size:
                raise _bomb(path)
        yield Archive(path, archive, kind)


@contextmanager
def _zip_errors(path: Path, kind: str) -> Iterator[None]:
    """Turn what zipfile raises on a broken archive into a `SourceError`."""
    try:
        yield
    except RuntimeError as error:
        # zipfile's word for a member that wants a password; NotImplementedError derives from it too.
        if "password" in str(error):
            raise encrypted(path, kind) from error
        raise damaged(path, kind, str(error)) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise damaged(path, kind, str(error)) from error


def _bomb(path: Path) -> Exception:
    return too_big(
        path,
        "解压后过大（像是压缩炸弹）",
        "unpacks to far more than a report holds (it looks like a zip bomb)",
    )
