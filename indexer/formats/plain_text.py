"""Plain text and Markdown in whatever encoding: a byte-order mark, then trial, judged by how common its characters are.

Nearly every byte sequence decodes as GB18030, so «it decodes» proves nothing there: Big5 reads as rare
characters in GB18030 and the other way round. The share of very common characters tells them apart, on
a dozen characters already; statistical detectors need more.
"""

from __future__ import annotations

import codecs
import re
from itertools import islice
from pathlib import Path

from indexer.formats.result import Extracted, PageText, refused

# The 400 most frequent characters of the reports (83 % of their text), the same in traditional form,
# and the 250 most frequent of general traditional prose.
_COMMON = frozenset(
    "一万三上下不与专世业东两严並个中为主举义之也习乡了争事二于互五亞交产人亿什他代以们件价任企众优会传但位低住"
    "体作使來供依促保信個們值做健備傳價億優元先克党入內全兩公共关兴其养内军农决准减出分划创別利别到制前創劃力办"
    "加务动助势動務勢化北区医區十升協协单南原县及发取受口古可台史各合同名向员和品員哪商問善單嚴四因团园困固国國"
    "園團在地场均坚型城域培基堅場境增士处备复外多大天央好如始子字学學安完定实家实對导將專對導小少就尼局层居展層"
    "山島州工巴市布帝带帶干平年幹广应府度康廣建开式引强強形後得從復德心快态性总惠意態應成我或战戰戶户房所才打"
    "扩批技把抓投护拉持指排接控推措提擴支收改攻放政效教数整數文断斯新斷方於施旅族日时明易星是時智更最會月有服"
    "朝期本术机权村条来東极构果查标校核格條業極構標模機權次正此步比民气氣水求江污決河治法活流济海消深清減港游"
    "源準濟灣点為然營爭爲爾物特率王环现現球理環生產用由电界略當疗療發的益监監目相省着督研破础确碳確礎示社神科"
    "积稅程税種稱稳積穩空突立第等策筹算管節範籌类精系紀約級組結統經綜綠維網線縣總繼續级线组经结统继续维综绿网"
    "置羅美羣群義習老者而职联聚聯職育能自至臺與興舉色节英范华營萬落著蘭處融衆行術补表被補西要規规解計設試認語"
    "調議護讓计让设试调財貧貫費貿資質賽财质贫贯贸费资起超路車軍轉车转辦農达过运近进這通速造進遊運過道達選部都"
    "鄉配醫里重量金鎮鏈链镇長长開間關问间防阿际降院险隊際障險难集難電需面革項預領題類项预领題风風食养首馬驗验"
    "體高麼點黨"
)
_MARKS = frozenset("。，、；：！？（）“”《》「」　")
_MEANT = re.compile("[^\x00-\x7f]")
_UNREADABLE = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f\x7f\ufffd\ue000-\uf8ff\ufdd0-\ufdef\uffff]")
# A byte-order mark is proof; UTF-32 stands before UTF-16, whose mark opens it.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_TRIED = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
_SAMPLE = 20_000  # characters judged; all are decoded
_PROOF = 8  # characters beyond ASCII from which valid UTF-8 is no chance, whatever the language
_ENOUGH = 40  # characters from which a low share of common ones is proof of a wrong encoding
_LEAST = 0.15
_LATIN = bytes({*range(32, 127), *b"\t\n\r"})
_MOSTLY = 0.9  # of the bytes of Latin text in one-byte units; of Chinese in UTF-16 they are about half
_UNREADABLE_SHARE = 0.005


def read_plain_text(path: Path, data: bytes) -> Extracted:
    """The text of `data`, in UTF-8, GB18030 (GB2312, GBK), Big5 or UTF-16, with or without a mark.

    Raises:
        SourceError: it is not text, or in an encoding that is not known.
    """
    text = decoded(data)
    if text is None:
        raise refused(
            path, "不是文本文件，或编码认不出来", "is not text, or in an unknown encoding",
            "请另存为 UTF-8 编码的 .txt", "Save it as .txt in UTF-8",
        )  # fmt: skip
    return Extracted((PageText(None, text),))


def decoded(data: bytes, declared: str | None = None) -> str | None:
    """`data` as text, or None where it is not text or in an encoding that is not known.

    A character that was cut in half at the very end is dropped; a few damaged ones elsewhere become
    U+FFFD, which shows, where the rest reads well. `declared` (of a web page) is
    believed where it decodes and reads as well as the best other; Python's names of codecs.
    """
    for mark, codec in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _readable(_decoded(data, codec) or _decoded(data, codec, "replace"))
    if data.isascii() and b"\x00" not in data:
        return _readable(data.decode("ascii"))
    unicode = _decoded(data, "utf-8")
    if unicode is not None and b"\x00" not in data and len(_foreign(unicode)) >= _PROOF:
        # Bytes of another encoding are valid UTF-8 by chance only in a word or two («联通» in GBK is).
        return _readable(unicode)
    pairs = len(data) % 2 == 0 and not (unicode is not None and _is_mostly_latin(data))
    names = [name for name in _TRIED if pairs or not name.startswith("utf-16")]
    if b"\x00" in data:
        names = [name for name in names if name.startswith("utf-16")]
    elif declared is not None:
        names.insert(0, declared)
    return _best(data, names, "strict") or _best(data, names, "replace")


def _is_mostly_latin(data: bytes) -> bool:
    """Whether nearly every byte is a letter, a figure or a mark of ASCII, as in an English text with a few ’ in it."""
    return b"\x00" not in data and len(data.translate(None, _LATIN)) < (1 - _MOSTLY) * len(data)


def known_codec(name: str) -> str | None:
    """Python's name of the encoding a page or a mail declares; GB2312 and GBK are read as GB18030."""
    try:
        codec = codecs.lookup(name.strip()).name
        # Some codecs of Python (rot13, zip) do not make text of bytes.
        b" ".decode(codec)
    except (LookupError, ValueError):
        return None
    return {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}.get(codec, codec)


def _best(data: bytes, names: list[str], errors: str) -> str | None:
    """The decoding that reads best, None where none reads as text."""
    best: str | None = None
    best_share = -1.0
    for name in dict.fromkeys(names):
        text = _readable(_decoded(data, name, errors))
        share = _common_share(text) if text is not None else -1.0
        if share > best_share:
            best, best_share = text, share
    if best is None or "\x00" in best:
        return None
    doubtful = errors != "strict" or len(_foreign(best)) >= _ENOUGH
    return None if doubtful and best_share < _LEAST else best


def _decoded(data: bytes, codec: str, errors: str = "strict") -> str | None:
    decoder = codecs.getincrementaldecoder(codec)(errors)
    try:
        return decoder.decode(data, final=False)
    except UnicodeError:
        return None


def _readable(text: str | None) -> str | None:
    """The text, or None where it has more control and private characters than a stray few."""
    if text is None:
        return None
    middle = len(text) // 2
    seen = text[:_SAMPLE] + text[middle : middle + _SAMPLE] + text[-_SAMPLE:]
    return text if len(_UNREADABLE.findall(seen)) <= _UNREADABLE_SHARE * len(seen) + 1 else None


def _foreign(text: str) -> list[str]:
    """The first characters beyond ASCII, wherever they begin: a web page may open with much markup."""
    return [match[0] for match in islice(_MEANT.finditer(text), _SAMPLE)]


def _common_share(text: str) -> float:
    """The share of very common Chinese characters and marks among those beyond ASCII, 0..1."""
    foreign = _foreign(text)
    if not foreign:
        return 0.0
    return sum(c in _COMMON or c in _MARKS for c in foreign) / len(foreign)
