"""Every word the page 文库 says, in Chinese and in English."""

from __future__ import annotations

from dataclasses import dataclass

from embeddings.language import Language
from indexer.report.records import Origin


@dataclass(frozen=True, slots=True)
class LibraryWording:
    """The texts of the page 文库 in one language."""

    page: str
    upload: str
    add: str
    cancel: str
    reading: str
    embedding: str
    added: str
    replaced: str
    unchanged: str
    differs: str
    refused: str
    replace: str
    reports: str
    empty: str
    title: str
    region: str
    level: str
    year: str
    issuer: str
    characters: str
    passages: str
    file: str
    guess: str
    fields: tuple[tuple[str, str], ...]
    origins: tuple[tuple[Origin, str], ...]
    save: str
    saving: str
    remove: str
    really_remove: str
    yes_remove: str
    maintenance: str
    repair: str
    repair_help: str
    repairing: str


_LIBRARY_ZH = LibraryWording(
    page="文库",
    upload="把报告拖到这里，可以一次放很多份（txt、md、Word、PDF、网页、扫描件）",
    add="加入文库",
    cancel="停止",
    reading="正在读文件…",
    embedding="正在加入：{title}",
    added="{file}：已加入",
    replaced="{file}：已替换旧版",
    unchanged="{file}：文库里已有这份报告（{document}），没有重复加入",
    differs="{file}：文库里已有同名报告，内容不同，旧版没有改动",
    refused="{file}：读不了。",
    replace="用新版替换这 {count} 份旧版",
    reports="文库里的报告（{count} 份）",
    empty="还没有报告。把文件拖到上面就可以开始。",
    title="标题",
    region="地区",
    level="层级",
    year="年份",
    issuer="发布机关",
    characters="字数",
    passages="段落",
    file="文件名",
    guess="（推测）",
    fields=(
        ("title", "标题"),
        ("region", "地区"),
        ("issuer", "发布机关"),
        ("meeting", "会议"),
        ("date", "日期"),
        ("speaker", "报告人"),
    ),
    origins=(
        (Origin.FILE_NAME, "取自文件名"),
        (Origin.TEXT, "取自正文"),
        (Origin.GUESS, "推测，请核对"),
        (Origin.METADATA_FILE, "取自元数据文件"),
        (Origin.USER, "由人填写"),
    ),
    save="保存更正",
    saving="正在保存…",
    remove="移除这份报告",
    really_remove="确定从文库移除《{title}》？源文件不受影响。",
    yes_remove="确定移除",
    maintenance="维护",
    repair="检查并修复索引",
    repair_help="依据库中保存的正文重建章节、段落和检索数据；正文没有变的部分不会重新计算。",
    repairing="正在修复…",
)  # fmt: skip

_LIBRARY_EN = LibraryWording(
    page="Library",
    upload="Drop reports here, as many as you like (txt, md, Word, PDF, web pages, scans)",
    add="Add to the library",
    cancel="Stop",
    reading="Reading files…",
    embedding="Adding: {title}",
    added="{file}: added",
    replaced="{file}: replaced the old version",
    unchanged="{file}: this report is in the library already ({document})",
    differs="{file}: the library has a report of this name with another text; it was left as it is",
    refused="{file}: cannot be read.",
    replace="Replace {count} old version(s) with the new",
    reports="Reports in the library ({count})",
    empty="No reports yet. Drop files above to begin.",
    title="Title",
    region="Region",
    level="Level",
    year="Year",
    issuer="Issuer",
    characters="Characters",
    passages="Passages",
    file="File",
    guess=" (a guess)",
    fields=(
        ("title", "Title"),
        ("region", "Region"),
        ("issuer", "Issuer"),
        ("meeting", "Meeting"),
        ("date", "Date"),
        ("speaker", "Speaker"),
    ),
    origins=(
        (Origin.FILE_NAME, "From the file name"),
        (Origin.TEXT, "From the text"),
        (Origin.GUESS, "A guess, please check"),
        (Origin.METADATA_FILE, "From the metadata file"),
        (Origin.USER, "Entered by a person"),
    ),
    save="Save corrections",
    saving="Saving…",
    remove="Remove this report",
    really_remove="Remove “{title}” from the library? The source file stays.",
    yes_remove="Yes, remove it",
    maintenance="Maintenance",
    repair="Check and repair the index",
    repair_help="Derives sections, passages and search data anew from the stored texts; what did not change is "
    "not computed again.",
    repairing="Repairing…",
)  # fmt: skip


def library_wording(language: Language) -> LibraryWording:
    """The texts of the page 文库 in `language`."""
    return _LIBRARY_ZH if language == "zh" else _LIBRARY_EN
