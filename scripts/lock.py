"""Write the locks: every package that the requirements files bring, with the digests of its files.

    pip install uv
    python -m scripts.lock

The readable lists say what is wanted, the locks what was had, on any system and Python that the project is for. torch is in
none: its build is chosen by the machine, as README.md tells.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from scripts.requirements import LOCKS, ROOT, is_left_out

_HEAD = "# Written by python -m scripts.lock; torch is not in it, see README.md.\n"


def main() -> None:
    """Resolve the lists anew and write both locks."""
    for lock, lists in LOCKS.items():
        (ROOT / lock).write_text(_HEAD + "".join(kept(resolved(lists))), encoding="utf-8", newline="\n")


def resolved(lists: Sequence[str]) -> str:
    """What uv makes of requirements files.

    Raises:
        CalledProcessError: there is no set of versions for them; uv has said why.
    """
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "lock"
        command = ["uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
        command += ["--generate-hashes", "--no-emit-index-url", "--no-annotate", "--no-header"]
        subprocess.run([*command, "--output-file", str(out), *lists], cwd=ROOT, check=True)
        return out.read_text(encoding="utf-8")


def kept(lock: str) -> Iterator[str]:
    """The entries of a lock, of several lines each, without those that are left out."""
    for entry in re.findall(r"^\S.*(?:\n[ \t].*)*\n", lock, re.M):
        if not is_left_out(re.split(r"[=\[ ]", entry, maxsplit=1)[0]):
            yield entry


if __name__ == "__main__":
    main()
