"""A comparison in the run format (`answers.runs`): the cells of a question that compares, and the whole table."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from answers.answer import Reply
from answers.comparison.compare import Comparer
from answers.comparison.table import Cell, Comparison
from answers.runs import answer_fields, run_row
from indexer.index import ReportIndex


def cell_rows(comparison: Comparison, index: ReportIndex) -> list[dict[str, Any]]:
    """One object for each report: `document`, and `answer` of the first column that it was asked or null (not mentioned).

    `cells` holds every column; scorers of the run format pass over it.
    """
    return [
        {
            "document": row.document,
            "answer": _answer(next((cell for cell in row.cells if cell.asked), row.cells[0]), index),
            "cells": [
                {
                    "period": column.period.value if column.period else None,
                    "answer": _answer(cell, index),
                    "confidence": round(cell.confidence, 4),
                }
                for column, cell in zip(comparison.columns, row.cells, strict=True)
            ],
        }
        for row in comparison.rows
    ]


def comparison_row(comparison: Comparison, index: ReportIndex) -> dict[str, Any]:
    """The whole table: what was asked of which reports, and every cell."""
    return {
        "question": comparison.plan.question,
        "columns": [
            {"period": column.period.value if column.period else None, "query": column.query}
            for column in comparison.columns
        ],
        "missing": list(comparison.plan.missing),
        "complete": comparison.complete,
        "comparison": cell_rows(comparison, index),
        "elapsed_ms": round(comparison.elapsed_ms, 1),
    }


def reply_row(
    id: str, reply: Reply, comparer: Comparer, documents: Collection[str] | None = None
) -> dict[str, Any]:
    """The row of a reply; with its table where the question compares and nobody chose the `documents`."""
    index = comparer.answerer.index
    plan = comparer.plan(reply.question.text) if not documents else None
    if plan is None:
        return run_row(id, reply, index)
    comparison = comparer.compare(plan)
    whole = replace(reply, elapsed_ms=reply.elapsed_ms + comparison.elapsed_ms)
    return run_row(id, whole, index, cell_rows(comparison, index))


def _answer(cell: Cell, index: ReportIndex) -> dict[str, Any] | None:
    return answer_fields(cell.answer, index) if cell.answer is not None else None
