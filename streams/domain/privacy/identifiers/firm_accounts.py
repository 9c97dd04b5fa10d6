"""Tells accounts of firms and authorities, which stay public, from those of people."""

import re

_FIRM = (
    "公司|企业|单位|合作社|厂|局|委员会|政府|中心|医院|学校|幼儿园|经营部|商行|协会|商会"
    "|大队|支队|专户|财政所|工会"
)
_BEFORE = re.compile(
    "(?:(?:对公|公司|单位公积金|公积金|捐赠|捐款|救灾|救助|募捐|企业|单位|基本|一般|专用|财政|罚没|非税|监管|存管|托管|保证金|合作社|验资|备用金|工会)"
    "(?:资金|存款|结算|银行|款项|收入|对公)*(?:账户|账号|帐户|帐号|户)|专户|基本户|一般户|公户|结算户|汇缴户)(?:号码?)?(?:[：:为是（(]|[（(]账号[：:])?$"
)
_HOLDER = re.compile(
    rf"(?:户名|开户单位|账户名称?|开户名称?|收款单位|缴款账户)[：:为是]*(?:户名)?[\u4e00-\u9fff（）()A-Za-z]{{2,24}}?(?:{_FIRM})[，,；;、\s]{{1,2}}"
    r"(?:开户(?:银?行|网点)[：:为是]?[^，。；,;]{2,24}[，,；;\s]{1,2})?(?:银行)?(?:账号|账户|帐号|卡号)[：:为是\s]{0,2}$"
)
"""A form's line that says whose the account is."""
_BEHIND = re.compile(
    rf"[，,]?(?:系|为|是|属于?)(?:该|本|其|当事人)?[^，。；]{{0,8}}?(?:(?:{_FIRM})的?(?:公户|对公|基本|一般|结算|专用|银行)*(?:户|账户|账号|帐户)|对公|公户|基本户|专户)"
)
_TREASURY = re.compile(
    "(?:财政|非税|国库|罚没)[\u4e00-\u9fff]{0,12}户[，,]开户(?:银?行|网点)[：:为是]?[^，。；,;]{2,30}[，,](?:账号|帐号|账户)[：:为是]{0,2}$"
)
_FUND = re.compile(
    "(?:红十字会|慈善[总协]?会|基金会|国库[\u4e00-\u9fff]{0,4}局|财政专户|[税费]款?账户)(?:公布|指定)?的?"
    "(?:抗震|抗洪|救灾|救助|捐[赠款])*(?:专户|账户)?[，,：:]{0,2}(?:收款)?(?:[账帐][号户])?[：:为是]{0,2}$"
)
"""Who gathers gifts or taxes, right before his account: nothing else stands between."""
_OF_PERSON = "个人"
_NEAR, _FAR = 14, 70


def is_firms(text: str, start: int, end: int) -> bool:
    """Tell whether what stands beside the account from `start` to `end` says that it is a firm's."""
    if _OF_PERSON in text[max(0, start - _NEAR) : start]:
        return False
    return (
        _BEFORE.search(text, max(0, start - _NEAR), start) is not None
        or _BEHIND.match(text, end) is not None
        or _TREASURY.search(text, max(0, start - _FAR), start) is not None
        or _FUND.search(text, max(0, start - _FAR), start) is not None
        or _HOLDER.search(text, max(0, start - _FAR), start) is not None
    )
