"""Models on onnxruntime, opened as this project runs them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onnxruntime import InferenceSession


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def open_session(path: Path) -> InferenceSession:
    """A session for the model at `path`: one thread a call, so that several calls share the cores.

    Raises:
        Exception: the file cannot be read (the library raises nothing narrower).
    """
    # Imported here: the page is drawn before models are loaded.
    import onnxruntime

    onnxruntime.disable_telemetry_events()  # the rest of what `embeddings.telemetry` turns off
    options = onnxruntime.SessionOptions()
    # Two texts at once are read faster by a thread each than one after the other by two threads.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    # Threads that spin while they wait starve whatever else runs on a two-core machine.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # Beyond the basic level, addition and normalisation become one operation that is slower than the two.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), sess_options=options, providers=["CPUExecutionProvider"])
