"""Every word the page 兑现 says, in Chinese and in English."""

from __future__ import annotations

from dataclasses import dataclass

from answers.commitments.tracking.proof import Status
from embeddings.language import Language


@dataclass(frozen=True, slots=True)
class TrackingWording:
    """The texts of the page 兑现 in one language."""

    page: str
    intro: str
    empty: str
    one_report: str
    place: str
    earlier: str
    later: str
    lonely: str
    years_apart: str
    comparing: str
    statuses: tuple[tuple[Status, str], ...]
    status: str
    search: str
    search_placeholder: str
    totals: str
    nothing: str
    no_targets: str
    pick: str
    indicator: str
    target: str
    target_sentence: str
    outcome: str
    outcome_sentence: str
    proposal: str
    reason: str
    person: str
    judged_by: str
    target_of: str
    outcome_of: str
    machine_says: str
    person_says: str
    nobody_yet: str
    no_outcome: str
    whole_later: str
    by_person: str
    judge: str
    judge_status: str
    judge_outcome: str
    judge_outcome_help: str
    judge_note: str
    judge_name: str
    judge_save: str
    saved: str
    history: str
    at: str
    take_away: str
    link: str
    cite: str


_ZH = TrackingWording(
    page="兑现",
    intro="左边是前一份报告定下的目标，右边是后一份报告怎么说同一指标。机器只提建议，由人认定；两者分开保存。",
    empty="文库里还没有报告。请先到“文库”页加入同一地区前后两年的报告，例如 2024 年和 2025 年的。",
    one_report=(
        "兑现要把同一地区前后两年的报告放在一起看，文库里现在每个地区只有一份：{names}。\n\n"
        "请到上方的“文库”页，把同一地区下一年（或上一年）的报告文件拖进去，点“加入文库”，再回到这里。"
        "如果已经加入了，请在“文库”页核对它的地区和年份。"
    ),
    place="地区",
    earlier="定目标的报告",
    later="看结果的报告",
    lonely="只有一份报告、还不能对照的地区：{names}。到“文库”页加入它们前后一年的报告就可以。",
    years_apart="这两份报告隔了 {years} 年，中间一年的报告不在文库里；后一份报告通常只总结它前一年的工作。",
    comparing="正在对照两份报告…",
    statuses=tuple((status, status.value) for status in Status),
    status="只看",
    search="检索",
    search_placeholder="例如：就业",
    totals="共 **{rows}** 个目标，人工已认定 {judged} 个",
    nothing="没有符合条件的目标。可以减少条件或者换一个词。",
    no_targets="前一份报告里没有带数字的目标。",
    pick="点选表格左侧的方框，下面并排打开目标和结果的原文，可以认定。",
    indicator="指标",
    target="目标",
    target_sentence="目标原句",
    outcome="结果",
    outcome_sentence="结果原句",
    proposal="机器建议",
    reason="建议依据",
    person="人工认定",
    judged_by="认定人",
    target_of="目标 · {title}",
    outcome_of="结果 · {title}",
    machine_says="机器建议",
    person_says="人工认定",
    nobody_yet="还没有人认定",
    no_outcome="机器没有在这份报告里找到同一指标的表述。全文在下面，可以自己查找。",
    whole_later="报告全文",
    by_person="（人工指定的依据）",
    judge="认定或更正",
    judge_status="状态",
    judge_outcome="依据的原文（可不填）",
    judge_outcome_help="机器找的结果不对或没有找到时，从后一份报告里原样复制一句。会与原文逐字核对。",
    judge_note="说明（可不填）",
    judge_name="认定人",
    judge_save="保存认定",
    saved="已保存",
    history="认定记录",
    at="时间",
    take_away="导出台账",
    link="这个对照的链接",
    cite="引文",
)  # fmt: skip

_EN = TrackingWording(
    page="Tracking",
    intro="On the left what the earlier report promised, on the right what the later one says of the same indicator. "
    "The machine only proposes and a person decides; both are kept, apart.",
    empty="The library has no reports yet. Add two reports of one place, of following years, on the page Library.",
    one_report=(
        "Tracking needs two reports of one place, of different years; the library has only one of each: {names}.\n\n"
        "Open the page Library above, drop the report of the next (or the last) year there, press “Add to the "
        "library”, and come back. If it is there already, check its region and year on that page."
    ),
    place="Place",
    earlier="Report that sets the targets",
    later="Report that tells the results",
    lonely="Places with one report only: {names}. Add their report of the year before or after in the library.",
    years_apart="These reports are {years} years apart, and the one between is not in the library; a report usually "
    "reviews only the year before it.",
    comparing="Comparing the two reports…",
    statuses=(
        (Status.DONE, "已完成 Done"), (Status.EXCEEDED, "超额完成 Exceeded"), (Status.MISSED, "未完成 Missed"),
        (Status.UNDER_WAY, "进行中 Under way"), (Status.NOT_MENTIONED, "未提及 Not mentioned"),
        (Status.UNVERIFIED, "待核实 To be verified"),
    ),
    status="Only",
    search="Search",
    search_placeholder="For example 就业",
    totals="**{rows}** targets, {judged} judged by a person",
    nothing="No target fits. Try fewer filters or another word.",
    no_targets="The earlier report has no target with a number.",
    pick="Tick the box at the left of a row: target and result open side by side below, to be judged.",
    indicator="Indicator",
    target="Target",
    target_sentence="Sentence of the target",
    outcome="Result",
    outcome_sentence="Sentence of the result",
    proposal="Machine proposes",
    reason="Because",
    person="A person says",
    judged_by="Judged by",
    target_of="Target · {title}",
    outcome_of="Result · {title}",
    machine_says="The machine proposes",
    person_says="A person says",
    nobody_yet="Nobody has judged yet",
    no_outcome="The machine found nothing on this indicator in the report. Its whole text is below.",
    whole_later="Whole report",
    by_person=" (chosen by a person)",
    judge="Confirm or correct",
    judge_status="Status",
    judge_outcome="Words of the report (optional)",
    judge_outcome_help="Where the machine's result is wrong or missing, copy a sentence from the later report. It is "
    "compared with the report to the letter.",
    judge_note="Note (optional)",
    judge_name="Your name",
    judge_save="Save",
    saved="Saved",
    history="Judgements so far",
    at="When",
    take_away="Export the ledger",
    link="A link to this pair",
    cite="Citation",
)  # fmt: skip


def tracking_wording(language: Language) -> TrackingWording:
    """The texts of the page 兑现 in `language`."""
    return _ZH if language == "zh" else _EN
