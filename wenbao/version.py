"""Which version this is."""

from __future__ import annotations

import tomllib
from importlib import metadata
from pathlib import Path


def version() -> str:
    """The version that is installed, else that of the checkout; empty where neither tells it."""
    try:
        return metadata.version("wenbao")
    except metadata.PackageNotFoundError:
        project = Path(__file__).parent.parent / "pyproject.toml"
        if not project.is_file():
            return ""
        return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])
