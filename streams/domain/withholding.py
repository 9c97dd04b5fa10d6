"""Tells which decisions the law forbids to publish, and the article that says so."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from streams.domain.enumerations import SIMPLE_PROCEDURE
from streams.domain.identifiers import RESIDENCE_PERMIT, birthday
from streams.domain.stages import Action, Checked, Ground, Kind, SubjectClass

ADULT_AGE = 18
"""民法典 art. 17."""

_DISCLOSURE = "《中华人民共和国政府信息公开条例》"

BASIS: Mapping[Ground, str] = MappingProxyType(
    {
        Ground.STATE_SECRET: f"{_DISCLOSURE}第十四条、《中华人民共和国保守国家秘密法》："
        "依法确定为国家秘密的政府信息，不予公开",
        Ground.TRADE_SECRET: f"{_DISCLOSURE}第十五条："
        "涉及商业秘密，公开会对第三方合法权益造成损害的政府信息，不得公开",
        Ground.PRIVACY: f"{_DISCLOSURE}第十五条："
        "涉及个人隐私，公开会对第三方合法权益造成损害的政府信息，不得公开",
        Ground.SECURITY: f"{_DISCLOSURE}第十四条："
        "公开后可能危及国家安全、公共安全、经济安全、社会稳定的政府信息，不予公开",
        Ground.MINOR: "《中华人民共和国未成年人保护法》第一百零三条：不得披露可能识别出未成年人身份的信息",
        Ground.SIMPLE_PROCEDURE: "发改办财金〔2018〕424号及各地双公示报送规则："
        "适用简易程序作出的行政处罚不纳入公示",
        Ground.RESTRICTED_RANGE: "双公示目录：公开范围为政务共享或授权查询，不向社会公示",
        Ground.PERIOD_OVER: "国家发展改革委令2023年第58号、2025年第36号：最长公示期届满后停止公示",
    }
)
"""Ground → its legal source."""

_CITIZEN = "身份证"
_FOREIGNER = "外国人永久居留身份证"
_BIRTHDAY_LENGTH = 18
"""Of numbers that hold a birthday in the places where citizens' do; older ones of foreigners hold none."""


def withhold(checked: Checked, decided: date) -> Ground | None:
    """Return why `checked` must not be published, None where it may be.

    A withdrawal is never withheld: it makes nothing public, and must reach the portals.
    """
    submitted = checked.submitted
    if submitted.action is Action.WITHDRAW:
        return None
    if submitted.ground is not None:
        return submitted.ground
    values = checked.values
    if submitted.kind is Kind.PENALTY and SIMPLE_PROCEDURE in str(values.get("CF_CFLB", "")):
        return Ground.SIMPLE_PROCEDURE
    if checked.subject_class is SubjectClass.NATURAL and _is_minor(checked, decided):
        return Ground.MINOR
    return None


def _is_minor(checked: Checked, decided: date) -> bool:
    prefix = "XK" if checked.submitted.kind is Kind.LICENCE else "CF"
    paper = str(checked.values.get(f"{prefix}_XDR_ZJLX"))
    number = str(checked.values.get(f"{prefix}_XDR_ZJHM", ""))
    told = paper == _CITIZEN or (
        len(number) == _BIRTHDAY_LENGTH and (paper == _FOREIGNER or RESIDENCE_PERMIT in paper)
    )
    born = birthday(number) if told else None
    if born is None:
        return False
    years = decided.year - born.year - ((decided.month, decided.day) < (born.month, born.day))
    return years < ADULT_AGE
