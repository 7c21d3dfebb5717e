"""What every page says in the same words: the head, a quotation and its place, the preparation."""

from __future__ import annotations

from embeddings.language import Text, Wording


class HeadWording(Wording):
    """The line above all pages."""

    title = Text("问报", "Wenbao")
    tagline = Text(
        "用政府工作报告的原话回答问题", "Answers from Chinese government work reports, in their own words"
    )


class SharedWording(Wording):
    """The texts that several pages share. Each page's own wording derives from it. Braces are filled by `str.format`."""

    comma = Text("、", ", ")
    counted = Text("{name}（{count}）", "{name} ({count})")
    verbatim = Text("引文与原文逐字一致", "Quoted to the letter")
    not_verbatim = Text(
        "与原文不符，请勿引用，并重新建立索引",
        "Not what the report says: do not quote it, and build the index again",
    )
    pair = Text("这只是其中一项，原文并列写到：", "Only one of several that the report sets side by side: ")
    pair_shown = Text(
        "这只是原文并列的几项中的一项。", "This is only one of several that the report sets side by side."
    )
    whole_passage = Text("所在的段落", "The whole passage")
    confidence = Text("把握 {percent}", "Confidence {percent}")
    paragraph = Text("第 {number} 段", "paragraph {number}")
    page_number = Text("第 {number} 页", "page {number}")
    original = Text("原文", "The report")
    open_place = Text("在原文中打开", "Open in the report")
    citation = Text("引文", "Citation")
    copy_citation = Text("复制引文", "Copy the citation")
    copy = Text("复制", "Copy")
    copied = Text("已复制", "Copied")
    not_copied = Text("浏览器不让复制", "The browser forbids it")
    whole_section = Text("本节", "This section")
    whole_report = Text("全文", "Whole report")
    find_in_report = Text("在原文里查找", "Find in the report")
    find_next = Text("下一处", "Next place")
    find_former = Text("上一处", "Previous place")
    find_none = Text("没有", "none")
    outline = Text("目录", "Outline")
    back_to_place = Text("回到引文", "To the quotation")
    print_report = Text("打印", "Print")
    report_named = Text("《{title}》原文", "The report {title}")
    opened_place = Text("引文", "The quotation")
    further_hit = Text("另一处相关段落", "A further passage")
    found_here = Text("查到的一处", "Found here")

    printed = Text("看印刷页（第 {number} 页）", "The page as printed ({number})")
    drawing_page = Text("正在画这一页…", "Drawing the page…")
    printed_marked = Text(
        "引文在印刷页上的位置标成黄色。", "The quotation is marked in yellow where it stands on the page."
    )
    printed_unmarked = Text(
        "没有在这一页上定出引文的位置（可能跨页，或是扫描件）。",
        "The quotation's place on the page was not found: it may run over two pages, or the page is a scan.",
    )
    search = Text("检索", "Search")
    export_ledger = Text("导出台账", "Export the ledger")
    by_value = Text("按数值", "By value")
    no_value_in = Text("没有找到数值：{names}", "No value found: {names}")
    stop = Text("停止", "Stop")
    stopping = Text("正在停止…", "Stopping…")
    bad_address = Text(
        "链接里的“{said}”看不懂，没有用它。链接可能不完整，或者来自旧版。",
        "“{said}” in the link says nothing known and was left out. The link may be cut short, or of a former version.",
    )
    gone_place = Text(
        "链接要打开的段落不在文库里，或那份报告已换成新版；下面是现在的结果。",
        "The passage that the link opens is not in the library, or its report was replaced; below is the present result.",
    )
    gone_reports = Text(
        "链接里的报告“{names}”不在文库里：它可能已移除或改了名字。",
        "The report “{names}” of the link is not in the library: it may have been removed or renamed.",
    )
    gone_regions = Text("文库里没有叫“{names}”的地区。", "The library has no region called {names}.")
    gone_years = Text("文库里没有 {names} 年的报告。", "The library has no report of {names}.")
    report_set = Text("报告组", "Set of reports")
    every_report = Text("全部报告", "All reports")
    gone_set = Text(
        "链接里的报告组“{title}”不在文库里：它可能已删除或改了名字。",
        "The set “{title}” of the link is not in the library: it may have been removed or renamed.",
    )
    undo = Text("撤销", "Undo")
    too_often = Text(
        "请求太多了，请等 {seconds} 秒再试。大批的问题和文件请用命令行。",
        "That is too much at once: try again in {seconds} s. The command line takes many questions and files.",
    )
    result_gone = Text(
        "这个问题先前的结果出自 {titles}，现已从文库移除或换成新版；下面是现在的结果。",
        "The former result for this question was from {titles}, removed or replaced since; below is the present one.",
    )

    find_report = Text("找报告", "Find a report")
    find_report_placeholder = Text("例如：江苏 2025", "Part of a title, a region, a year")
    find_report_help = Text(
        "标题、文件名、地区或年份里的词，用空格隔开；找到的列在选择框里。",
        "Words of the title, file name, region or year, parted by blanks; what is found is offered in the box.",
    )
    more_reports = Text(
        "选择框里列出前 {count} 份；写得再具体些，就能找到其余的。",
        "The box offers the first {count}; say more to find the others.",
    )
    no_such_report = Text("没有找到“{text}”。", "Nothing found for “{text}”.")
    former_page = Text("上一页", "Previous")
    next_page = Text("下一页", "Next")
    rows_shown = Text("第 {first}—{last} 条，共 {rows} 条", "{first}–{last} of {rows}")
    page_chosen = Text("页", "Page")
    and_more = Text("{names}……（共 {count}）", "{names} … ({count} in all)")
    reading_ledger = Text(
        "正在从报告里找出目标和结果：{title}（{done} / {total}）",
        "Finding targets and results: {title} ({done} / {total})",
    )

    preparing_model = Text(
        "正在载入模型（第一次要多花几秒）…", "Loading the model (a few seconds more the first time)…"
    )
    preparing_index = Text("正在读报告…", "Reading the reports…")
    preparing_units = Text(
        "第一次使用，正在为报告建立索引：{title}（{done} / {total}）",
        "First use: indexing {title} ({done} / {total})",
    )
    opening = Text("正在打开索引…", "Opening the index…")
    question_waits = Text(
        "问题已记下，准备好后马上回答。",
        "Your question is noted and will be answered as soon as all is ready.",
    )
    failed = Text("没能准备好", "This did not work")
    retry = Text("再试一次", "Try again")
