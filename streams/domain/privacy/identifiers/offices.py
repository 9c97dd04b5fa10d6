"""Tells an office's or a firm's phone and mail from a person's by whom the sentence spoke of last."""

import re

from streams.domain.privacy.naming import NameBefore

_OFFICE = re.compile(
    "局|法院|人民政府|政务服务|行政中心|会议室|审判楼|综合楼|办公楼|大厅|窗口|红十字会|消费者协会|管委会|派出所|支队|大队"
)
"""Authorities and their houses; a shop's phone may be its keeper's own."""
_PERSON = re.compile(
    "[男女][，,、）)]|[\u4e00-\u9fff]员(?![会工])|1[3-9][0-9]{9}|微信|[0-9]岁|身份证|公民身份|家[住属庭中]|[现居租]住|住(?![所建房宅院])|其(?![他它中次余])|本人|联系人|经办|代理|业主|员工|职工|姓名"
    "|先生|女士|师傅|老师|[患伤死]者|病人|老人|家长|学生|儿童|顾客|消费者|投诉人|举报人|申请人|证人|收件|寄件|收货|移送|处理|通过|拨|[拨去来致]电|打|司机|驾驶员|店主|老板|租客|房东"
)
_LABEL = re.compile("(?:联系|办公|固定|单位|咨询)?(?:电话|座机|方式|号码?)[：:为是 （(]{0,3}$")
_SENTENCE = re.compile("[。\n]")
_SEGMENT = re.compile("[，,、：:（(；; ]")
_REACH = 70
_ROOM = re.compile(
    "(?:(?:办公|值班|调度|会议|传达|监控|消控|经理|医务|收费|接待)室|(?:人事|财务|销售|工程|项目|业务|行政|后勤|市场|客服|教务|质检|安环)部"
    "|(?:政务|办事|服务|营业|候车|宴会)?大厅|餐厅|店堂|[店馆院厂]内|院办|门市|前台|浴池|[饭面茶棋网]馆|[饭酒药]店"
    "|调度|维权|救援|抢修|公示期|预约|预订|订[房座餐票]|问[询讯]|窗口)"
    "(?:联系|服务|对外|预约)?(?:电话|座机|固话|热线|号码?)?[：:为是 （(]{0,2}$"
)
"""A room that only firms and offices have, or what may be asked for there, has the line."""
_LINE = re.compile(
    "(?:门店|店面|前台|总机|值班|服务|窗口|科室|传真|办公|公用|[处科站池厂局院所社园场]|(?<!其)公司)"
    "(?:内|里|的)?(?:联系)?(?:电话|座机|固话|热线|号码?)?[：:为 （(]{0,2}$"
)
"""What a firm or an office calls its own line, where nobody is named in the sentence."""
_DECIDED = re.compile(
    "(?:罚款|罚没款?)[^，。；]{0,16}元整?[，,；;]$|〔[0-9]{4}〕[0-9]+号[，,；;。]$|审批时限[^，。；]{1,16}[，,；;]$"
)
"""The decision itself was told last: the phone behind it is the office's."""
_OWNERS = frozenset("其的家我你她他某户")
_CONTACT = re.compile(
    "@|手机|座机|名片|传单|广告|业务员|推销|联[系络]人|代理|经办|1[3-9][0-9]{9}|"
    "[一二三四五六七八九〇零两幺壹贰叁肆伍陆柒捌玖][ 一二三四五六七八九〇零两幺壹贰叁肆伍陆柒捌玖]{6}"
)
"""Other ways to reach somebody: the line is one of his."""
_MOBILE = re.compile("1[3-9][0-9]{9}|[一幺壹](?:[ ]?[一二三四五六七八九〇零两幺壹贰叁肆伍陆柒捌玖]){10}")
_AT_HOME = re.compile("[0-9（）() \\-]{7,18}[，,]?(?:系|为|是)[^，。；]{0,8}(?:家|住宅|个人|本人)")
"""Said behind the number: it is somebody's, whatever room has it."""
_PRINTED = re.compile("印|写|贴|发|留")
_SUBJECT = re.compile(
    "人(?![民大社口力工类防事])|对[^，。；]{2,5}[处给]|某|本人|号主|粘贴|收到|签收|饲养|办证|[租借]|[\u4e00-\u9fff]者"
)
_BOX = re.compile("(?:公务|服务|客服|官方|机关|公共|校长|局长|院长)(?:电子)?[邮信]箱[：:为是 ]{0,2}$")
_BEFORE_BOX = 10
_GOVERNMENT = re.compile(r"[.．]gov[.．]cn$", re.IGNORECASE)


class Offices:
    """Looks back one sentence: whoever was spoken of last, an authority or a person, has the line."""

    def __init__(self, names: NameBefore) -> None:
        self._names = names

    def is_offices(self, text: str, start: int) -> bool:
        """Tell whether the phone number at `start` is an office's or a firm's own."""
        return self.has_line(text, start) or self.calls_its_own(text, start)

    def has_line(self, text: str, start: int) -> bool:
        """Tell whether an authority was spoken of before the number at `start`, and nobody after it."""
        first = max(0, start - _REACH)
        window = _SENTENCE.split(text[first:start])[-1]
        offset = start - len(window)
        last = max((body.end() for body in _OFFICE.finditer(window)), default=0)
        if not last or _PERSON.search(window, last):
            return False
        whose = _label(text, first, start)
        ends = (offset + sign.start() for sign in _SEGMENT.finditer(window, last))
        return not any(self._names.ends(text, end) for end in (*ends, whose))

    def calls_its_own(self, text: str, start: int) -> bool:
        """Tell whether a number is called a firm's line or follows the decision, in a sentence of nobody."""
        if _AT_HOME.match(text, start):
            return False
        if self._is_rooms(text, start):
            return True
        first = max(0, start - _REACH)
        decided = _DECIDED.search(text, first, _label(text, first, start))
        if not decided and not _LINE.search(text, max(0, start - _BEFORE_BOX), start):
            return False
        window = _SENTENCE.split(text[first:start])[-1]
        if _PERSON.search(window) or _SUBJECT.search(window):
            return False
        return not any(self._names.ends(text, end) for end in range(start - len(window) + 2, start))

    def is_printed(self, text: str, start: int) -> bool:
        """Tell whether a number called a hotline stands beside somebody's mobile, as on leaflets."""
        window = _SENTENCE.split(text[max(0, start - _REACH) : start])[-1]
        return _MOBILE.search(window) is not None and _PRINTED.search(window) is not None

    def _is_rooms(self, text: str, start: int) -> bool:
        """Tell whether a room that nobody owns has the line, and it is no further one of somebody's."""
        room = _ROOM.search(text, max(0, start - _BEFORE_BOX), start)
        if room is None or text[room.start() - 1 : room.start()] in _OWNERS:
            return False
        window = _SENTENCE.split(text[max(0, start - _REACH) : start])[-1]
        if _CONTACT.search(window) or _PERSON.search(window) or _SUBJECT.search(window):
            return False
        return not any(self._names.ends(text, end) for end in range(start - len(window) + 2, start))

    def has_mail(self, text: str, start: int, address: str) -> bool:
        """Tell whether a mail address is an office's, and nobody is named right before it."""
        if _BOX.search(text, max(0, start - _BEFORE_BOX), start):
            return True
        if not _GOVERNMENT.search(address):
            return False
        return not any(
            self._names.ends(text, end) for end in range(max(0, start - len("，电子邮箱：")), start + 1)
        )


def _label(text: str, first: int, start: int) -> int:
    """Return where the word for a phone right before `start` begins, or `start`."""
    label = _LABEL.search(text, first, start)
    return label.start() if label else start
