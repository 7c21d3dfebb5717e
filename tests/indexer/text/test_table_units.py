from __future__ import annotations

import time

import pytest

from indexer.text.table_units import table_units, unit_at

ROWS = "项目：税收收入 | 决算数：672300\n项目：非税收入 | 决算数：1200\n"
OTHER = "指标：学校 | 数量：6\n"


@pytest.mark.parametrize(
    "text",
    [
        f"单位：万元\n{ROWS}",
        f"决算表（单位：万元）\n\n{ROWS}",
        f"计量单位: 人民币万元\n表1\n{ROWS}",
        f"{ROWS}单位：万元\n以上为决算。",
        f"单位：万元\n项目：收入 | 决算数：1\n一、税收收入\n{ROWS}",
    ],
)
def test_a_unit_above_or_below_a_table_is_that_of_its_rows(text: str) -> None:
    assert unit_at(table_units(text), text.index("672300")) == "万元"


@pytest.mark.parametrize(
    "text",
    [
        ROWS,
        f"单位：亿元、%\n{ROWS}",
        f"牵头单位：县财政局\n{ROWS}",
        f"本表单位：万元的数字为合计数，{'其余各项' * 15}单位：万元\n{ROWS}",
        f"{ROWS}单位：万元\n{OTHER}",  # it is of the table below
        f"单位：万元\n{OTHER}一段正文。\n{ROWS}",
    ],
)
def test_otherwise_nobody_knows_it(text: str) -> None:
    assert unit_at(table_units(text), text.index("672300")) == ""


def test_a_table_of_any_length_is_read_in_linear_time() -> None:
    def seconds(count: int) -> float:
        text = "".join(f"单位：万元\n{ROWS}" for _ in range(count))
        started = time.process_time()
        assert len(table_units(text)) == count
        return time.process_time() - started

    seconds(10)
    assert seconds(8_000) < 6 * max(0.05, seconds(4_000))
