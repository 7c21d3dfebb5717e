"""Old and other word processors' files (.doc, .wps, .rtf, .odt), turned into .docx by LibreOffice."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from indexer.allowance import Slow, ask_for
from indexer.formats.docx import read_docx
from indexer.formats.limits import FILE_BYTES, check_size
from indexer.formats.result import Extracted, damaged, refused

_SECONDS = 120  # a report takes 2-5, the first start of a new profile included
_MEMORY = 4 << 30  # bytes of address space
_PROGRAMS = ("soffice", "libreoffice")
# The document is a stranger's: no macros, nothing fetched from the network, no links followed.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def read_office(path: Path, data: bytes, suffix: str) -> Extracted:
    """The text of a file that LibreOffice can open, by way of .docx. `suffix` says what it is.

    LibreOffice runs in a temporary folder with a profile of its own, so one that is open on the desk
    is not disturbed and nothing is left behind.

    Raises:
        SourceError: LibreOffice is not installed, does not finish in time or cannot open the file.
    """
    program = _program()
    ask_for(_SECONDS, Slow.CONVERTING)
    if program is None:
        raise refused(
            path, f"是 {suffix} 文件，要靠 LibreOffice 打开", f"is a {suffix} file, which LibreOffice has to open",
            "请安装 LibreOffice，或用 Word、WPS 另存为 .docx", "Install LibreOffice, or save it as .docx in Word or WPS",
        )  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="wenbao-office-", ignore_cleanup_errors=True) as folder:
        working = Path(folder)
        profile = working / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        source = working / f"report{suffix}"
        source.write_bytes(data)
        _convert(path, program, working, source)
        converted = working / "out" / "report.docx"
        if not converted.is_file():
            raise damaged(path, suffix, "LibreOffice")
        check_size(path, converted.stat().st_size, FILE_BYTES)
        return read_docx(path, converted.read_bytes())


def _program() -> str | None:
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)


def _convert(path: Path, program: str, working: Path, source: Path) -> None:
    command = [
        program, "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo",
        f"-env:UserInstallation={(working / 'profile').as_uri()}",
        "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(working / "out"), str(source),
    ]  # fmt: skip
    try:
        # In a session of its own, so that the program its start script runs ends with it.
        process = subprocess.Popen(
            command, cwd=working, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True, env={**os.environ, "HOME": str(working)},
        )  # fmt: skip
    except OSError as error:
        raise refused(
            path, f"要靠 LibreOffice 打开，而它没能启动（{error.strerror}）",
            f"needs LibreOffice, which did not start ({error.strerror})",
            "请检查 LibreOffice，或另存为 .docx", "Check LibreOffice, or save it as .docx",
        ) from error  # fmt: skip
    try:
        _limit_memory(process.pid)
        process.wait(_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise refused(
            path, f"LibreOffice 在 {_SECONDS} 秒内没能打开它", f"was not opened by LibreOffice within {_SECONDS} s",
            "请用 Word 或 WPS 另存为 .docx", "Save it as .docx in Word or WPS",
        ) from error  # fmt: skip
    finally:
        _stop(process)


def _limit_memory(process: int) -> None:
    if sys.platform == "linux":
        # Where the module is missing, the program has ended already or the system does not allow it, the
        # time it is given remains its only limit.
        with suppress(ImportError, OSError, ValueError):
            import resource

            resource.prlimit(process, resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the program and what it started, where it is still running."""
    if process.poll() is not None:
        return
    try:
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    except OSError:
        pass
    process.wait()
