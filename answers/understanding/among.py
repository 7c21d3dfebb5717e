"""A question that is put to a set of reports: which of them it is about."""

from __future__ import annotations

from collections.abc import Collection

from answers.understanding.scope import Scope


def among(scope: Scope, documents: Collection[str]) -> tuple[str, ...]:
    """Those of `documents`, sorted, that a question is about: of a set of provinces the one that it names.

    All of them where it is about none of them: whoever chose the set wants it searched.
    """
    inside = {*documents} if scope.documents is None else {*documents} & {*scope.documents}
    return tuple(sorted(inside or documents))
