"""Names for the reports in files: that of the file, and of the folders above it where several files share one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from pathlib import Path

from indexer.originals import ORIGINALS
from indexer.text.file_names import is_address, path_kept, readable

BETWEEN = "／"
"""Parts the folders from the file: 云南省／2023. No file system takes it for a folder."""


def names_of_files(files: Sequence[Path], known: Mapping[str, str] | None = None) -> dict[Path, str]:
    """A name for the report in every file; all are different, whatever the order of the files.

    It is the file's name without suffix. Files that share one are named with as many of the folders above them as
    tell them apart: 云南省／2023. Two that nothing else tells apart (2023.md and 2023.txt) keep their suffix.

    Args:
        files: the files that are taken together.
        known: the files of the reports that are in the library already, by the reports' names. A file that is among
            them keeps its name; a name that belongs to another file, which is still there, is given to no second one.
    """
    known = known or {}
    files = list(dict.fromkeys(files))
    kept = names_by_place(known, files)
    named = {path: kept[place] for path in files if (place := place_of(path)) in kept}
    taken = set(named.values())
    given = [path for path in files if path not in named]
    twins = Counter((path.parent, path.stem) for path in files)
    shown = {path: Path(readable(path)) for path in given}
    own = {
        path: shown[path].stem if twins[path.parent, path.stem] == 1 else shown[path].name for path in given
    }
    depth = dict.fromkeys(given, 0)
    while True:
        names = {path: BETWEEN.join((*_above(path, depth[path]), own[path])) for path in given}
        often = Counter(names.values())
        unclear = [
            path
            for path, name in names.items()
            if (often[name] > 1 or name in taken or _is_given(name, known))
            and depth[path] < len(_folders(path))
        ]
        if not unclear:
            return named | names
        for path in unclear:
            depth[path] += 1


def names_by_place(known: Mapping[str, str], files: Sequence[Path]) -> dict[Path, str]:
    """The names of those reports whose file may be one of `files`, by the places of their files.

    Args:
        known: the files of all reports, by the reports' names. Only where a file is called like one of `files` it is
            looked up on the disk: a library has thousands.
        files: those that are asked about.
    """
    called = {path.name for path in files}
    called |= {place_of(path).name for path in files}
    return {place_of(source): name for name, source in known.items() if _is_called(source, called)}


def _is_called(source: str, names: Set[str]) -> bool:
    """Whether a file that is kept may have one of these names; told without making a path of each of thousands."""
    ends = (source.rpartition("/")[2], source.rpartition("\\")[2])
    return not names.isdisjoint(ends) or (is_address(source) and path_kept(source).name in names)


def place_of(path: Path | str) -> Path:
    """Where a file is, however its path was written."""
    return (path_kept(path) if isinstance(path, str) else path).resolve()


def _above(path: Path, depth: int) -> tuple[str, ...]:
    folders = _folders(path)
    return folders[len(folders) - depth :]


def _folders(path: Path) -> tuple[str, ...]:
    # The folder of an upload is named by its content, which says nothing to anybody: another upload of a name is
    # another edition of that report.
    return () if _is_upload(path) else Path(readable(place_of(path))).parent.parts[1:]


def _is_given(name: str, known: Mapping[str, str]) -> bool:
    """Whether a name is another file's, and that file is there. One that was moved comes under its name again."""
    source = known.get(name)
    return source is not None and not _is_upload(source) and path_kept(source).is_file()


def _is_upload(path: Path | str) -> bool:
    return (path_kept(path) if isinstance(path, str) else path).parent.parent.name == ORIGINALS
