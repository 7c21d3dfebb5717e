"""What a server was started with; the same for all of its workers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from embeddings.language import Language

COUNTERS = "PROMETHEUS_MULTIPROC_DIR"
"""The variable that names the folder where workers count together; the counters' library reads it when it is imported."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a server was started with.

    Attributes:
        directory: the folder of the index.
        language: of citations and, where a client asks for none, of errors.
        loopback: whether only programs of this computer reach it.
        guarded: whether somebody was in the list of people when it was started; then nobody is let in without one, ever.
        shared: a folder of all workers, for what they count together; None where there is one worker that counts alone.
        workers: how many processes answer.
        at_work: how many questions a worker answers at once.
        waiting: how many may wait for that in a worker; those beyond are told to come again.
        rate: how much a client may ask for in a minute, in questions; 0 for as much as it likes.
        seconds: that a question may take, waiting counted; a comparison or an upload may take ten times that.
        origins: of pages of the web that a browser lets in, `https://example.org`.
        log_questions: whether the log tells what was asked.
    """

    directory: Path
    language: Language = "zh"
    loopback: bool = True
    guarded: bool = False
    shared: Path | None = None
    workers: int = 1
    at_work: int = 2
    waiting: int = 32
    rate: int = 300
    seconds: float = 60.0
    origins: tuple[str, ...] = ()
    log_questions: bool = False

    @property
    def read_only(self) -> bool:
        """Whether nobody may change anything: it is reached from a network and knows nobody."""
        return not self.loopback and not self.guarded
