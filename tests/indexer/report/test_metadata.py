from __future__ import annotations

import pytest

from indexer.report.metadata import FileEvidence, corrected, describe
from indexer.report.records import Document, Metadata, Origin
from indexer.report.regions import region_named, regions
from indexer.report.roles import Role, paragraph_roles, section_roles
from indexer.report.sections import parse_sections
from indexer.text.broken_lines import mend_lines
from indexer.text.characters import simplified
from indexer.text.paragraphs import paragraphs

HEAD = (
    "2025年云南省政府工作报告\n来源：北京日报\n——2025年1月18日在云南省第十四届人民代表大会第三次会议上\n"
    "省长 王予波\n各位代表：\n现在，我代表省人民政府，向大会报告工作。\n一、2024年工作回顾\n过去一年，很好。"
)


def origin(meta: Metadata, field: str) -> Origin | None:
    return next((o.origin for o in meta.origins if o.field == field), None)


def test_the_head_of_a_report_tells_everything() -> None:
    meta = describe("报告1", HEAD)
    assert (meta.title, meta.region, meta.level, meta.year) == (
        "2025年云南省政府工作报告",
        "云南省",
        "省",
        2025,
    )
    assert (meta.issuer, meta.meeting) == ("云南省人民政府", "云南省第十四届人民代表大会第三次会议")
    assert (meta.date, meta.speaker) == ("2025-01-18", "省长 王予波")
    assert origin(meta, "region") is Origin.TEXT


def test_the_file_name_counts_where_the_text_is_silent() -> None:
    meta = describe("浙江省杭州市政府工作报告2022", "推进各项工作。")
    assert (meta.region, meta.level, meta.year) == ("浙江省杭州市", "市", 2022)
    assert origin(meta, "region") is Origin.FILE_NAME


def test_a_place_that_is_only_mentioned_often_is_a_guess_and_said_to_be() -> None:
    meta = describe("报告", "宁波发展。" * 6)
    assert (meta.region, origin(meta, "region")) == ("浙江省宁波市", Origin.GUESS)
    assert describe("报告", "宁波发展。杭州发展。" * 6).region == ""


def test_nothing_is_made_up() -> None:
    assert describe("报告", "推进各项工作。创新发展。") == Metadata(
        "报告", origins=describe("报告", "推进各项工作。创新发展。").origins
    )


def test_the_year_of_the_tasks_is_one_after_the_review() -> None:
    assert describe("国务院报告", "一、2013年工作回顾\n很好。").year == 2014
    assert describe("报告", "一、2024年工作回顾\n很好。").year == 2025


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("二〇二四年一月二十五日", "2024-01-25"),
        ("二○二四年十二月三十日", "2024-12-30"),
        ("二零二四年十月二五日", "2024-10-25"),
        ("2024年１２月３日", "2024-12-03"),
    ],
)
def test_dates_may_be_written_in_characters(day: str, expected: str) -> None:
    meta = describe("报告", f"{day}\n各位代表：\n很好。")
    # What is said in December plans for the year to come.
    assert (meta.year, meta.date) == (2024 + ("-12-" in expected), expected)


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("2025年吉林省政府工作报告", "吉林省"),
        ("吉林市2024", "吉林省吉林市"),
        ("内蒙古政府工作报告", "内蒙古自治区"),
        ("延边州政府工作报告", "吉林省延边朝鲜族自治州"),
        ("浙江省宁波市鄞州区政府工作报告", "浙江省宁波市鄞州区"),
        ("南京市鼓楼区", "江苏省南京市鼓楼区"),
        ("海南2025", "海南省"),
        ("鼓楼区政府工作报告", None),
        ("创新发展", None),
        ("青年创新", None),
    ],
)
def test_a_region_is_named_by_its_names_alone(text: str, full: str | None) -> None:
    found = region_named(text)
    assert (found.full if found else None) == full


@pytest.mark.parametrize(
    ("given", "full"),
    [
        ("南昌", "江西省南昌市"),
        ("南昌市", "江西省南昌市"),
        ("江西南昌", "江西省南昌市"),
        ("吉林", "吉林省"),
        ("吉林市", "吉林省吉林市"),
        ("宁波鄞州区", "浙江省宁波市鄞州区"),
        ("国务院", "全国"),
        ("朝阳区", "朝阳区"),  # of three cities
        ("南昌新区", "南昌新区"),  # more than a name that is known
    ],
)
def test_a_place_that_somebody_gave_is_known_by_its_full_name(given: str, full: str) -> None:
    for origin_of in (Origin.USER, Origin.METADATA_FILE):
        assert corrected(describe("报告", "发展。" * 9), origin_of, region=given).region == full


def test_short_names_are_those_people_use() -> None:
    short = {region.name: region.short for region in regions() if region.level == "省"}
    assert (short["内蒙古自治区"], short["广西壮族自治区"], short["北京市"]) == ("内蒙古", "广西", "北京")
    assert len(short) == 34


def test_whoever_gives_the_region_settles_what_was_guessed_with_it() -> None:
    guessed = describe("报告", "宁波发展。" * 6)
    meta = corrected(guessed, Origin.USER, region="广东省深圳市")
    assert (meta.region, meta.level, meta.issuer) == ("广东省深圳市", "市", "深圳市人民政府")
    assert origin(meta, "issuer") is Origin.USER
    territory = corrected(guessed, Origin.USER, region="香港特别行政区")
    assert (territory.level, territory.issuer) == ("省", "香港特别行政区政府")
    # A place that no list knows is not the city that its name begins with.
    zone = corrected(guessed, Origin.USER, region="江西省南昌市某某新区")
    assert zone.region == "江西省南昌市某某新区"
    assert (zone.level, zone.issuer) == (guessed.level, guessed.issuer)
    assert origin(zone, "issuer") is not Origin.USER


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("细颗粒物（PM\n2.5\n）治理。", "细颗粒物（PM2.5）治理。"),
        ("根据《\n民族法\n》办。", "根据《民族法》办。"),
        ("一、2024\n年工作回顾", "一、2024年工作回顾"),
        ("三、持续提升政府\n治理效能\n人民满意是标准。", "三、持续提升政府治理效能\n人民满意是标准。"),
        ("完成投资。又完成\n三百亿元。", "完成投资。又完成三百亿元。"),
        ("grew by\n5% over", "grew by\n5% over"),
    ],
)
def test_lines_broken_inside_a_sentence_are_joined(broken: str, mended: str) -> None:
    assert mend_lines(broken) == mended
    assert mend_lines(mended) == mended


@pytest.mark.parametrize(
    "text",
    [
        "政府工作报告\n省长 王予波\n各位代表：",
        "做好工作。\n一、2024年工作回顾\n过去一年。",
        "名词解释\n1.两重：国家重大战略。",
        "指标：GDP | 目标：5%\n指标：粮食 | 目标：500亿斤",
        "目标\n增长5%\n粮食500亿斤",
        "——2025年1月14日在会议上\n省长 胡玉亭",
    ],
)
def test_lines_without_such_evidence_stay(text: str) -> None:
    assert mend_lines(text) == text


def roles(text: str) -> list[tuple[str, Role]]:
    sections = parse_sections(text)
    found = section_roles(text, sections)
    return [(s.heading.of(text) or s.span.of(text)[:6], found[s.number]) for s in sections[1:]]


def test_results_and_targets_are_told_apart_without_numbers_too() -> None:
    text = "2024年工作回顾\n过去一年，很好。\n2025年工作安排\n今年要做好。\n各位代表！加强政府自身建设，过紧日子。\n名词解释\n两重：战略。"
    assert roles(text) == [
        ("2024年工作回顾", Role.REVIEW),
        ("2025年工作安排", Role.TASKS),
        ("各位代表！加", Role.OWN_WORK),
        ("名词解释", Role.GLOSSARY),
    ]


def test_a_slogan_for_a_heading_takes_its_role_from_its_place() -> None:
    text = "一、牢记嘱托，奋力前行\n很好。\n二、勇毅前进，再创辉煌\n要做好。\n三、加强政府自身建设\n廉洁。"
    assert [role for _, role in roles(text)] == [Role.REVIEW, Role.TASKS, Role.OWN_WORK]


def test_an_address_belongs_to_no_point_before_it() -> None:
    text = "一、工作安排\n（一）扩大内需\n做好。\n各位代表！实干为要。\n（二）改善民生\n做好。"
    sections = parse_sections(text)
    by_heading = {s.heading.of(text): s for s in sections}
    assert by_heading["（二）改善民生"].parent == by_heading["一、工作安排"].number
    assert by_heading["（一）扩大内需"].span.of(text).strip() == "（一）扩大内需\n做好。"


MEETING = (
    "——2023年1月15日在宿州市第六届人民代表大会第二次会议上\n市长 王某\n各位代表：\n一、2022年工作回顾\n很好。"
)


def test_the_text_decides_against_the_folder_and_the_doubt_is_told() -> None:
    meta = describe(FileEvidence("2021", ("宿迁市", "prefectures")), MEETING)
    assert (meta.region, meta.year) == ("安徽省宿州市", 2023)
    told = {o.field: (o.against, o.against_origin) for o in meta.origins if o.is_doubtful}
    of_file = {"title": ("", None)}  # which nothing but the name of the file says
    assert told == {"region": ("江苏省宿迁市", Origin.FOLDER), "year": ("2021", Origin.FILE_NAME)} | of_file


def test_the_folder_says_the_place_where_the_text_is_silent() -> None:
    text = "——2020年1月14日在州第十四届人民代表大会第五次会议上\n州长 张某\n各位代表：\n很好。"
    meta = describe(FileEvidence("2020", ("文山壮族苗族自治州",)), text)
    assert (meta.region, origin(meta, "region")) == ("云南省文山壮族苗族自治州", Origin.FOLDER)
    assert meta.meeting == "文山壮族苗族自治州第十四届人民代表大会第五次会议"
    assert describe(FileEvidence("2020", ("我的宁波资料",)), text).region == ""


@pytest.mark.parametrize(
    ("head", "year"),
    [
        ("——2022年12月26日在济南市第十八届人民代表大会第二次会议上", 2023),
        ("2022年济南市政府工作报告\n——2021年12月26日在济南市第十八届人民代表大会第一次会议上", 2022),
        ("关于济南市2023年预算执行情况和2024年预算草案的报告", 2024),
        ("济南市国民经济和社会发展第十四个五年规划和2035年远景目标纲要", 2021),
        ("济南市2023年国民经济和社会发展统计公报\n2024年3月15日", 2023),
        ("一、２０１４年工作回顾", 2015),
        ("——201４年1月5日在济南市第十五届人民代表大会第三次会议上", 2014),
        ("二〇一四年政府工作报告", 2014),
    ],
)
def test_the_year_is_the_one_that_is_planned_for(head: str, year: int) -> None:
    assert describe("报告", f"{head}\n各位代表：\n2019年很好。").year == year


@pytest.mark.parametrize(
    ("line", "speaker"),
    [
        ("静宁县常务副县长 杨某", "常务副县长 杨某"),
        ("省人民政府代理省长 李国英", "代理省长 李国英"),
        ("自治区主席 刘 慧", "自治区主席 刘慧"),
        ("自治区主席 雪克来提·扎克尔", "自治区主席 雪克来提·扎克尔"),
        ("2017年1月19日广东省代省长马兴瑞在广东省第十二届人民代表大会第五次会议上作政府工作报告", "代省长 马兴瑞"),
        ("枣庄市市长 石爱作", "市长 石爱作"),
        ("（2006年1月14日 宋秀岩）", "宋秀岩"),
        ("国务院副总理兼国家经济委员会主任 薄一波", "国务院副总理兼国家经济委员会主任 薄一波"),
        ("市人民政府代市长\n及永乾", "代市长 及永乾"),
    ],
)  # fmt: skip
def test_whoever_speaks_is_told_with_the_office(line: str, speaker: str) -> None:
    assert describe("报告", f"政府工作报告\n{line}\n各位代表：\n很好。").speaker == speaker


def test_the_name_of_a_file_is_the_title_of_last_resort() -> None:
    assert describe("2014", f"政府工作报告\n{MEETING}").title == "2023年宿州市政府工作报告"
    assert describe("2014", "各位代表：\n很好。").title == "2014"
    sentence = "我市认真落实各项规定，推动高质量发展取得新成效。这是一份很好的报告。"
    assert describe("2014", sentence).title == "2014"


def test_what_a_page_puts_around_a_report_says_nothing_of_it() -> None:
    page = "当前位置：首页 > 政府工作报告 > 正文\n字号：大 中 小 打印 分享到：\n某网 www.example.org 2009年03月16日 来源：某报\n"
    meta = describe(
        "转载",
        f"{page}合肥市2015年政府工作报告\n——2015年1月20日在合肥市第十五届人民代表大会第四次会议上\n各位代表：\n很好。",
    )
    assert (meta.title, meta.date, meta.year) == ("合肥市2015年政府工作报告", "2015-01-20", 2015)


def test_a_national_text_is_of_the_whole_country_and_of_no_province_that_it_mentions() -> None:
    text = "我国社会主义建设取得成就。全国各族人民团结起来。台湾是我国领土。台湾同胞。" * 8
    assert describe("1978", text).region == "全国"
    assert describe("报告", "全省上下团结奋斗。台湾客商。" * 8).region == ""


@pytest.mark.parametrize(
    ("title", "issuer"),
    [
        ("宁波市人民代表大会常务委员会工作报告", "宁波市人民代表大会常务委员会"),
        ("关于浙江省2023年预算执行情况和2024年预算草案的报告", "浙江省财政厅"),
        ("宁波市2023年国民经济和社会发展统计公报", "宁波市统计局"),
        ("中共宁波市委关于制定规划的建议", "中共宁波市委员会"),
        ("宁波市2023年政府工作报告", "宁波市人民政府"),
        ("香港特别行政区行政长官2023年施政报告", "香港特别行政区政府"),
        ("2023年国务院政府工作报告", "国务院"),
    ],
)
def test_bodies_that_are_no_government_issue_documents_too(title: str, issuer: str) -> None:
    assert describe("报告", f"{title}\n各位代表：\n很好。").issuer == issuer


def test_a_traditional_report_says_what_its_simplified_twin_says() -> None:
    simple = "政府工作报告\n——2024年1月18日在苏州市第十七届人民代表大会第三次会议上\n苏州市市长 吴庆文\n各位代表：\n很好。"
    traditional = "政府工作報告\n——2024年1月18日在蘇州市第十七屆人民代表大會第三次會議上\n蘇州市市長 吳慶文\n各位代表：\n很好。"
    assert describe("报告", traditional) == describe("报告", simple)


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("一、过去五年回顾及2016年主要工作", Role.REVIEW),
        ("一、2016年主要工作", Role.REVIEW),
        ("一、2016年政府工作", Role.REVIEW),
        ("一、今后五年及2017年的工作", Role.TASKS),
        ("一、2017年主要工作", Role.TASKS),
        ("一、“十二五”时期经济社会发展", Role.REVIEW),
        ("一、“十三五”时期经济社会发展", Role.TASKS),
        ("一、2017年经济社会发展总体要求", Role.REQUIREMENTS),
    ],
)
def test_the_year_of_a_heading_tells_whether_it_is_behind(heading: str, role: Role) -> None:
    text = f"{heading}\n很好。\n二、其他\n很好。"
    assert section_roles(text, parse_sections(text), 2017)[1] is role


@pytest.mark.parametrize(
    "line", ["2014年政府工作", "今后五年的奋斗目标", "2006年工作部署", "2014年经济社会保持平稳健康发展"]
)
def test_a_line_of_a_period_is_the_name_of_a_part(line: str) -> None:
    text = f"各位代表：\n2013年工作回顾\n很好。\n{line}\n要做好。"
    assert line in [s.heading.of(text) for s in parse_sections(text)]


def test_words_tell_results_from_plans_where_the_headings_do_not() -> None:
    done = "全年生产总值增长8.7%，新增就业20万人，建成公园12个，民生得到改善，各项事业取得显著成绩。" * 20
    plans = (
        "我们要坚持创新驱动，加快推进重点项目建设，力争新增就业20万人，确保完成全年目标任务，大力改善民生。"
        * 20
    )
    slogans = ["（一）勇立潮头", "（二）同心同向", "（三）扬帆远航", "（四）再谱新篇"]
    bodies = [done, done, plans, plans]
    text = "\n".join(f"{slogan}\n{body}" for slogan, body in zip(slogans, bodies, strict=True))
    assert [role for _, role in roles(text)] == [Role.REVIEW, Role.REVIEW, Role.TASKS, Role.TASKS]
    # Half a report is all plans, and its headings may be believed.
    half = "\n".join(f"{slogan}\n{plans}" for slogan in slogans)
    assert [role for _, role in roles(half)] == [Role.TASKS] * 4


def test_a_long_opening_without_a_heading_tells_results_by_its_words() -> None:
    done = "全年生产总值增长8.7%，新增就业20万人，建成公园12个，民生得到改善，各项事业取得显著成绩。" * 40
    text = f"政府工作报告\n各位代表：\n{done}\n二、2025年工作安排\n要坚持创新驱动。"
    assert section_roles(text, parse_sections(text), 2025) == (Role.REVIEW, Role.TASKS)
    short = f"政府工作报告\n各位代表：\n{done[:200]}\n二、2025年工作安排\n要坚持创新驱动。"
    assert section_roles(short, parse_sections(short), 2025) == (Role.OTHER, Role.TASKS)


def test_where_no_heading_tells_every_paragraph_has_the_side_that_its_words_tell() -> None:
    done = "全年生产总值增长8.7%，新增就业20万人，建成公园12个，民生得到改善，各项事业取得显著成绩。" * 20
    plans = (
        "我们要坚持创新驱动，加快推进重点项目建设，力争新增就业20万人，确保完成全年目标任务，大力改善民生。"
        * 20
    )
    text = f"政府工作报告\n{done}\n这里只有几个字。\n{plans}\n"
    sections = parse_sections(text)
    assert section_roles(text, sections, 2025) == (Role.OTHER,)
    found = paragraph_roles(text, sections, (Role.OTHER,), paragraphs(text))
    assert found == (Role.OTHER, Role.REVIEW, Role.REVIEW, Role.TASKS)
    assert paragraph_roles(text, sections, (Role.GLOSSARY,), paragraphs(text)) == (Role.GLOSSARY,) * 4


TERRITORIES = [
    (
        "行政長官2023年施政報告\n2023年10月25日\n一、前言\n1. 香港正經歷復常後的首年，香港經濟增長，香港會背靠祖國。",
        ("行政长官2023年施政报告", "香港特别行政区", 2023, "香港特别行政区政府", "", "2023-10-25"),
    ),
    (
        "香港特別行政區\n行政長官李家超\n二零二三年施政報告\n主席、各位議員：\n我謹提交施政報告。",
        ("2023年香港特别行政区施政报告", "香港特别行政区", 2023, "香港特别行政区政府", "行政长官 李家超", ""),
    ),
    (
        "2024-25財政年度政府財政預算案\n財政司司長陳茂波動議二讀《2024年撥款條例草案》的演辭\n2024年2月28日\n"
        "主席、各位議員：\n香港經濟去年增長3.2%。香港的優勢不變。",
        ("2024-25财政年度政府财政预算案", "香港特别行政区", 2024, "香港特别行政区政府", "财政司司长 陈茂波", "2024-02-28"),
    ),
    (
        "香港特別行政區政府統計處\n2023年香港統計年刊\n本地生產總值增長3.2%。",
        ("2023年香港统计年刊", "香港特别行政区", 2023, "香港特别行政区政府统计处", "", ""),
    ),
    (
        "審計署署長第八十一號報告書\n香港審計署\n二零二三年十月\n第1章 公共租住房屋。",
        ("审计署署长第八十一号报告书", "香港特别行政区", None, "香港特别行政区审计署", "", ""),
    ),
    (
        "中華人民共和國澳門特別行政區\n二〇二四年財政年度施政報告\n行政長官賀一誠\n2023年11月14日\n尊敬的立法會主席、各位議員：",
        ("2024年澳门特别行政区财政年度施政报告", "澳门特别行政区", 2024, "澳门特别行政区政府", "行政长官 贺一诚", "2023-11-14"),
    ),
    (
        "二〇一五年財政年度施政方針\n行政長官崔世安\n尊敬的主席、各位議員：\n澳門經濟適度多元，澳門社會和諧。",
        ("2015年澳门特别行政区财政年度施政方针", "澳门特别行政区", 2015, "澳门特别行政区政府", "行政长官 崔世安", ""),
    ),
    (
        "統計暨普查局\n2023年統計年鑑\n旅客按年增加。",
        ("2023年统计年鉴", "澳门特别行政区", 2023, "澳门特别行政区统计暨普查局", "", ""),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TERRITORIES)
def test_documents_of_hong_kong_and_macau_in_either_form_of_characters(
    text: str, expected: tuple[object, ...]
) -> None:
    for written in (text, simplified(text)):
        meta = describe("t01", written)
        assert (meta.title, meta.region, meta.year, meta.issuer, meta.speaker, meta.date) == expected
        assert meta.level == "省" and not any(o.is_doubtful for o in meta.origins)


def test_of_hong_kong_and_macau_spoken_of_alike_none_is_chosen() -> None:
    assert describe("t01", "2023年施政報告\n主席：\n香港和澳門，港澳一家。").region == ""


def test_the_body_that_signs_a_document_tells_its_place() -> None:
    meta = describe("t01", "2024年民生实事\n清河县人民政府办公室\n一、教育\n新建学校。")
    assert (meta.region, origin(meta, "region")) == ("河北省邢台市清河县", Origin.TEXT)
    assert describe("t01", "民生实事\n为了县人民政府办公室\n一、教育").region == ""


@pytest.mark.parametrize("said", ["江苏省2024年", "2024年江苏省政府工作报告"])
def test_what_a_file_declares_counts_where_the_text_is_silent(said: str) -> None:
    file = FileEvidence("第2行", titles=(said,), is_titled=False)
    meta = describe(file, "各位代表：\n推进各项工作。")
    assert (meta.region, meta.year) == ("江苏省", 2024)
    assert (origin(meta, "region"), origin(meta, "year")) == (Origin.DECLARED, Origin.DECLARED)
    of_text = describe(file, "2023年浙江省政府工作报告\n各位代表：\n推进各项工作。")
    assert (of_text.title, of_text.region, of_text.year) == ("2023年浙江省政府工作报告", "浙江省", 2023)


def test_a_notice_tells_who_issued_it_and_its_year_by_its_name_its_number_and_its_last_lines() -> None:
    text = "{}\n某府发〔2020〕17号\n各县（区）人民政府：\n现将有关事项通知如下。\n一、加强领导。\n{}"
    meta = describe(
        "下载", text.format("怀化市人民政府关于做好春耕工作的通知", "怀化市人民政府\n2020年2月9日")
    )
    assert (meta.region, meta.year, meta.date) == ("湖南省怀化市", 2020, "2020-02-09")
    assert meta.issuer == "怀化市人民政府"
    of_all = "关于减免社会保险费的通知\n各省、自治区、直辖市人民政府：\n现通知如下。\n人力资源社会保障部\n财政部\n2020年12月20日"
    meta = describe("下载", of_all)
    assert (meta.region, meta.year, meta.issuer) == ("全国", 2020, "人力资源社会保障部、财政部")


def test_a_name_alone_under_the_day_or_the_name_of_a_document_is_who_speaks() -> None:
    speech = "在全县农业工作会议上的讲话\n（2022年3月15日）\n武永福\n同志们：\n下面，我讲三点意见。"
    meta = describe("讲话稿", speech)
    assert (meta.speaker, meta.level, origin(meta, "level")) == ("武永福", "县", Origin.GUESS)
    assert describe("讲话稿", speech.replace("武永福", "工作安排")).speaker == ""


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ("国务院办公厅关于延长春\n节假期的通知", "国务院办公厅关于延长春节假期的通知"),
        ("关于甲市2018年市本级决算\n（草案）的报告", "关于甲市2018年市本级决算（草案）的报告"),
        (
            "甲市关于2023年预算执行情况\n和2024年预算草案的报告",
            "甲市关于2023年预算执行情况和2024年预算草案的报告",
        ),
        ("政府工作报\n告", "政府工作报告"),
        ("甲市养犬管理条例\n（2017年8月30日通过）", "甲市养犬管理条例"),
        ("甲市统计公报 2020-01-28 19:44  来源：新华社  点击：563", "甲市统计公报"),
    ],
)
def test_the_name_of_a_document_is_whole_and_nothing_else(lines: str, title: str) -> None:
    assert describe("下载", f"{lines}\n各有关单位：\n为了做好工作，现将有关事项说明如下。").title == title


def test_what_no_word_of_the_genre_names_is_called_by_its_first_line_and_that_is_a_guess() -> None:
    meta = describe(
        "a", "江南地区未来三天天气预报\n省气象台4月18日17时发布\n今天夜间到明天，全省阴有中到大雨。"
    )
    assert (meta.title, origin(meta, "title"), meta.issuer) == (
        "江南地区未来三天天气预报",
        Origin.GUESS,
        "省气象台",
    )
    assert describe("a", "今天夜间到明天，全省阴有中到大雨。").title == "a"


def test_a_news_text_is_of_the_year_in_which_a_page_published_it_and_a_report_is_not() -> None:
    page = "2020-01-28 19:44  来源：新华社\n{}应急广播响了起来。据了解，工作正在推进。"
    meta = describe("a", f"广播加强防控宣传\n{page.format('')}")
    assert (meta.year, origin(meta, "year")) == (2020, Origin.GUESS)
    assert describe("a", f"政府工作报告\n{page.format('各位代表：')}").year is None


def test_a_rule_without_a_day_is_of_the_year_from_which_it_holds() -> None:
    assert describe("a", "第一条 制定本条例。\n第二条 本条例自2018年3月1日起施行。").year == 2018


def test_a_translation_tells_its_day_and_who_speaks() -> None:
    text = (
        "Report on the Work of the Government\nDelivered at the Second Session of the 14th National People's Congress"
        " of the People's Republic of China on March 5, 2024\nLi Qiang, Premier of the State Council\nFellow Deputies,\nNow."
    )
    meta = describe("en", text)
    assert (meta.region, meta.year, meta.date, meta.speaker) == ("全国", 2024, "2024-03-05", "Li Qiang")


@pytest.mark.parametrize(
    ("head", "issuer"),
    [
        ("洛水市中级人民法院工作报告\n——2024年1月17日在洛水市第五届人民代表大会第四次会议上\n洛水市中级人民法院院长 周正平", "洛水市中级人民法院"),
        ("政协洛水市委员会常务委员会工作报告\n（2024年1月15日在政协洛水市第五届委员会第三次会议上）\n王建军", "政协洛水市委员会常务委员会"),
        ("关于洛水市2022年预算执行情况和2023年预算草案的报告\n洛水市财政局局长 李明", "洛水市财政局"),
        ("关于洛水市2022年计划执行情况与2023年计划草案的报告\n洛水市发展和改革局局长 李明", "洛水市发展和改革局"),
        ("洛水市2023年国民经济和社会发展统计公报\n洛水市统计局 国家统计局洛水调查队\n（2024年3月20日）", "洛水市统计局、国家统计局洛水调查队"),
        ("关于洛水市2022年度市级预算执行和其他财政收支的审计工作报告\n市审计局局长 王强", "洛水市审计局"),
    ],
)  # fmt: skip
def test_bodies_that_are_no_government_issue_what_they_say_they_do(head: str, issuer: str) -> None:
    meta = describe("a", f"{head}\n各位代表：\n洛水市经济。洛水市很好。")
    assert (meta.region, meta.issuer) == ("洛水市", issuer)


@pytest.mark.parametrize(
    ("signed", "region", "issuer"),
    [
        ("财政部\n税务总局", "全国", "财政部、税务总局"),
        ("国家税务总局南阳市税务局", "河南省南阳市", "国家税务总局南阳市税务局"),
        ("中国人民银行西安分行", "陕西省西安市", "中国人民银行西安分行"),
    ],
)
def test_a_ministry_is_of_the_whole_country_and_its_office_at_a_place_is_not(
    signed: str, region: str, issuer: str
) -> None:
    title = f"{signed.replace(chr(10), ' ')}关于延期申报的公告"
    meta = describe(
        "a",
        f"{title}\n为了支持企业发展，现将有关事项公告如下。\n一、延长申报期限。\n特此公告。\n{signed}\n2020年2月6日",
    )
    assert (meta.region, meta.issuer, meta.year) == (region, issuer, 2020)


def test_a_name_that_a_file_has_counts_before_a_first_line_that_names_nothing() -> None:
    assert (
        describe("国务院政府工作报告2017", "凝心聚力再出发\n现在，我向大会报告工作。").title
        == "国务院政府工作报告2017"
    )


def test_a_report_without_a_head_and_a_telling_name_is_called_what_such_reports_are(
    seed_document: Document,
) -> None:
    assert seed_document.text.startswith("【上接第3版】")
    half = describe("000_f7ed5bf6a81e5e31", seed_document.text)
    assert (half.title, origin(half, "title")) == ("宁波市政府工作报告", Origin.GUESS)
    assert describe("宁波市2023年政府工作报告", seed_document.text).title == "宁波市2023年政府工作报告"
    # What is no report of a government is not called one.
    forecast = describe("b7e19", "宁波明天多云，宁波后天有雨，气温10到15度。" * 9)
    assert (forecast.region, forecast.title) == ("浙江省宁波市", "b7e19")


def test_the_name_of_a_table_is_a_title_and_a_body_alone_is_none() -> None:
    table = "项目：税收收入 | 预算数：660000 | 决算数：672300\n"
    declared = FileEvidence("t1", titles=("如东县2024年一般公共预算收入表",))
    assert describe(declared, table * 3).title == "如东县2024年一般公共预算收入表"
    address = describe(
        "b", "澳门特别行政区政府\n经济适度多元发展的新思路\n尊敬的主席，各位议员：\n现在开始。"
    )
    assert address.title == "经济适度多元发展的新思路"
    assert describe("b", "澳门特别行政区政府\n尊敬的主席，各位议员：\n现在开始。").title == "b"
