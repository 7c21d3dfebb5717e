"""Starts a real Milvus for tests: `python -m tests.servers.start_milvus FOLDER PORT`, in the servers' environment."""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import sys
import urllib.request
from pathlib import Path

from milvus import MilvusServerConfig, _initialize_data_files

from tests.servers.own_network import enter_own_network, forward
from tests.servers.tied_server import Launch, serve

_METRICS_PORT = 9091


def main(folder: Path, port: int) -> None:
    """Run the server with its data in `folder`, seen at 127.0.0.1 on `port` (0: a free one)."""
    binaries = _unpacked(Path(sys.prefix) / "milvus-binaries")
    # Milvus listens on every address and on a dozen ports, one of which cannot be chosen.
    with socket.create_server(("127.0.0.1", port)) as door:
        enter_own_network()
        config = _configured(folder)
        forward(door, int(config.get("proxy_port")))
        launch = Launch(
            command=[binaries / "milvus", "run", "standalone"],
            folder=folder,
            stop_signal=signal.SIGTERM,
            environment={
                **os.environ,
                "DEPLOY_MODE": "STANDALONE",
                "METRICS_PORT": str(_METRICS_PORT),
                "LD_LIBRARY_PATH": str(binaries),
            },
        )
        serve(launch, door.getsockname()[1], _is_healthy)


def _unpacked(folder: Path) -> Path:
    """The server's programs, 250 MB, unpacked once for an environment."""
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _initialize_data_files(str(folder))
    return folder / "bin"


def _configured(folder: Path) -> MilvusServerConfig:
    config = MilvusServerConfig(data_dir=str(folder))
    # A server that was killed holds its place for so many seconds: 30 by default.
    config.set("common.session.ttl", 3)
    config.resolve()
    return config


def _is_healthy() -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{_METRICS_PORT}/healthz", timeout=5) as answer:
            return b"OK" in answer.read()
    except OSError:
        return False


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
