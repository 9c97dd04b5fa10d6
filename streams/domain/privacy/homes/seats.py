"""Tells that an address is where a firm has its seat or an office takes letters, by whom it is told of."""

import re

_BEHIND, _BEFORE = 70, 12
_OFFICIAL = re.compile(
    "(?:本(?:机关|局|厅|委|院|所|会|队|中心|单位)|秘书处|办公室|值班室|受理窗口|服务大厅|受理处|登记机关|复议机关"
    "|(?:行政)?复议申请|申请(?:行政)?复议|提起(?:行政)?诉讼|咨询电话|监督电话|举报电话|投诉电话|服务热线|咨询热线|值班电话|(?:告知|决定|通知|催告)书之日|陈述、?申辩|申辩、?陈述|听证申请|代收(?:机构|银行)|缴纳罚款|缴款|逾期|办公时间|受理时间|执法人员|承办人|(?:^|[。；])联系人[：:])"
    "(?![^；]*(?:身份证|[男女][，,]|[0-9]岁|家住))[^；]*$"
)
_AUTHORITY = re.compile(
    "(?:[^，。；]局|机关|单位|部门|窗口|大厅|办公室|科室|服务站|服务点|工作站|公司|企业|学校|医院|门店|网点|委员会|人民政府|支队|大队|法院|海关|管委会|办事处|派出所)(?:的?(?:联系|办公|通讯|邮寄))?$"
)
_DOES = (
    "(?!租[用住赁下]|借用|冒用|擅自|占用|前往|利用|驾驶|路过|经过|供职|就职|受雇|工作|投诉|举报|购买|经营|开[办设]|创办|承包|转让|挂靠|离开"
    "|诉|辞退|投资|入股|退出|控告)"
)
"""What somebody does in or with a firm, so that he is the subject and not the firm."""
_COMPANY = "(?:有限公司|有限责任公司|股份公司)"
_PARTYS = ("当事人", "当事人的", "该公司", "公司的")
_FIRM_IS_PARTY = re.compile(
    "(?:^|(?:当事人|被处罚人|相对人)[：:]?)(?:[^：:，。]{0,20}[：:])?"
    f"(?:{_DOES}[^，。；、：系任职在于为是受向对与和]){{2,24}}?{_COMPANY}"
)
_PERSON_IS_PARTY = re.compile(
    "[男女][，,、）]|身份证|公民身份|[0-9]{15}|当事人(?:[：:]|系)?[\u4e00-\u9fff]{2,3}[（(，,]|某|经营者"
)
_SEAT = re.compile(
    "(?:^|[。；;\n：:，,])(?:注册人|申请人|权利人|受让人|登记人|当事人|被处罚人|相对人|企业(?:名称)?|单位名称|持证单位)[：:]?"
    f"(?:{_DOES}[^，。；：、系任职在于为是受]){{2,24}}?{_COMPANY}[，,；;](?:住[址所]?|[新现原]址)?$"
)
_SEAT_REACH, _FAR = 40, 200
_SEATS, _TAKING = ("住址", "住所"), ("复议", "复议机关")
_BODY = re.compile(
    "(?:政府|[局厅]|法院|委员会|机关|中心|公司|医院|学校|幼儿园|银行|[支大]队|协会|沙龙|浴池|会所|药房|超市|民宿|客栈|酒吧|网吧|影城|诊室|[店厂馆部社站坊铺行室场园所])$"
)


def is_authoritys(text: str, cue: int) -> bool:
    """Tell whether an authority stands right before the cue, as in 执行机关通讯地址."""
    return _AUTHORITY.search(text, max(0, cue - _BEFORE), cue) is not None


def is_bodys(text: str, start: int) -> bool:
    """Tell whether the address stands in brackets right behind an authority or a firm."""
    return (
        text[start - 1 : start] in ("（", "(")
        and _BODY.search(text, max(0, start - _BEFORE), start - 1) is not None
    )


def is_partys(text: str, cue: int) -> bool:
    """Tell whether the cue announces the address of the party, and that is a firm."""
    first = max(0, cue - _FAR)
    return text.endswith(_PARTYS, 0, cue) and bool(
        _FIRM_IS_PARTY.search(text, first, cue) and not _PERSON_IS_PARTY.search(text, first, cue)
    )


def is_firms_seat(text: str, start: int) -> bool:
    """Tell whether a firm itself, and not whoever works there, is said to have its seat at `start`."""
    return _SEAT.search(text, max(0, start - _SEAT_REACH), start) is not None


def is_seats(text: str, start: int, end: int) -> bool:
    """Tell whether a word for a home calls a firm's seat, or where an office takes letters."""
    if text[start:end] in _SEATS and is_firms_seat(text, start):
        return True
    return text.endswith(_TAKING, 0, start)


def is_offices(text: str, cue: int) -> bool:
    """Tell whether an authority or a secretariat was spoken of last before the cue, if with its phone."""
    if is_authoritys(text, cue):
        return True
    return text[cue - 1 : cue] != "其" and _OFFICIAL.search(text, max(0, cue - _BEHIND), cue) is not None
