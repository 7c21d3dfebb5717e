"""Where an index lives when nobody says, and where the example reports are."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs


def default_index_directory() -> Path:
    """`WENBAO_INDEX` where it is set, else a directory in the user's data directory."""
    configured = os.environ.get("WENBAO_INDEX", "").strip()
    return Path(configured) if configured else Path(platformdirs.user_data_dir("wenbao")) / "index"


def example_reports() -> Path:
    """The folder of the reports that ship with the project: `seeds/` of a checkout, a copy where installed."""
    installed = Path(__file__).parent / "seeds"
    return installed if installed.is_dir() else Path(__file__).parent.parent / "seeds"
