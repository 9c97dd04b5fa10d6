"""Finds signs that a text may not be meant for the public; what they mean is for a person to decide."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from streams.domain.columns import TEMPLATES
from streams.domain.stages import Finding, Kind, Value
from streams.domain.validation.rules import finding

_SHORTEST = 4
"""Characters of a text that can hold a sign."""

_LEVEL = r"(?:[绝絕]\s*密|[机機]\s*密|秘\s*密)"
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱林何郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜"
    "戴夏钟汪田姜范石姚谭廖邹熊陆郝孔崔康毛邱秦江史顾侯邵孟龙雷钱汤尹黎贺龚"
)
_SURNAMES_AND_WORDS = "于向方任高金常万段时白武"
_CHILD = r"(?:男孩|女孩|男童|女童|学生|男生|女生|孩子|孩童|少年|少女|小孩|幼儿|婴儿|儿子|女儿)"
_OF_ALL = (
    r"(?:保护|不得|禁止|禁入|谢绝|止步|购买|销售|出售|售|提供|进入|入内|饮酒|吸烟|消费"
    r"|上网|网络|模式|标志|救助)"
)
"""What is said of minors in general: what a shop must do, or has not done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """One kind of sign: the rule that tells of it, and how it is found."""

    rule: str
    cues: tuple[str, ...]
    """One of them stands in every text with the sign; looking for them first saves most of the time."""
    pattern: re.Pattern[str]


def _sign(rule: str, cues: str, *patterns: str) -> Sign:
    return Sign(rule=rule, cues=tuple(cues.split()), pattern=re.compile("|".join(patterns)))


SIGNS = (
    # GB/T 9704-2012 7.2.2: 密级和保密期限, such as 机密★10年; 保守国家秘密法 art. 20
    _sign(
        "HOLD_SECRET_MARK",
        "★ ☆ 密级 绝密 机密 秘密 機密 絕密 涉密",
        _LEVEL + r"\s*级?\s*[★☆]",
        r"密级\s*(?:[:：]|为|是)\s*" + _LEVEL,
        _LEVEL + r"级",
        _LEVEL + r"\s*\d{1,2}\s*年",
        r"^\s*" + _LEVEL + r"\s*$",
        r"[【\[（(〔]\s*" + _LEVEL + r"\s*[】\]）)〕]",
        r"(?<!保守)国家秘密",
        r"涉密(?:工程|项目|人员|载体|信息|文件|单位|场所)",
    ),
    _sign(
        "HOLD_INTERNAL",
        "内部 外传 公开 公示 公布",
        r"[【\[（(〔]\s*内部(?:资料|文件|材料|使用|传阅|掌握|参考)?\s*[】\]）)〕]",
        r"(?:^|[\s，,。；;：:])内部(?:资料|文件|材料)(?:$|[\s，,。；;！!]|不得|请勿|严禁|注意|切勿)",
        r"(?:仅供|仅限|限)内部(?:使用|传阅|参考|掌握|交流)",
        r"(?:属|系|属于|涉及)内部(?:资料|文件|材料|信息|事项)",
        r"(?:不得|请勿|严禁|禁止|切勿|不准)外传",
        r"(?:不宜|不便|暂不|不应)(?:对外|向社会)?(?:公开|公示|公布)(?!发|销|售|招|募|竞|拍|展|征)",
        r"(?:不对外|不向社会|不予|不得对外|不得向社会)(?:公开|公布)(?!发|销|售|招|募|竞|拍|展|征)",
    ),
    # 未成年人保护法 art. 103: nothing by which a minor could be recognised
    _sign(
        "HOLD_MINOR",
        "未成年 岁 童 幼女 儿童 幼儿 婴儿 学生",
        r"(?<!《)(?<!接纳)(?<!接待)(?<!容留)未成年(?!人" + _OF_ALL + r")(?!人?[^，。；]{0,4}保护)",
        r"(?:年仅|时年|现年|未满|不满)\s*(?:1[0-7]|\d|十[一二三四五六七]?|[一二三四五六七八九])\s*周?岁(?!以)",
        r"(?<![\d.~—–-])(?:1[0-7]|[1-9])\s*周?岁的?" + _CHILD,
        r"(?:男童|女童)(?!装|鞋|服|裤|裙|袜|帽|款|内|泳|用)",
        r"幼女|童工",
        r"(?:被害|受害|受伤|走失|死亡)的?(?:儿童|幼儿|婴儿|学生)",
        r"(?:儿童|幼儿|婴儿|学生)[^，。；：、]{0,6}(?:受伤|死亡|被打|被害|遭)",
    ),
    _sign(
        "HOLD_VICTIM",
        "害人 害者 死者 伤者 遇难者",
        r"(?:被害人|被侵害人|受害人|受害者|被害者|死者|伤者|遇难者)\s*(?:为|系|是|名叫)?\s*[：:（(]?\s*"
        rf"(?:[{_SURNAMES}][\u4e00-\u9fff×*]{{1,2}}|[{_SURNAMES_AND_WORDS}]某)",
    ),
    _sign("HOLD_INTIMATE", "奸 猥亵 性侵", r"强奸|轮奸|猥亵|性侵"),
)
"""In this order they are told."""

_CUES = tuple(dict.fromkeys(cue for sign in SIGNS for cue in sign.cues))


def signs_in(kind: Kind, values: Mapping[str, Value]) -> tuple[Finding, ...]:
    """Return a finding for every kind of sign and column that has one; restricted columns count too."""
    texts = {code: text for code, text in values.items() if type(text) is str and len(text) >= _SHORTEST}
    whole = "\n".join(texts.values())
    present = {cue for cue in _CUES if cue in whole}
    return tuple(_found(kind, texts, present)) if present else ()


def _found(kind: Kind, texts: Mapping[str, str], present: set[str]) -> Iterator[Finding]:
    columns = TEMPLATES[kind]
    for sign in SIGNS:
        if present.isdisjoint(sign.cues):
            continue
        for code, text in texts.items():
            if sign.pattern.search(text):
                yield finding(sign.rule, code, name=columns[code].name if code in columns else code)
