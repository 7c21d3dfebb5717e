from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from release.offline import Target, checksums, fetch, pack, pins
from tests.conftest import ROOT

TARGET = Target("linux_x86_64", f"{sys.version_info.major}.{sys.version_info.minor}")


def tiny_wheel(folder: Path, name: str, version: str) -> Path:
    """A wheel with one module."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}-{version}-py3-none-any.whl"
    about = f"{name}-{version}.dist-info"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr(f"{name}.py", f"version = {version!r}\n")
        wheel.writestr(f"{about}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        wheel.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{about}/RECORD", "")
    return path


@pytest.fixture
def unpacked(tmp_path: Path) -> Path:
    """An archive of two tiny wheels, unpacked."""
    tiny_wheel(tmp_path / "wheels", "wenbao", "1.2.3")
    tiny_wheel(tmp_path / "wheels", "needed", "4.5")
    (tmp_path / "more.txt").write_text("# why\n-r requirements.txt\n")
    (tmp_path / "requirements.txt").write_text("needed==4.5\n")
    made = pack(tmp_path / "wheels", tmp_path / "more.txt", tmp_path / "out", "1.2.3", TARGET)
    assert made == tmp_path / "out" / f"wenbao-offline-1.2.3-linux_x86_64-python{TARGET.python}.tar"
    with tarfile.open(made) as archive:
        archive.extractall(tmp_path / "there", filter="data")
    return tmp_path / "there" / made.stem


def install(unpacked: Path, target: Path, python: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", str(unpacked / "install.sh"), str(target)],
        env={**os.environ, "PYTHON": python}, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


def test_the_archive_holds_wheels_pins_checksums_script_and_words(unpacked: Path) -> None:
    assert sorted(path.name for path in unpacked.iterdir()) == [
        "README.md", "SHA256SUMS", "install.sh", "requirements.txt", "wheels",
    ]  # fmt: skip
    assert len(list((unpacked / "wheels").iterdir())) == 2
    assert (unpacked / "requirements.txt").read_text() == "needed==4.5\n"
    for line in (unpacked / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((unpacked / name).read_bytes()).hexdigest() == digest
    script = unpacked / "install.sh"
    assert os.access(script, os.X_OK)
    for text in (script.read_text(encoding="utf-8"), (unpacked / "README.md").read_text(encoding="utf-8")):
        assert "1.2.3" in text
        assert TARGET.python in text
        assert "@" not in text.replace("$@", "")
    assert "--no-index" in script.read_text(encoding="utf-8")


def test_the_script_is_sound_for_a_plain_shell(unpacked: Path) -> None:
    subprocess.run(["sh", "-n", str(unpacked / "install.sh")], check=True)


def test_another_python_is_refused_with_what_to_do(unpacked: Path, tmp_path: Path) -> None:
    ended = install(unpacked, tmp_path / "venv", "false")
    assert ended.returncode == 1
    assert f"需要 Python {TARGET.python}" in ended.stderr
    assert not (tmp_path / "venv").exists()


def test_a_damaged_file_is_refused(unpacked: Path, tmp_path: Path) -> None:
    next((unpacked / "wheels").iterdir()).write_bytes(b"damaged")
    ended = install(unpacked, tmp_path / "venv", sys.executable)
    assert ended.returncode == 1
    assert "损坏" in ended.stderr
    assert not (tmp_path / "venv").exists()


@pytest.mark.slow
def test_it_installs_without_any_index(unpacked: Path, tmp_path: Path) -> None:
    ended = install(unpacked, tmp_path / "venv", sys.executable)
    assert ended.returncode == 0, ended.stderr
    assert "wenbao app" in ended.stdout
    program = "import wenbao, needed; print(wenbao.version, needed.version)"
    said = subprocess.run(
        [str(tmp_path / "venv" / "bin" / "python"), "-c", program], cwd=tmp_path, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    assert said.stdout.split() == ["1.2.3", "4.5"]


def test_the_pins_of_all_files_are_there_without_comments(tmp_path: Path) -> None:
    names = pins(ROOT / "requirements-ocr.txt").splitlines()
    assert all("==" in name for name in names)
    assert any(name.startswith("torch==") for name in names)
    assert any(name.startswith("rapidocr==") for name in names)


def test_checksums_are_of_wheels_only(tmp_path: Path) -> None:
    tiny_wheel(tmp_path, "needed", "4.5")
    (tmp_path / "other.txt").touch()
    assert checksums(tmp_path).count("\n") == 1


def test_every_package_is_fetched_as_a_wheel_and_the_project_is_built_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[list[str]] = []
    monkeypatch.setattr(subprocess, "run", lambda command, check: commands.append(command))
    monkeypatch.setattr(shutil, "rmtree", lambda path, ignore_errors: None)
    fetch(tmp_path, ROOT / "requirements.txt", ["here"], ["there"])
    packages, project = commands
    assert packages[1:5] == ["-m", "pip", "wheel", "--wheel-dir"]
    assert {"--find-links=here", "--extra-index-url=there"} <= set(packages)
    assert project[-2:] == ["--no-deps", str(ROOT)]
