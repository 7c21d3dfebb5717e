"""The root of the error hierarchy, and the errors of this layer.

Every error a user can meet derives from `WenbaoError`. It says, in Chinese and in English, what is
wrong, the value that offended and what to do next, so the command line and the app only print it.
Each layer defines its own kinds in its own `errors.py`.
"""

from __future__ import annotations

from typing import Literal

Language = Literal["zh", "en"]


class WenbaoError(Exception):
    """Anything the user can mend. `str(error)` is the Chinese message."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.zh = zh
        self.en = en

    def message(self, language: Language = "zh") -> str:
        """The message in the language of the page."""
        return self.zh if language == "zh" else self.en


class ModelError(WenbaoError):
    """An embedding model is missing, broken or not the one that is needed."""
