"""Every word the page 承诺 says, in Chinese and in English."""

from __future__ import annotations

from dataclasses import dataclass

from answers.commitments.export import BOUND_NAMES
from answers.commitments.rows import StatementKind
from answers.commitments.search import Order
from answers.commitments.topics import Topic
from answers.quantities.amounts import Bound
from embeddings.language import Language


@dataclass(frozen=True, slots=True)
class CommitmentsWording:
    """The texts of the page 承诺 in one language."""

    page: str
    intro: str
    empty: str
    reading: str
    list_view: str
    indicator_view: str
    view: str
    reports: str
    all_reports: str
    regions: str
    report_years: str
    any_of: str
    search: str
    search_placeholder: str
    by_words: str
    by_meaning: str
    by_meaning_help: str
    mode: str
    kind: str
    kinds: tuple[tuple[StatementKind | None, str], ...]
    topics: str
    topic_names: tuple[tuple[Topic, str], ...]
    order: str
    orders: tuple[tuple[Order, str], ...]
    unnumbered: str
    unnumbered_help: str
    more: str
    years: str
    unit: str
    any_unit: str
    usual_unit: str
    bound: str
    bounds: tuple[tuple[Bound, str], ...]
    at_least: str
    at_most: str
    totals: str
    nothing: str
    capped: str
    pick: str
    by_topic: str
    target: str
    result: str
    region: str
    year: str
    object: str
    action: str
    written: str
    value: str
    sentence: str
    topic: str
    report: str
    take_away: str
    link: str
    cite: str
    bad_link: str
    indicator: str
    indicator_placeholder: str
    indicator_examples: tuple[str, ...]
    indicator_hint: str
    indicator_found: str
    indicator_check: str
    indicator_silent: str
    by_place: str
    by_value: str
    nobody: str


_ZH = CommitmentsWording(
    page="承诺",
    intro="报告里每一个带数字的目标和结果各一行，都是原文。可以筛选、检索、排序；点选一行，在原文里看。",
    empty="文库里还没有报告。请到“文库”页把报告文件拖进去，这里就会列出其中的目标和结果。",
    reading="正在从报告里找出目标和结果：{title}（{done} / {total}）",
    list_view="逐条查看",
    indicator_view="同一指标，各报告比较",
    view="看法",
    reports="报告",
    all_reports="全部报告",
    regions="地区",
    report_years="报告年份",
    any_of="不限",
    search="检索",
    search_placeholder="例如：新增就业；几个词用空格隔开",
    by_words="含有这些词",
    by_meaning="意思相近",
    by_meaning_help="按意思找：列出原句与这些词最接近的 100 条，最接近的在前，用词可以不同。",
    mode="检索方式",
    kind="类型",
    kinds=((None, "全部"), (StatementKind.TARGET, "目标"), (StatementKind.ACHIEVED, "结果")),
    topics="主题",
    topic_names=tuple((topic, topic.value) for topic in Topic),
    order="排序",
    orders=(
        (Order.PLACE, "按原文顺序"),
        (Order.LARGEST, "数值从大到小"),
        (Order.SMALLEST, "数值从小到大"),
        (Order.YEAR, "按年份"),
    ),
    unnumbered="也列没有数字的承诺",
    unnumbered_help="例如“开工建设宁波西站”：说了要做什么，没有数字。",
    more="更多条件：年份、单位、界限、数量",
    years="所说的年份",
    unit="单位",
    any_unit="不限",
    usual_unit="自动（多数报告用的）",
    bound="界限",
    bounds=tuple((bound, name or "正好") for bound, name in BOUND_NAMES.items()),
    at_least="数量不小于",
    at_most="数量不大于",
    totals="共 **{rows}** 条：目标 {targets} 条，结果 {results} 条，来自 {reports} 份报告",
    nothing="没有符合条件的。可以减少条件、换一个词，或者改用“意思相近”。",
    capped="表里是前 {count} 条；导出的台账含全部 {rows} 条。",
    pick="点选表格左侧的方框，这里打开那一句在报告里的位置。",
    by_topic="各主题的条数",
    target="目标",
    result="结果",
    region="地区",
    year="年份",
    object="事项",
    action="动作",
    written="原文数量",
    value="标准值",
    sentence="原句",
    topic="主题",
    report="报告",
    take_away="导出台账",
    link="这些条件的链接",
    cite="引文",
    bad_link="链接指向的报告“{report}”不在文库里，或者那里没有这段文字。",
    indicator="指标",
    indicator_placeholder="例如：地区生产总值",
    indicator_examples=("地区生产总值", "城镇新增就业", "居民消费价格", "粮食产量", "固定资产投资"),
    indicator_hint="写下一个指标，看每份报告定了多少、完成了多少。",
    indicator_found="{found} 份报告提到，{silent} 份未提及；单位：{unit}",
    indicator_check="名称相近的也列出，请看“事项”一栏核对是不是同一个指标。",
    indicator_silent="未提及：{names}",
    by_place="按报告",
    by_value="按数值",
    nobody="没有报告提到这个指标。可以换一个说法，或者把单位改回“自动”。",
)  # fmt: skip

_EN = CommitmentsWording(
    page="Commitments",
    intro="A row for every target and every result with a number, in the report's own words. Filter, search and "
    "sort them; select a row to see it in the report.",
    empty="The library has no reports yet. Drop report files on the page Library, and their targets and results are "
    "listed here.",
    reading="Finding targets and results: {title} ({done} / {total})",
    list_view="Row by row",
    indicator_view="One indicator in every report",
    view="View",
    reports="Reports",
    all_reports="All reports",
    regions="Region",
    report_years="Year of the report",
    any_of="Any",
    search="Search",
    search_placeholder="For example 新增就业; blanks part several words",
    by_words="With these words",
    by_meaning="Of like meaning",
    by_meaning_help="The 100 rows whose sentence is nearest in meaning, the nearest first; English works too.",
    mode="How to search",
    kind="StatementKind",
    kinds=((None, "All"), (StatementKind.TARGET, "Targets"), (StatementKind.ACHIEVED, "Results")),
    topics="Topic",
    topic_names=(
        (Topic.GROWTH, "Growth"), (Topic.FINANCE, "Budget and finance"), (Topic.INDUSTRY, "Industry and firms"),
        (Topic.SCIENCE, "Science and talent"), (Topic.PROJECTS, "Investment"), (Topic.TRADE, "Trade and tourism"),
        (Topic.RURAL, "Farming and villages"), (Topic.TRANSPORT, "Transport, water, energy"),
        (Topic.ECOLOGY, "Environment"), (Topic.JOBS, "Jobs and incomes"), (Topic.EDUCATION, "Education and culture"),
        (Topic.HEALTH, "Health"), (Topic.WELFARE, "Welfare and housing"), (Topic.REFORM, "Reform and governance"),
        (Topic.OTHER, "Other"),
    ),
    order="Sort",
    orders=(
        (Order.PLACE, "As in the report"),
        (Order.LARGEST, "Largest first"),
        (Order.SMALLEST, "Smallest first"),
        (Order.YEAR, "By year"),
    ),
    unnumbered="Also promises without a number",
    unnumbered_help="Such as 开工建设宁波西站: it says what will be done, without a number.",
    more="More filters: year, unit, bound, amount",
    years="Year spoken of",
    unit="Unit",
    any_unit="Any",
    usual_unit="Automatic (what most reports use)",
    bound="Bound",
    bounds=(
        (Bound.EXACT, "exact"), (Bound.AT_LEAST, "at least"), (Bound.AT_MOST, "at most"), (Bound.OVER, "over"),
        (Bound.AROUND, "around"), (Bound.STRIVE, "striven for"),
    ),
    at_least="Amount from",
    at_most="Amount to",
    totals="**{rows}** rows: {targets} targets, {results} results, from {reports} report(s)",
    nothing="Nothing fits. Try fewer filters, another word, or “Of like meaning”.",
    capped="The table shows the first {count}; the exported ledger has all {rows}.",
    pick="Tick the box at the left of a row: its sentence opens here in the report.",
    by_topic="Rows by topic",
    target="Target",
    result="Result",
    region="Region",
    year="Year",
    object="What",
    action="Verb",
    written="As written",
    value="Value",
    sentence="Sentence",
    topic="Topic",
    report="Report",
    take_away="Export the ledger",
    link="A link to these filters",
    cite="Citation",
    bad_link="The link names the report “{report}”, which is not in the library or has no such text.",
    indicator="Indicator",
    indicator_placeholder="For example 地区生产总值",
    indicator_examples=("地区生产总值", "城镇新增就业", "居民消费价格", "粮食产量", "固定资产投资"),
    indicator_hint="Name an indicator in Chinese to see what every report aims at or has reached.",
    indicator_found="{found} report(s) mention it, {silent} do not; unit: {unit}",
    indicator_check="Like names are listed too: check in the column “What” that it is the same indicator.",
    indicator_silent="Not mentioned: {names}",
    by_place="By report",
    by_value="By value",
    nobody="No report mentions it. Try another name, or set the unit back to automatic.",
)  # fmt: skip


def commitments_wording(language: Language) -> CommitmentsWording:
    """The texts of the page 承诺 in `language`."""
    return _ZH if language == "zh" else _EN
