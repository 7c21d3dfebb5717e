"""The root of the error hierarchy, and the errors of this layer.

Every error a user can meet derives from `WenbaoError`. It says, in Chinese and in English, what is
wrong, the value that offended and what to do next, so the command line and the app only print it.
Each layer defines its own kinds in its own `errors.py`.
"""

from __future__ import annotations

from embeddings.language import Language, Text


class WenbaoError(Exception):
    """Anything the user can mend. `str(error)` is the Chinese message."""

    def __init__(self, zh: str, en: str) -> None:
        # A name that came from bytes in another encoding may be in it, and has to reach any terminal.
        zh, en = (words.encode("utf-8", "backslashreplace").decode("utf-8") for words in (zh, en))
        super().__init__(zh)
        self.text = Text(zh, en)

    def message(self, language: Language = "zh") -> str:
        """The message in the language of the page."""
        return self.text.words(language)


class ModelError(WenbaoError):
    """An embedding model is missing, broken or not the one that is needed."""
