"""Every word the page 对比 says, in Chinese and in English."""

from __future__ import annotations

from answers.comparison.values import Misfit
from embeddings.language import Labels, Text
from views.shared.wording import SharedWording


class CompareWording(SharedWording):
    """The texts of the page 对比."""

    page_title = Text("对比", "Compare")
    question_label = Text(
        "想比较什么？写出地区、年份，或“各省”“近三年”",
        "What shall be compared? Name regions or years, or say “all provinces”, “last three years”",
    )
    placeholder = Text(
        "例如：长三角今年的GDP增长目标各是多少？",
        "For example: GDP growth targets of the Yangtze River Delta provinces this year",
    )
    button = Text("对比", "Compare")
    reports = Text(
        "比较这些报告（按问题识别，可以改）",
        "Reports compared (as the question was understood; change them here)",
    )
    many_reports = Text(
        "按问题识别，比较 {count} 份报告。要少比一些，请在问题里写出地区或年份。",
        "{count} reports are compared, as the question was understood. Name regions or years for fewer.",
    )
    by_region = Text("换成这些地区的", "Instead, those of these regions")
    by_year = Text("换成这些年份的", "Instead, those of these years")
    unknown_region = Text("未注明地区", "Region not known")
    by_region_placeholder = Text("选地区", "Choose regions")
    by_year_placeholder = Text("选年份", "Choose years")
    reports_placeholder = Text("选报告", "Choose reports")
    all_reports = Text("全部报告（{count}）", "All reports ({count})")
    reports_help = Text(
        "每份报告单独查找，不会因为别的报告排得更前而漏掉。",
        "Each report is searched on its own, so none is missed because another ranks higher.",
    )
    no_plan = Text(
        "没有看出要比较哪些报告。请在问题里写出几个地区或年份，或在上面选定报告，也可以点“全部报告”。",
        "No reports to compare were understood. Name several regions or years, choose reports above, or press “All reports”.",
    )
    missing = Text("文库里没有{regions}的报告。", "The library has no report from {regions}.")
    understood = Text("对每份报告单独问：{queries}", "Each report is asked on its own: {queries}")
    progress = Text("正在查 {title}（{done} / {total}）", "Searching {title} ({done} / {total})")
    cancelled = Text(
        "已停止，下面只有查完的报告。", "Stopped: only the reports that were finished are below."
    )
    finished = Text(
        "{reports} 份报告，{found} 份有答案，{silent} 份没有 · {seconds} 秒",
        "{reports} reports, {found} with an answer, {silent} without · {seconds} s",
    )

    by_place = Text("按地区和年份", "By region and year")
    order = Text("排序", "Order")
    nearest = Text("最接近的句子", "Nearest sentence")
    nothing_there = Text("这份报告没有讲这一年的部分", "This report has no part that speaks of that year")
    silent_help = Text(
        "“没有出现这些词”：报告里没有一句话写到所问的词；“没有找到明确答案”：写到了，但没有一句明确回答。都不等于没有政策。",
        "“These words do not occur”: no sentence has the words asked for. “No clear answer”: some have, none clearly answers. Neither means that there is no policy.",
    )
    take_away = Text("带走", "Take away")
    link = Text("用这个链接可以重新打开这个对比", "This link opens the same comparison again")
    table_tab = Text("对比表", "Table")
    chart_help = Text(
        "只画单位和含义相同的数值，换算成{unit}；≥ 以上，≤ 以内，> 超过，≈ 左右，→ 力争。",
        "Only values of one unit and meaning, in {unit}; ≥ at least, ≤ at most, > over, ≈ about, → striven for.",
    )
    chart_first = Text("图里是前 {count} 份报告。", "The chart shows the first {count} reports.")
    chart_others = Text("口径不同，没有画在图里：", "Of another kind, so not drawn:")
    misfits = Labels(
        {
            Misfit.UNIT: Text("单位不同", "another unit"),
            Misfit.SHARE: Text("说的是占比或水平，不是增减", "a share or a level, no change"),
            Misfit.CHANGE: Text("说的是增减，不是占比或水平", "a change, no share or level"),
            Misfit.NO_NUMBER: Text("不是一个数", "not one number"),
        }
    )
    nothing_drawn = Text(
        "没有画图：各报告的数值单位或含义不同，不能放在一起比。",
        "Nothing is drawn: the reports' values are of different units or meanings, and cannot be set side by side.",
    )
    every = Text("每一句", "Every sentence")
    fold = Text("收起", "Fold up")
    every_help = Text(
        "列出这份报告里写到这些词的每一句，不只是最合适的一句",
        "Every sentence of this report with these words, not the best one alone",
    )
    sentences_found = Text(
        "这份报告里有 {count} 句写到这些词或最接近：",
        "{count} sentence(s) of this report have these words or come nearest:",
    )
    no_sentence = Text("这份报告里没有一句话写到这些词。", "No sentence of this report has these words.")
    of_review = Text("以下出自报告里回顾上一年的部分：", "From the part of the report on the year before:")
    of_plans = Text("以下出自报告里安排今年工作的部分：", "From the part of the report on this year's plans:")

    wording_tab = Text("提法变化", "Wording")
    wording_help = Text(
        "“新提法”：本年关于这个话题的句子里有、而上一份报告全文都没有的字句；“不再提及”反之。只按字面比较，换个说法也会算作变化；字句的变化不等于政策的变化。",
        (
            "New: words in this year's sentences on the topic that stand nowhere in the report before; gone: the "
            "mirror of it. Only letters are compared: another wording counts as a change, and a change of words "
            "is no change of policy."
        ),
    )
    new = Text("新提法", "New")
    gone = Text("不再提及（上一份报告的原话）", "Gone (words of the report before)")
    nothing_new = Text("与上一份报告逐字相同", "The same as in the report before, to the letter")
    only_figures = Text(
        "没有整句的新提法；与上一份报告不同的字句（左边是上一份，右边是这一份）：",
        "No new phrase; what differs from the report before (at the left that one, at the right this one):",
    )
    not_named = Text("没有直接提到这个话题", "The topic is not named")
    sentences = Text("原文的句子", "Sentences of the report")

    batch = Text("一次问许多问题", "Many questions at once")
    batch_gone = Text(
        "这些问题问过的 {titles} 已从文库移除或换成新版，先前的结果不再显示。请重新提问。",
        "{titles} were asked and have been removed or replaced since, so the former results are not shown. Ask again.",
    )
    batch_label = Text("每行一个问题", "One question a line")
    batch_upload = Text(
        "或上传 CSV（“问题”一列，没有表头就取第一列）",
        "Or upload a CSV (a column named question, else the first)",
    )
    batch_reports = Text("都问这些报告", "Ask all of them of these reports")
    batch_reports_each = Text("不选时，由每个问题自己说明", "If none is chosen, each question says which")
    batch_start = Text("开始", "Start")
    batch_progress = Text("第 {question} / {questions} 个问题", "Question {question} of {questions}")
    and_others = Text("等", "and_others")
    batch_question = Text("问题", "Question")
