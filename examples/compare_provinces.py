"""Compare provinces and plot: one question put to every report, as a table and as a chart.

    pip install vl-convert-python
    python examples/compare_provinces.py "各省今年新增就业目标是多少？" --index my-index --output jobs

This writes jobs.csv, a row a cell with its citation, and jobs.svg, a bar for every cell with an amount in the unit that most
of them have. Where a report says nothing the table has an empty text, never a guess.
"""

from __future__ import annotations

import argparse
import sys

import altair
import pandas

from wenbao import Library, WenbaoError


def amounts(table: pandas.DataFrame) -> pandas.DataFrame:
    """The cells with an amount, as a number in the unit that most have; of a range (1—2个) the upper end."""
    found = table.join(table.value.str.extract(r"(?P<number>-?\d+(?:\.\d+)?)(?P<unit>[^\d—]+)$")).dropna(
        subset=["number"]
    )
    found["number"] = found.number.astype(float)
    return found[found.unit == found.unit.mode().iat[0]] if len(found) else found


def chart(found: pandas.DataFrame, question: str) -> altair.Chart:
    """A bar a cell, the largest first."""
    bars = altair.Chart(found, title=question, width=480).mark_bar(color="#c8102e")
    drawn: altair.Chart = bars.encode(
        x=altair.X("number:Q", title=found.unit.iat[0]),
        y=altair.Y("label:N", title=None, sort="-x"),
    )
    return drawn


def main(words: list[str]) -> None:
    """Ask, write the table, and draw what can be drawn."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("question")
    parser.add_argument("--index", default=None)
    parser.add_argument("--output", default="comparison")
    given = parser.parse_args(words)

    comparison = Library.open(given.index).compare(given.question, progress=print)
    table = comparison.to_frame()
    table["label"] = table.region.where(table.region != "", table.title) + " " + table.column
    table.to_csv(f"{given.output}.csv", index=False, encoding="utf-8-sig")
    found = amounts(table)
    print(f"{len(table)} cells, {table.text.notna().sum()} with an answer, {len(found)} drawn")
    for place in comparison.missing:
        print(f"no report of {place}")
    if len(found):
        chart(found, given.question).save(f"{given.output}.svg")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except WenbaoError as error:
        sys.exit(error.message("en"))
