"""Every word the page 文库 says, in Chinese and in English."""

from __future__ import annotations

from embeddings.language import Labels, Text
from indexer.outcomes import Outcome
from indexer.progress import Step
from indexer.report.records import Origin
from views.shared.wording import SharedWording


class LibraryWording(SharedWording):
    """The texts of the page 文库."""

    page_title = Text("文库", "Library")
    upload = Text(
        "把报告拖到这里，可以一次放很多份（txt、md、Word、PDF、OFD、网页、表格、扫描件；每份不超过 {megabytes} MB）",
        "Drop reports here, as many as you like (txt, md, Word, PDF, OFD, web pages, tables, scans; at most {megabytes} MB each)",
    )
    add = Text("加入文库", "Add to the library")
    reading = Text("正在读文件…", "Reading files…")
    steps = Labels(
        {
            Step.READING: Text("正在读“{title}”", "reading “{title}”"),
            Step.RECOGNISING: Text(
                "正在识别“{title}”的第 {page} 页扫描图", "recognising scanned page {page} of “{title}”"
            ),
            Step.CONVERTING: Text("正在用 LibreOffice 打开“{title}”", "opening “{title}” with LibreOffice"),
            Step.EMBEDDING: Text("正在编入《{title}》", "indexing “{title}”"),
            Step.LISTING: Text(
                "文件都看完了，正在把《{title}》的承诺记入台账（{file} / {files}）",
                "all files are seen to; listing the commitments of “{title}” ({file} / {files})",
            ),
        }
    )
    files_done = Text("已完成 {finished} / {files} 个文件", "{finished} of {files} file(s) done")
    adding_since = Text("{time}{by} 开始加入 {count} 个文件", "{count} file(s), since {time}{by}")
    added_at = Text("{time} 加入的 {count} 个文件：", "{count} file(s), added at {time}:")
    noted = Text("知道了", "Noted")
    renewing = Text(
        "在后台更新由旧版程序建立的报告（{file} / {files}），照常可以提问",
        "Bringing reports of a former version up to date ({file} / {files}); they answer meanwhile",
    )
    apart = Text("，", ", ")
    outcomes = Labels(
        {
            Outcome.ADDED: Text("{file}：已加入", "{file}: added"),
            Outcome.REPLACED: Text("{file}：已替换旧版", "{file}: replaced the old version"),
            Outcome.UNCHANGED: Text(
                "{file}：文库里已有这份报告（{document}），没有重复加入",
                "{file}: this report is in the library already ({document})",
            ),
            Outcome.DIFFERS: Text(
                "{file}：文库里已有同名报告，内容不同，旧版没有改动",
                "{file}: the library has a report of this name with another text; it was left as it is",
            ),
            Outcome.UNUSUAL: Text(
                "{file}：看来不是政府的报告、规划或公报，没有加入",
                "{file}: it does not look like a report, plan or communiqué of a government; it was not added",
            ),
            Outcome.DIVIDED: Text(
                "{file}：是表格，每行作一份文档", "{file}: a table; each of its rows is a document of its own"
            ),
            Outcome.REFUSED: Text("{file}：读不了。", "{file}: cannot be read."),
        }
    )
    more_added = Text("另有 {count} 份已加入或已有。", "{count} more were added or are there already.")
    add_anyway = Text("仍要加入这 {count} 份", "Add {count} of them all the same")
    rows_question = Text(
        "“{file}”是表格，“{column}”一栏有 {rows} 行正文。怎样加入？",
        "“{file}” is a table; its column “{column}” has {rows} rows of text. How is it to be added?",
    )
    each_row = Text("每行作一份文档", "Each row as a document")
    one_document = Text("整个文件作一份文档", "The file as one document")
    go_on = Text("继续", "Go on")
    too_much = Text(
        "这些文件共 {size} MB，一次最多 {most} MB。请分几次上传，或用命令行加入。",
        "These files have {size} MB, at most {most} MB go at once. Take several turns, or use the command line.",
    )
    stopped = Text(
        "已停止：还有 {count} 个文件没有加入：{names}。", "Stopped: {count} file(s) were not added: {names}."
    )
    interrupted = Text(
        "上次加入中断（程序被关闭或停电），有 {count} 个文件没有加入：{names}。",
        "An import was cut short (the program was ended): {count} file(s) were not added: {names}.",
    )
    resume = Text("继续加入这 {count} 个文件", "Go on with these {count} file(s)")
    leave = Text("不加入了", "Leave them out")
    original_file = Text("下载上传的原件", "Download the uploaded file")
    replace = Text("用新版替换这 {count} 份旧版", "Replace {count} old version(s) with the new")

    reports = Text("文库里的报告（{count} 份）", "Reports in the library ({count})")
    empty = Text("还没有报告。把文件拖到上面就可以开始。", "No reports yet. Drop files above to begin.")
    title = Text("标题", "Title")
    region = Text("地区", "Region")
    level = Text("层级", "Level")
    year = Text("年份", "Year")
    kind = Text("文种", "Kind")
    any_year = Text("不限", "Any")
    issuer = Text("发布机关", "Issuer")
    characters = Text("字数", "Characters")
    passages = Text("段落", "Passages")
    file = Text("文件名", "File")
    guess = Text("（推测）", " (a guess)")
    fields = Labels(
        {
            "title": Text("标题", "Title"),
            "region": Text("地区", "Region"),
            "issuer": Text("发布机关", "Issuer"),
            "meeting": Text("会议", "Meeting"),
            "date": Text("日期", "Date"),
            "speaker": Text("报告人", "Speaker"),
        }
    )
    origins = Labels(
        {
            Origin.FILE_NAME: Text("取自文件名", "From the file name"),
            Origin.FOLDER: Text("取自文件夹", "From the folder"),
            Origin.DECLARED: Text("取自文件里的题头或属性", "From the head or the properties of the file"),
            Origin.TEXT: Text("取自正文", "From the text"),
            Origin.GUESS: Text("推测，请核对", "A guess, please check"),
            Origin.METADATA_FILE: Text("取自元数据文件", "From the metadata file"),
            Origin.USER: Text("由人填写", "Entered by a person"),
        }
    )

    chance = Text("，把握 {percent} %", ", {percent} % sure")
    against = Text("；但另有说法（{origin}）：{value}，请核对", "; but ({origin}): {value}. Please check")
    twin = Text(
        "《{title}》在文库里有 {count} 份（地区、年份相同，正文几乎一样）：{names}。回答、比较和台账只用“{first}”，其余可以移除。",
        "“{title}” is in the library {count} times (place and year the same, the text nearly so): {names}. Answers, comparisons and the ledger use “{first}”; the others can be removed.",
    )
    other_version = Text("与另一份对照", "Set beside another report")
    other_version_help = Text(
        "同一地区的报告，几乎相同的排在前面：例如报告的送审稿和修改后的公布稿。逐句比较，左边是现在打开的这份。",
        "Reports of the same place, copies first, such as a draft and the text as it was amended. Compared by sentence; at the left the one that is open.",
    )
    no_other = Text("不对照", "None")
    no_change = Text(
        "两份的字句完全相同（空格和换行除外）。", "Their words are the same, blanks and lines aside."
    )
    changed = Text(
        "与《{title}》相比：改动 **{changed}** 句，少了 **{put_in}** 句，多了 **{out}** 句。左边是这份，右边是那份。",
        "Beside “{title}”: **{changed}** sentences changed, **{put_in}** are missing here, **{out}** are only here. At the left this report, at the right the other.",
    )
    targets_in_it = Text(
        "台账里有这份报告的目标 {targets} 条、结果 {results} 条。",
        "The ledger has {targets} targets and {results} results of this report.",
    )
    see_them = Text("在承诺页看", "See them on the page Commitments")
    changed_source = Text(
        "报告“{document}”的源文件已删除或已改动。回答仍引用索引里保存的原文；文件若有新内容，可以用它替换：{command}",
        "The file of the report “{document}” is gone or changed. Answers still quote the indexed text; if the file has a new one, put that in its place: {command}",
    )
    save = Text("保存更正", "Save corrections")
    saving = Text("正在保存…", "Saving…")
    remove = Text("移除这份报告", "Remove this report")
    really_remove = Text(
        "从文库移除《{title}》？{minutes} 分钟内可以撤销；上传到这里的原件随后删除，别处的源文件不受影响。",
        "Remove “{title}” from the library? It can be undone for {minutes} minutes; then a file that was uploaded here is deleted, one elsewhere stays.",
    )
    yes_remove = Text("确定移除", "Yes, remove it")
    removed = Text("已移除《{title}》，它不再回答问题。", "“{title}” was removed and answers no more.")
    put_back = Text("《{title}》已放回文库。", "“{title}” is in the library again.")
    several = Text("已选 **{count}** 份：{names}", "**{count}** chosen: {names}")
    choose_none = Text("取消选择", "Choose none")
    several_help = Text(
        "点一行打开一份；勾选左边的方框可以一次移除、编组或更正几份。",
        "Click a row to open a report; tick several boxes to remove, group or correct them at once.",
    )
    remove_several = Text("移除这 {count} 份", "Remove these {count}")
    really_remove_several = Text(
        "从文库移除这 {count} 份报告（{names}）？{minutes} 分钟内可以撤销；上传到这里的原件随后删除，别处的源文件不受影响。",
        "Remove these {count} reports ({names}) from the library? It can be undone for {minutes} minutes; then files that were uploaded here are deleted, those elsewhere stay.",
    )
    several_removed = Text(
        "已移除 {count} 份报告，它们不再回答问题。", "{count} reports were removed and answer no more."
    )
    several_put_back = Text("{count} 份报告已放回文库。", "{count} reports are in the library again.")
    into_set = Text("编入报告组", "Put them into a set")
    put_in = Text("编入", "Put in")
    correct_several = Text("一起更正", "Correct them alike")
    correct_several_help = Text(
        "只改填写了的几项，其余每份照旧。", "Only what is filled in is changed, of each report."
    )
    as_it_is = Text("不改", "As it is")
    several_corrected = Text("已更正 {count} 份报告。", "{count} reports were corrected.")
    corrected = Text("已更正《{title}》：{changes}", "“{title}” was corrected: {changes}")
    also = Text("；", "; ")
    sets = Text("报告组（{count}）", "Sets of reports ({count})")
    sets_help = Text(
        "把常用的报告编成一组，例如“华东六省”“我的县”；在提问、对比、承诺页可以只看这一组，链接里也记着它。",
        "Put reports that belong together into a set, such as my counties; questions, comparisons and the ledger can be kept to it, and so can links.",
    )
    set_of = Text("**{title}** · {count} 份", "**{title}** · {count} report(s)")
    new_set = Text("新的报告组", "A new set")
    change_set = Text("修改“{title}”", "Change “{title}”")
    set_title = Text("名称", "Name")
    set_title_placeholder = Text("例如：华东六省", "For example: my counties")
    set_reports = Text("其中的报告", "Its reports")
    save_set = Text("保存报告组", "Save the set")
    edit_set = Text("修改", "Change")
    remove_set = Text("删除", "Remove")
    set_saved = Text(
        "已保存报告组“{title}”（{count} 份报告）。", "The set “{title}” is saved ({count} reports)."
    )
    set_removed = Text(
        "已删除报告组“{title}”，其中的报告还在文库里。",
        "The set “{title}” is gone; its reports are still here.",
    )
    feedback = Text("对答案的反馈（{count}）", "What was said of answers ({count})")
    no_feedback = Text(
        "还没有反馈。提问页的每个回答下面可以说“答得对”“答案不对”“段落不对”，都记在这里。",
        "Nothing yet. Below every answer on the page Ask one can say whether it is right; it is kept here.",
    )
    feedback_at = Text("时间", "When")
    feedback_question = Text("问题", "Question")
    feedback_verdict = Text("反馈", "Said")
    feedback_answer = Text("当时的回答", "The answer then")
    feedback_silent = Text("（没有找到明确答案）", "(no clear answer)")
    feedback_wanted = Text("正确的原文", "The right words")
    feedback_note = Text("说明", "Note")
    feedback_name = Text("署名", "Name")
    set_has = Text("可以用来评测的有 {count} 个问题", "{count} question(s) can be used to measure")
    set_lacks = Text("{count} 个不能用：{why}", "{count} cannot: {why}")
    question_set = Text("导出题集", "Export the question set")
    question_set_file = Text("题集_来自反馈.jsonl", "questions_from_feedback.jsonl")
    question_set_help = Text(
        "用它检验在本单位报告上的准确率；有了几十道，还可以重新校准把握度：",
        "It measures how right answers are on your own reports; with some dozens the confidence can be fitted anew:",
    )
    question_set_command = Text(
        "python -m answers evaluate 题集_来自反馈.jsonl --write run.jsonl\n"
        "python -m answers calibrate 题集_来自反馈.jsonl run.jsonl",
        "python -m answers evaluate questions_from_feedback.jsonl --write run.jsonl\n"
        "python -m answers calibrate questions_from_feedback.jsonl run.jsonl",
    )
    maintenance = Text("维护", "Maintenance")
    repair = Text("检查并修复索引", "Check and repair the index")
    repair_help = Text(
        "依据库中保存的正文重建章节、段落和检索数据；正文没有变的部分不会重新计算。",
        "Derives sections, passages and search data anew from the stored texts; what did not change is not computed again.",
    )
    check = Text("检查", "Check")
    checking = Text("正在逐份核对…", "Checking every report…")
    sound = Text("全部相符。", "All is as it was written.")
    more_problems = Text("另有 {count} 处。", "{count} more.")
    colon = Text("：", ": ")
    repaired = Text("已修复。", "Repaired.")
    repairing = Text("正在修复…", "Repairing…")

    change_log = Text("改动记录（{count}）", "Log of changes ({count})")
    change_log_help = Text(
        "谁在什么时候加入、更正、移除、认定了什么，经页面、HTTP 接口还是命令行。只增不改，重建索引不会丢。",
        "Who added, corrected, removed or judged what and when, through the pages, the HTTP interface or the command line. "
        "Nothing of it is overwritten, and a rebuild keeps it.",
    )
    change_at = Text("时间", "Time")
    change_log_file = Text("改动记录", "log-of-changes")
    take_log = Text("导出记录", "Export the log")
