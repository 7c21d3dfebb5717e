"""The servers of the tests harm nobody: none is seen from outside, none outlives the tests."""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
import textwrap
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.servers.conftest import servers_python
from tests.servers.server_process import ServerProcess

pytestmark = pytest.mark.servers

_LISTENS = "0A"
_LOOPBACK = "0100007F"  # 127.0.0.1 in the byte order of /proc/net/tcp
_PATIENCE_S = 15.0


def listening(pid: int) -> set[str]:
    """The addresses of this network, in hexadecimal, where a process waits for connections."""
    held = {str(handle.readlink()) for handle in Path(f"/proc/{pid}/fd").iterdir()}
    lines = [
        line.split()
        for table in ("tcp", "tcp6")
        for line in Path(f"/proc/net/{table}").read_text(encoding="ascii").splitlines()[1:]
    ]
    return {
        line[1].partition(":")[0] for line in lines if line[3] == _LISTENS and f"socket:[{line[9]}]" in held
    }


def is_alive(pid: int) -> bool:
    return Path(f"/proc/{pid}/exe").exists()


def test_both_are_seen_at_127_0_0_1_and_nowhere_else(
    milvus_server: ServerProcess, postgres_server: ServerProcess
) -> None:
    for server in (milvus_server, postgres_server):
        assert listening(server.starter_pid) | listening(server.pid) == {_LOOPBACK}


@pytest.mark.parametrize("starter", ["tests.servers.start_milvus", "tests.servers.start_postgres"])
def test_a_server_ends_with_the_program_that_started_it(starter: str) -> None:
    program = """
        import sys
        from pathlib import Path
        from tests.servers.server_process import ServerProcess
        python, starter, folder = sys.argv[1:]
        server = ServerProcess(Path(python), starter, Path(folder))
        server.start()
        print(server.pid, flush=True)
        sys.stdin.read()
    """
    with tempfile.TemporaryDirectory(prefix="wenbao-server-") as folder:
        with subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(program), servers_python(), starter, folder],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        ) as started:  # fmt: skip
            assert started.stdout is not None
            server = int(started.stdout.readline())
            assert is_alive(server)
            started.send_signal(signal.SIGKILL)
        deadline = time.monotonic() + _PATIENCE_S
        while is_alive(server):
            assert time.monotonic() < deadline
            time.sleep(0.1)


def test_a_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    server = ServerProcess(servers_python(), "tests.servers.start_postgres", tmp_path / "nowhere")
    with pytest.raises(RuntimeError, match="nowhere"):
        server.start()
