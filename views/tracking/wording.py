"""Every word the page 兑现 says, in Chinese and in English."""

from __future__ import annotations

from answers.commitments.tracking.finding import Finding
from answers.commitments.tracking.proof import Status
from embeddings.language import Labels, Text
from views.shared.wording import SharedWording

_STATUSES = {
    Status.DONE: "Done",
    Status.EXCEEDED: "Exceeded",
    Status.MISSED: "Missed",
    Status.UNDER_WAY: "Under way",
    Status.NOT_MENTIONED: "Not mentioned",
    Status.UNVERIFIED: "To be verified",
}


class TrackingWording(SharedWording):
    """The texts of the page 兑现. An English status keeps the Chinese word that governments use."""

    page_title = Text("兑现", "Tracking")
    intro = Text(
        "左边是前一份报告定下的目标，右边是后一份报告怎么说同一指标。机器只提建议，由人认定；两者分开保存。",
        (
            "On the left what the earlier report promised, on the right what the later one says of the same "
            "indicator. The machine only proposes and a person decides; both are kept, apart."
        ),
    )
    empty = Text(
        "文库里还没有报告。请先到“文库”页加入同一地区前后两年的报告，例如 2024 年和 2025 年的。",
        "The library has no reports yet. Add two reports of one place, of following years, on the page Library.",
    )
    one_report = Text(
        (
            "兑现要把同一地区前后两年的报告放在一起看，文库里现在每个地区只有一份：{names}。\n\n"
            "请到上方的“文库”页，把同一地区下一年（或上一年）的报告文件拖进去，点“加入文库”，再回到这里。"
            "如果已经加入了，请在“文库”页核对它的地区和年份。"
        ),
        (
            "Tracking needs two reports of one place, of different years; the library has only one of each: "
            "{names}.\n\nOpen the page Library above, drop the report of the next (or the last) year there, press "
            "“Add to the library”, and come back. If it is there already, check its region and year on that page."
        ),
    )
    one_report_of_set = Text(
        "这个报告组里没有哪个地区有前后两年的报告：{names}。请换一个报告组，或选“全部报告”。",
        "No place has reports of two years in this set: {names}. Choose another set, or all reports.",
    )
    place = Text("地区", "Place")
    find_place = Text("找地区", "Find a place")
    find_place_placeholder = Text("例如：宁波", "Its name in Chinese")
    earlier = Text("定目标的报告", "Report that sets the targets")
    later = Text("看结果的报告", "Report that tells the results")
    lonely = Text(
        "只有一份报告、还不能对照的地区：{names}。到“文库”页加入它们前后一年的报告就可以。",
        "Places with one report only: {names}. Add their report of the year before or after in the library.",
    )
    years_apart = Text(
        "这两份报告隔了 {years} 年，中间一年的报告不在文库里；后一份报告通常只总结它前一年的工作。",
        "These reports are {years} years apart, and the one between is not in the library; a report usually reviews only the year before it.",
    )
    no_pair = Text(
        "链接里的两份报告（{names}）不在文库里，或不是同一地区的前后两份；下面是另外两份。",
        "The two reports of the link ({names}) are not in the library, or no pair of one place; below are two others.",
    )
    comparing = Text("正在对照两份报告…", "Comparing the two reports…")

    also = Text("另外对照的文件（可不选）", "Further documents that tell results (optional)")
    also_help = Text(
        "统计公报、落实情况、半年通报等。每个结果都注明出自哪一份。",
        "A communiqué, a list of what was carried out, a half-year note. Each result names its document.",
    )
    source = Text("出处", "Document")
    by_topic = Text("按领域合计", "Totals by field of work")
    topic = Text("领域", "Field")
    promises = Text("承诺", "Promises")
    over_years = Text("一个指标，历年的目标和结果", "One indicator, year after year")
    over_years_indicator = Text("指标", "Indicator (in Chinese)")
    over_years_placeholder = Text("例如：城镇新增就业", "In Chinese, as the reports write it")
    over_years_examples = ("地区生产总值", "城镇新增就业", "一般公共预算收入")
    over_years_nothing = Text(
        "这些报告没有“{name}”的目标或结果。", "These reports have no target or result of {name}."
    )
    over_years_silent = Text("这一年没有。", "None for this year.")
    year = Text("年份", "Year")

    statuses = Labels(
        {status: Text(status.value, f"{status.value} {english}") for status, english in _STATUSES.items()}
    )
    findings = Labels(
        {
            Finding.DONE: Text("已完成", "已完成 Done"),
            Finding.EXCEEDED: Text("超额完成", "超额完成 Exceeded"),
            Finding.MISSED: Text("未完成", "未完成 Missed"),
            Finding.UNDER_WAY: Text("进行中", "进行中 Under way"),
            Finding.UNVERIFIED: Text("待核实", "待核实 To be verified"),
            Finding.UNCLEAR: Text("没有找到明确答案", "No clear answer"),
            Finding.UNNAMED: Text("没有出现这些词", "These words do not occur"),
            Finding.NOT_MENTIONED: Text("未提及", "未提及 Not mentioned"),
        }
    )
    findings_help = Text(
        "“没有出现这些词”：后一份报告没有一句话写到目标里的词；“没有找到明确答案”：写到了，但没有一句说明结果。都不等于没有做。",
        "“These words do not occur”: no sentence of the later report has the target's words; “No clear answer”: some have, "
        "none says what became of it. Neither means that it was not done.",
    )
    status = Text("只看", "Only")
    search_placeholder = Text("例如：就业", "For example 就业")
    unnumbered = Text("也列没有数字的承诺", "Also promises without a number")
    unnumbered_help = Text(
        "例如“开工建设宁波西站”：按意思找后一份报告里最接近的一句，只有原话说明了（建成、开工、仍在推进）才给状态。",
        "For example 开工建设宁波西站: the nearest clause of the later report, with a status only where its words settle it.",
    )
    totals = Text(
        "共 **{rows}** 个目标，人工已认定 {judged} 个", "**{rows}** targets, {judged} judged by a person"
    )
    nothing = Text(
        "没有符合条件的目标。可以减少条件或者换一个词。", "No target fits. Try fewer filters or another word."
    )
    no_targets = Text("前一份报告里没有带数字的目标。", "The earlier report has no target with a number.")
    pick = Text(
        "点表格里的一行，下面并排打开目标和结果的原文，可以认定。",
        "Click a row: target and result open side by side below, to be judged.",
    )
    overview = Text("兑现概览", "Overview")
    every_year = Text("这个地区各年的都画出来", "Draw every year of this place")
    overview_help = Text(
        "每条是前后两份报告，长度是目标的个数；人工认定的按认定算，其余按机器建议算。",
        "A bar for each pair of reports, as long as there are targets; a person's judgement counts before the machine's proposal.",
    )
    targets_count = Text("目标个数", "Targets")
    link = Text("这个对照的链接", "A link to this pair")

    # Columns of the table.
    indicator = Text("指标", "Indicator")
    target = Text("目标", "Target")
    target_said = Text("目标的原话", "Target in its words")
    outcome = Text("结果", "Result")
    outcome_said = Text("结果的原话", "Result in its words")
    proposal = Text("机器建议", "Machine proposes")
    reason = Text("建议依据", "Because")
    person = Text("人工认定", "A person says")
    judged_by = Text("认定人", "Judged by")

    target_of = Text("目标 · {title}", "Target · {title}")
    outcome_of = Text("结果 · {title}", "Result · {title}")
    machine_says = Text("机器建议", "The machine proposes")
    person_says = Text("人工认定", "A person says")
    nobody_yet = Text("还没有人认定", "Nobody has judged yet")
    no_outcome = Text(
        "机器没有在这份报告里找到同一指标的表述。全文在下面，可以自己查找。",
        "The machine found nothing on this indicator in the report. Its whole text is below.",
    )
    by_person = Text("（人工指定的依据）", " (chosen by a person)")

    judge = Text("认定或更正", "Confirm or correct")
    judge_status = Text("状态", "Status")
    judge_outcome = Text("依据的原文（可不填）", "Words of the report (optional)")
    judge_outcome_help = Text(
        "机器找的结果不对或没有找到时，从后一份报告里原样复制一句。会与原文逐字核对。",
        "Where the machine's result is wrong or missing, copy a sentence from the later report. It is compared with the report to the letter.",
    )
    judge_note = Text("说明（可不填）", "Note (optional)")
    judge_name = Text("认定人", "Your name")
    judge_save = Text("保存认定", "Save")
    judge_next = Text("保存并看下一个", "Save and go on")
    saved = Text("已保存对“{target}”的认定：{status}", "Your judgement of “{target}” is saved: {status}")
    detached = Text(
        "有 {count} 条人工认定对不上现在读出的任何一个目标：报告改读过，或者是另一份较早的报告的。它们都还保存着",
        "{count} judgements fit no target as it is read today: the report is read otherwise, or they are of another "
        "earlier report. All of them are kept",
    )
    history = Text("认定记录", "Judgements so far")
    at = Text("时间", "When")
