"""Every word the page 承诺 says, in Chinese and in English."""

from __future__ import annotations

from answers.commitments.rows import StatementKind
from answers.commitments.search import Order
from answers.commitments.topics import Topic
from answers.quantities.bounds import Bound, bound_name
from embeddings.language import Labels, Text
from views.shared.wording import SharedWording

_TOPICS = {
    Topic.GROWTH: "Growth",
    Topic.FINANCE: "Budget and finance",
    Topic.INDUSTRY: "Industry and firms",
    Topic.SCIENCE: "Science and talent",
    Topic.PROJECTS: "Investment",
    Topic.TRADE: "Trade and tourism",
    Topic.RURAL: "Farming and villages",
    Topic.TRANSPORT: "Transport, water, energy",
    Topic.ECOLOGY: "Environment",
    Topic.JOBS: "Jobs and incomes",
    Topic.EDUCATION: "Education and culture",
    Topic.HEALTH: "Health",
    Topic.WELFARE: "Welfare and housing",
    Topic.REFORM: "Reform and governance",
    Topic.OTHER: "Other",
}


class CommitmentsWording(SharedWording):
    """The texts of the page 承诺."""

    page_title = Text("承诺", "Commitments")
    intro = Text(
        "报告里每一个带数字的目标和结果各一行，都是原文。可以筛选、检索、排序；点选一行，在原文里看。",
        "A row for every target and every result with a number, in the report's own words. Filter, search and sort them; select a row to see it in the report.",
    )
    empty = Text(
        "文库里还没有报告。请到“文库”页把报告文件拖进去，这里就会列出其中的目标和结果。",
        "The library has no reports yet. Drop report files on the page Library, and their targets and results are listed here.",
    )
    view = Text("看法", "View")
    ledger_file = Text("承诺台账", "Commitments")
    indicator_file = Text("各报告的", "Reports_on")
    list_view = Text("逐条查看", "Row by row")
    indicator_view = Text("同一指标，各报告比较", "One indicator in every report")

    reports = Text("报告", "Reports")
    all_reports = Text("全部报告", "All reports")
    regions = Text("地区", "Region")
    report_years = Text("报告年份", "Year of the report")
    any_of = Text("不限", "Any")
    any_region = Text("不限；可以输入地名", "Any; type a place")
    search_placeholder = Text(
        "例如：新增就业；几个词用空格隔开", "For example 新增就业; blanks part several words"
    )
    by_words = Text("含有这些词", "With these words")
    by_meaning = Text("意思相近", "Of like meaning")
    by_meaning_help = Text(
        "按意思找：列出原句与这些词最接近的 100 条，最接近的在前，用词可以不同。",
        "The 100 rows whose sentence is nearest in meaning, the nearest first; English works too.",
    )
    mode = Text("检索方式", "How to search")
    kind = Text("类型", "Kind")
    kinds = Labels(
        {
            None: Text("全部", "All"),
            StatementKind.TARGET: Text("目标", "Targets"),
            StatementKind.ACHIEVED: Text("结果", "Results"),
        }
    )
    topics = Text("主题", "Topic")
    topic_names = Labels({topic: Text(topic.value, english) for topic, english in _TOPICS.items()})
    order = Text("排序", "Sort")
    orders = Labels(
        {
            Order.PLACE: Text("按原文顺序", "As in the report"),
            Order.LARGEST: Text("数值从大到小", "Largest first"),
            Order.SMALLEST: Text("数值从小到大", "Smallest first"),
            Order.YEAR: Text("按年份", "By year"),
        }
    )
    unnumbered = Text("也列没有数字的承诺", "Also promises without a number")
    unnumbered_help = Text(
        "例如“开工建设宁波西站”：说了要做什么，没有数字。",
        "Such as 开工建设宁波西站: it says what will be done, without a number.",
    )
    more = Text(
        "更多条件：报告、检索方式、年份、单位、界限、数量",
        "More filters: report, how to search, year, unit, bound, amount",
    )
    more_used = Text("更多条件（已用 {count} 项）", "More filters ({count} used)")
    totals_of = Text("条数", "Rows")
    totals_by = Labels(
        {
            "topic": Text("按主题", "By topic"),
            "region": Text("按地区", "By region"),
            "year": Text("按年份", "By year"),
        }
    )
    which_reports = Text("只看这些报告", "Only these reports")
    scaled_value = Text("数值（{unit}）", "Value ({unit})")
    years = Text("所说的年份", "Year spoken of")
    unit = Text("单位", "Unit")
    any_unit = Text("不限", "Any")
    usual_unit = Text("自动（多数报告用的）", "Automatic (what most reports use)")
    bound = Text("界限", "Bound")
    bounds = Labels(
        {bound: Text(bound_name(bound) or "正好", bound_name(bound, "en") or "exact") for bound in Bound}
    )
    at_least = Text("数量不小于", "Amount from")
    at_most = Text("数量不大于", "Amount to")

    totals = Text(
        "共 **{rows}** 条：目标 {targets} 条，结果 {results} 条，来自 {reports} 份报告",
        "**{rows}** rows: {targets} targets, {results} results, from {reports} report(s)",
    )
    nothing = Text(
        "没有符合条件的。可以减少条件、换一个词，或者改用“意思相近”。",
        "Nothing fits. Try fewer filters, another word, or “Of like meaning”.",
    )
    capped = Text(
        "导出的台账含前 {count} 条。全部请用命令：python -m answers commitments --export 台账.csv",
        "The exported ledger has the first {count} rows. For all of them: python -m answers commitments --export ledger.csv",
    )
    pick = Text(
        "点表格里的一行，这里打开那一句在报告里的位置。",
        "Click a row: its sentence opens here in the report.",
    )
    link = Text("这些条件的链接", "A link to these filters")
    bad_link = Text(
        "链接指向的报告“{report}”不在文库里，或者那里没有这段文字。",
        "The link names the report “{report}”, which is not in the library or has no such text.",
    )

    # Columns of the table.
    report = Text("报告", "Report")
    target = Text("目标", "Target")
    result = Text("结果", "Result")
    year = Text("年份", "Year")
    object = Text("事项", "What")
    action = Text("动作", "Verb")
    written = Text("原文数量", "As written")
    value = Text("标准值", "Value")
    sentence = Text("原话", "In its words")
    topic = Text("主题", "Topic")

    indicator = Text("指标", "Indicator")
    indicator_placeholder = Text("例如：地区生产总值", "For example 地区生产总值")
    # Indicators are named in Chinese on the English page too: they are looked up in the reports' words.
    indicator_examples = (
        "地区生产总值",
        "城镇新增就业",
        "居民消费价格",
        "粮食产量",
        "固定资产投资",
    )
    indicator_hint = Text(
        "写下一个指标，看每份报告定了多少、完成了多少。",
        "Name an indicator in Chinese to see what every report aims at or has reached.",
    )
    indicator_found = Text(
        "{found} 份报告有这个指标，{silent} 份没有找到；单位：{unit}",
        "{found} report(s) mention it, {silent} do not; unit: {unit}",
    )
    indicator_check = Text(
        "名称相近的也列出，请看“事项”一栏核对是不是同一个指标。",
        "Like names are listed too: check in the column “What” that it is the same indicator.",
    )
    by_place = Text("按报告", "By report")
    charted = Text("图里是前 {count} 份报告。", "The chart shows the first {count} reports.")
    nobody = Text(
        "没有报告提到这个指标。可以换一个说法，或者把单位改回“自动”。",
        "No report mentions it. Try another name, or set the unit back to automatic.",
    )
