"""What a language model writes over the passages of a reply, proven sentence by sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from answers.answer import Reply
from answers.quoting.draft import read_draft
from answers.quoting.endpoint import Endpoint
from answers.quoting.given import Given
from answers.quoting.prompt import messages
from answers.quoting.proof import prove
from answers.quoting.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Written:
    """What a language model wrote.

    Attributes:
        sentences: in its order, those that were struck out too; none where it was not asked.
    """

    sentences: tuple[Sentence, ...]

    @property
    def standing(self) -> tuple[Sentence, ...]:
        """Those that rest on their quotations. None: the extracted answer stands alone."""
        return tuple(sentence for sentence in self.sentences if sentence.struck is None)

    @property
    def struck(self) -> tuple[Sentence, ...]:
        """Those that do not."""
        return tuple(sentence for sentence in self.sentences if sentence.struck is not None)


def write(reply: Reply, passages: Sequence[Given], endpoint: Endpoint) -> Written:
    """Ask the language model about the passages of a reply. Without passages nothing is sent.

    Raises:
        EndpointError: it cannot be reached, takes too long, or what it replies is not what was asked for.
    """
    if not passages:
        return Written(())
    content = endpoint.complete(messages(reply.question.text, passages))
    return Written(tuple(prove(claimed, passages) for claimed in read_draft(content)))
