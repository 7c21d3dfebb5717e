"""`wenbao app`: the pages in a browser, from whatever folder it is called."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from indexer.command_line import Directory


def app_script() -> Path:
    """Where `app.py` is, with the settings of its server in `.streamlit/config.toml` beside it.

    Streamlit reads the settings beside the script last, so they hold in whatever folder it is started:
    reachable from this computer only, no usage statistics, our colours and font.
    """
    installed = Path(__file__).parent / "page" / "app.py"
    return installed if installed.is_file() else Path(__file__).parent.parent / "app.py"


def start_app(
    port: Annotated[
        int | None, typer.Option("--port", min=1, max=65535, help="端口 Port (8501)", show_default=False)
    ] = None,
    index: Directory = None,
) -> None:
    """在浏览器里打开应用。Open the app in the browser."""
    command = [sys.executable, "-m", "streamlit", "run", str(app_script())]
    if port is not None:
        command += ["--server.port", str(port)]
    environment = dict(os.environ)
    if index is not None:
        environment["WENBAO_INDEX"] = str(index.absolute())
    raise typer.Exit(_run(command, environment))


def _run(command: list[str], environment: dict[str, str]) -> int:
    """Run a command to its end and give its exit status; it ends with us, whoever asks."""
    with subprocess.Popen(command, env=environment) as app:
        signal.signal(signal.SIGTERM, lambda *_: app.terminate())
        try:
            return app.wait()
        except KeyboardInterrupt:
            return app.wait()  # the keys reached the app too
