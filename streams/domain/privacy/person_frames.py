"""Finds where a name stands without a role or trade: in frames of a sentence that only persons fill."""

import re
from collections.abc import Iterator

_NAME = "[\u4e00-\u9fff]{2,4}?"
_FRAMES = tuple(
    re.compile(f"(?:{before})(?={_NAME}(?:{behind}))")
    for before, behind in (
        ("[从向自]", "处(?:收购|收取|收|购|买|借|租|取得|取|拿|获|得|承租|承包)"),
        (
            "致",
            "(?:丢失|遗失|损失|受伤|死亡|误工|轻伤|重伤|轻微伤|骨折|昏迷|经济损失|财产|人身|住院|摔|当场)",
        ),
        (
            "由",
            "(?:用|驾|开车|驾车|将|负责|出资|垫付|代办|代签|经手|介绍|引荐|转交|转卖|拉走|运走|雇|保管|操作)",
        ),
        (
            "[与同和跟]",
            "(?:共用|共有|合用|同住|合住|合租|同居|合伙|共同|系(?:夫妻|父|母|兄|姐|同|邻|亲|朋)|为(?:夫妻|同|邻))",
        ),
        ("系", "(?:引荐|介绍|所有|所为|所写|名下|委托|指使|雇)"),
        (
            "[给为替帮](?:患[^，。；]{1,12}的)?",
            "(?:治病|治疗|看病|诊治|输液|注射|打针|接生|拔牙|整形|算命|做法|驱邪)",
        ),
        (
            "(?:公开|公布|披露|泄露|散布|曝光)(?:了)?",
            "(?:确诊|患|怀孕|病|的(?:病|诊|家庭|住|个人|隐私|行踪|照片|身份|电话|手机))",
        ),
        ("[：:\n；;。]", "系[^，。；]{2,30}(?:业主|住户|村民|居民|房主|之[子女妻夫父母])"),
        (
            "[：:；;、，,。\n][0-9]{0,2}[.．、]?",
            r"[ \t,，（(]{0,2}(?:身份证)?(?:号码?)?[ :：]{0,2}[0-9]{17}[0-9Xx]",
        ),
    )
)
"""What stands before a name, and right behind it."""
_RELATIVE = re.compile(
    "(?:(?<=[，、：:；;（(,。 \n])|(?<![^\n]))(?:[长次幼独]?[子女]|父|母|夫|妻|兄|弟|姐|妹|孙)"
    f"(?={_NAME}(?:[，、；;（(,。 ]|患|系|住|已|因|均|随|到|未|在|陪|同))"
)


def frames(text: str) -> Iterator[int]:
    """Yield the places at which names may begin behind what only persons are said to do or suffer."""
    for frame in _FRAMES:
        for match in frame.finditer(text):
            yield match.end()


def relatives(text: str) -> Iterator[tuple[int, int]]:
    """Yield where 父, 妻 and the like before a name begin and end."""
    for match in _RELATIVE.finditer(text):
        yield match.span()
