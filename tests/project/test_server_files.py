"""The files of docs/server name commands, options, ports and files that there are."""

from __future__ import annotations

import configparser
import re
import shlex

import pytest

from tests.conftest import ROOT
from tests.project.documents import command_in, options_of, real_commands

FOLDER = ROOT / "docs" / "server"
UNITS = ("wenbao.service", "wenbao-http.service")
_STREAMLIT = {"--server.headless", "--server.port", "--server.address"}


def started(name: str) -> str:
    """The command of a unit."""
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string((FOLDER / name).read_text(encoding="utf-8"))
    return unit["Service"]["ExecStart"].removeprefix("/opt/wenbao/.venv/bin/")


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_starts_what_there_is_without_more_rights_than_it_needs(name: str) -> None:
    command = started(name)
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert {"NoNewPrivileges=true", "ProtectSystem=strict", "UMask=0077", "User=wenbao"} <= set(
        text.splitlines()
    )
    assert "0.0.0.0" not in text, "only the proxy reaches it"
    words = {word for word in shlex.split(command) if word.startswith("--")}
    called = command_in(command.replace("python -m wenbao", "wenbao"))
    if called is None:
        assert command.startswith("streamlit run app.py") and words <= _STREAMLIT
    else:
        assert words <= options_of(real_commands()[called[0]])


def test_the_proxy_sends_on_to_the_ports_of_the_units_and_says_who_asks() -> None:
    proxy = (FOLDER / "nginx.conf").read_text(encoding="utf-8")
    ports = {re.search(r"port (\d+)", started(name))[1] for name in UNITS}  # type: ignore[index]
    assert set(re.findall(r"127\.0\.0\.1:(\d+)", proxy)) == ports == {"8501", "8700"}
    for location in proxy.split("location")[1:2]:
        assert (
            "X-Forwarded-For" in location or "proxy_set_header X-Forwarded-For" in proxy.split("location")[0]
        )
    # What a location sets takes the place of all that is set above it.
    with_own = [one for one in proxy.split("location")[1:] if "proxy_set_header" in one]
    assert with_own and all("X-Forwarded-For" in one and "Host $host" in one for one in with_own)
    assert proxy.count("{") == proxy.count("}")


def test_the_image_is_made_of_files_that_there_are_and_runs_as_nobody_special() -> None:
    image = (FOLDER / "Dockerfile").read_text(encoding="utf-8")
    (copied,) = re.findall(r"^COPY (requirements.*) \./$", image, re.M)
    for name in copied.split():
        assert (ROOT / name).is_file()
    assert image.index("USER wenbao") < image.index("CMD [")
    torch = re.search(r"torch==([\d.]+)", image)
    assert torch is not None and f"torch=={torch[1]}" in (ROOT / "requirements.txt").read_text(
        encoding="utf-8"
    )
    called = [line.partition("python -m wenbao ")[2] for line in image.splitlines()]
    commands = [command_in(f"wenbao {rest}") for rest in called if rest]
    assert len(commands) == 2
    for name, words in filter(None, commands):
        assert {word for word in words if word.startswith("--")} <= options_of(real_commands()[name])
