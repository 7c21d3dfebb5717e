"""Nothing tells anybody of its use: the telemetry of all libraries is off before any of them is imported.

onnxruntime looks up a host of Microsoft's and keeps an id of the device in the user's cache as soon as it is
imported; a call that turns it off afterwards is too late. So this is done when `embeddings` is imported, on
which every other part of the project stands.
"""

from __future__ import annotations

import os

OFF = {
    "ORT_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    # langsmith comes with langchain-text-splitters, and sends what it traces where a shell asks for it.
    "LANGSMITH_TRACING": "false",
    "LANGSMITH_TRACING_V2": "false",
    "LANGCHAIN_TRACING": "false",
    "LANGCHAIN_TRACING_V2": "false",
    # Beside .streamlit/config.toml: for an app that is started from elsewhere.
    "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false",
    "DO_NOT_TRACK": "1",
}
"""What turns telemetry off, as the environment of this process and of those that it starts."""


def turn_off_telemetry() -> None:
    """Set the environment; what a shell says to the contrary does not count."""
    os.environ.update(OFF)
