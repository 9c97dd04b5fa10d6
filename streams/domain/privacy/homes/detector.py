"""Finds home addresses after province, city and county; business premises stay public."""

import re
from collections.abc import Iterator

from streams.domain.privacy.homes import owners, seats, signs
from streams.domain.privacy.homes.addresses import AddressReader
from streams.domain.privacy.homes.behind_names import HomesBehindNames
from streams.domain.privacy.homes.divisions import Divisions
from streams.domain.privacy.homes.no_addresses import is_in_park, is_no_address, is_none
from streams.domain.privacy.lexicon import Lexicon
from streams.domain.privacy.naming import NameBefore
from streams.domain.privacy.reading import Reading
from streams.domain.privacy.spans import PersonalKind, Span

_LEAD = re.compile(
    r"(?:[（(][^（）()]{1,6}[）)])?(?:其|他|她|本人|自己)?的?(?:老家|家中|家里|住处|住所|住宅)?(?:填写?的?|写的?|留的?|登记|载明|显示|记载|的|确认|所在|小区|实际|详细)?(?:地址|地点|地|处)?[\s：:为是（(，,“\"/】\]]{0,3}"
    r"(?:(?:均)?(?:位于|坐落于|在|于|系|为|至|到|是)|(?:的)?地址?(?=[\s：:为]))?[\s：:“\"]{0,2}"
)
_COLON = re.compile(r"[\s为是地址]{0,3}[：:]")
_NO_ADDRESS = ("院", "宿", "户", "房", "宅", "改", "建", "所", "持", "人", "进", "满", "客")
_PARTICULARS = re.compile(r"[族生岁男女][，,]\s?$")
_NEIGHBOUR = re.compile("的?(?:村民|居民|住户|业主|租户|租客|房主|户主)")
_RENTED = re.compile(r"[0-9Xx][）)]?[，,；;](?:承租|租赁|租用|购买|购得|申购|认购)了?$")
_CUE = re.compile("[址地所住在于：:]")
_LONGEST_FIRM, _LONGEST_MOBILE = 8, 13
_FIRM = re.compile("公司|合作社|经营部|批发部|门市部")
_IDENTITY_LENGTHS = (15, 18)
_BEHIND, _FAR_BEHIND = 70, 300
"""Whom the text spoke of last is looked for nearby first, never all through it: it may be full of cues."""
_WINDOW = 24
_BACK = 50
_BACKWARDS = re.compile("(?:在|至|到|于|往|入|将|回)([^，。；：、在至到于往入将回]{5,44})$")
_OFFICE = re.compile(
    "[\u4e00-\u9fff]{1,12}?(?:局|委员会|人民政府|法院|检察院|支队|大队|中队|管理所|派出所|办公室|中心|医院|学校|协会|联合会|管委会|监管所)"
    "(?!家属|宿舍|小区|[路街巷])"
)
"""The detail begins with an authority or an institution."""
_OPENED = ("（", "(", "：", ":", "“", '"')
_UNNAMED = ("街道", "地段", "本村", "乡镇", "村，", "在村", "乡、镇")
"""Units without a name, as laws speak of them."""
_NOT_THERE = frozenset("，。；、的中里门口内外被将把有为系在人属庭长务")
_OWNED = re.compile(
    "(?<![公单商门])[\u4e00-\u9fff](?<![司店厂局关位构部行馆院校社所的寺庙堂观宫庵祠场站会处库吧城楼坊园室团队苑心塔点队委办厅协厦矿企业际原现新旧请更])$"
)
_HIS = re.compile("(?<![0-9])1[3-9][0-9]{9}[、，,；; ]?$")
"""Behind a mobile number an address is told of whoever has it."""
_BESIDE = re.compile(
    r"(?:门前|门口|路段|附近|地段|交叉|交汇|路口|旁|对面|楼下|底商|沿街|商业街|门头|门市|广场|大厦|商场|市场|码头|渡口|趸船|一楼|工地|项目|商铺|门面|车库|地下|[东西南北]门|[东西南北]侧)"
)


class HomeAddressDetector:
    """Weighs the cue before an address, what it is about, and what stands behind it."""

    def __init__(self, lexicon: Lexicon, names: NameBefore) -> None:
        self._addresses = AddressReader()
        self._names = names
        self._behind_names = HomesBehindNames(self._addresses, self._names)
        self._about = re.compile(
            f".*(?:({lexicon.pattern('home.firm')})|{lexicon.pattern('home.person')})", re.DOTALL
        )
        self._dwelling = re.compile(
            f"[）)]?[内中里上]?(?:其|他|她|该人|本人|自己)?的?(?:一[套处间]|整套|[^，。；]{{0,4}}的)?(?:{lexicon.pattern('home.dwelling')})"
        )
        self._home = re.compile(f".*(?:{lexicon.pattern('home.left')})", re.DOTALL)
        self._business = re.compile(
            f".*(?:{lexicon.pattern('home.trade')}|{lexicon.pattern('home.premises')})", re.DOTALL
        )
        self._trade = re.compile(
            f"(?:[（(][^（）()]{{1,12}}[）)])?[^，。；）)]{{0,8}}?(?:{lexicon.pattern('home.trade')})"
        )

    def detect(self, reading: Reading) -> Iterator[Span]:
        """Return the detail of home addresses."""
        cues, text = reading.cues, reading.text
        divisions = Divisions(reading)
        known: set[int] = set()
        for start, end, sure in signs.last_of_each_run(self._cues(reading)):
            known.add(start)
            yield from self._announced(text, end, divisions, known, sure=sure)
        for dwelling, _ in cues.get("home.dwelling", ()):
            start = owners.before_owner(text, dwelling)
            bare = _BACKWARDS.search(text, max(0, start - _BACK), start)
            taken = bare and known.intersection(range(bare.start(), start))
            if bare and not taken and not divisions.within(bare.start(), start):
                detail = divisions.after(bare.start(1))
                stop = self._addresses.end(text, detail, whole=False)
                if start - 2 <= stop <= start and self._addresses.is_detail(text, detail, stop):
                    known.add(detail)
                    yield Span(detail, stop, PersonalKind.HOME_ADDRESS, "dwelling")
        yield from self._among_particulars(reading, divisions)
        yield from self._behind_names.find(text, divisions, known)
        if "division" in cues:
            for start, detail in divisions.heads():
                if detail not in known and self._addresses.may_follow(text, detail):
                    stop = self._addresses.end(text, detail, whole=False)
                    if (
                        stop > detail
                        and not divisions.within(detail, stop)
                        and not _FIRM.search(text, detail, stop)
                        and not is_none(text, detail, stop)
                        and self._is_home(reading, start, detail, stop)
                        and not signs.is_business(text, stop)
                        and not signs.is_scene(text, stop)
                        and not signs.is_no_home(text, start, detail, stop)
                    ):
                        yield Span(detail, stop, PersonalKind.HOME_ADDRESS, "context")

    def _cues(self, reading: Reading) -> Iterator[tuple[int, int, bool]]:
        """Yield start and end of each cue for a home address that counts, and whether it is a sure one."""
        cues, text = reading.cues, reading.text
        for start, end in cues.get("home.strong", ()):
            if not seats.is_seats(text, start, end):
                yield start, end, True
        for start, end in cues.get("home.opened", ()):
            if text[end : end + 1] in _OPENED:
                yield start, end, True
            elif text[start] == "其" and text[end : end + 1] not in _NOT_THERE:
                yield start, end, False
        for start, end in cues.get("home.ambiguous", ()):
            single = end - start == 1
            if single and (
                text[end : end + 1] in _NO_ADDRESS
                or text[start - 1 : start] in ("收", "入", "商")
                or seats.is_firms_seat(text, start)
            ):
                continue
            if not single and (
                owners.is_registered(text, start)
                or seats.is_authoritys(text, start)
                or seats.is_partys(text, start)
            ):
                continue
            if not single and seats.is_bodys(text, start):
                continue
            owned = _OWNED.search(text, max(0, start - 4), start) or _HIS.search(
                text, max(0, start - _LONGEST_MOBILE), start
            )
            if single or owned or not self._is_firms(text, start):
                yield start, end, not single

    def _announced(
        self, text: str, end: int, divisions: Divisions, known: set[int], *, sure: bool
    ) -> Iterator[Span]:
        lead = _LEAD.match(text, end)
        place = lead.end() if lead else end
        detail = divisions.after(place)
        if text.startswith(_UNNAMED, detail) or not self._addresses.may_follow(text, detail):
            return
        whole = sure and _COLON.match(text, end) is not None
        stop = self._addresses.end(text, detail, whole=whole)
        if (
            divisions.within(detail, stop)
            or is_no_address(text, detail, stop)
            or signs.is_institution(text, detail, stop, sure=sure)
            or signs.is_business(text, stop)
            or is_in_park(text, detail, stop)
        ):
            return
        if signs.is_no_home(text, end, detail, stop):
            return
        if stop > detail and (
            detail > place
            or self._addresses.is_detail(text, detail, stop)
            or (sure and signs.is_residence(text, end) and self._addresses.is_place(text, detail, stop))
        ):
            known.add(detail)
            yield Span(detail, stop, PersonalKind.HOME_ADDRESS, "announced")

    def _among_particulars(self, reading: Reading, divisions: Divisions) -> Iterator[Span]:
        """Yield addresses without division or cue that stand right behind an identity number."""
        text = reading.text
        for _, end, digits, label in reading.numbers:
            if len(digits) in _IDENTITY_LENGTHS and label != "label.order":
                gap = signs.AFTER_NUMBER.match(text, end)
                if gap and divisions.after(gap.end()) == gap.end():
                    stop = self._addresses.end(text, gap.end(), whole=False)
                    if divisions.within(gap.end(), stop) or _FIRM.search(
                        text, gap.end(), stop + _LONGEST_FIRM
                    ):
                        continue
                    if not _CUE.search(text, gap.end(), stop) and self._addresses.is_detail(
                        text, gap.end(), stop
                    ):
                        yield Span(gap.end(), stop, PersonalKind.HOME_ADDRESS, "among particulars")

    def _is_home(self, reading: Reading, start: int, detail: int, stop: int) -> bool:
        """Tell from both sides whether the address from `start` to `stop` is somebody's home."""
        text = reading.text
        if (
            self._dwelling.match(text, stop)
            or signs.is_lived_in(text, start, stop, self._names)
            or self._behind_names.is_somebodys(text, start)
            or signs.is_left(text, start, stop, self._names)
            or owners.is_house_of(text, start)
        ):
            return True
        if _NEIGHBOUR.match(text, stop) and any(sign.isdigit() for sign in text[detail:stop]):
            return True
        own = owners.is_own_house(text, start) and not signs.is_shops(text, detail, stop)
        if own and self._trade.match(text, stop) is None:
            return True
        rented = _RENTED.search(text, max(0, start - 6), start) or (
            owners.is_tenants(text, start) and not signs.is_shops(text, detail, stop)
        )
        if rented and self._addresses.is_residential(text, detail, stop):
            return True
        before = signs.last_clause(text[max(0, start - _WINDOW) : start])
        home, business = self._home.match(before), self._business.match(before)
        if seats.is_bodys(text, start) or seats.is_firms_seat(text, start):
            return False
        if business and (not home or business.end() >= home.end()):
            return False
        if self._trade.match(text, stop) or owners.is_return(text, start, detail, stop):
            return False
        if home or _PARTICULARS.search(before) or signs.follows_number(reading, start):
            return True
        if (
            _OFFICE.match(text, detail)
            or signs.is_shops(text, detail, stop)
            or signs.is_public(text, start, stop)
        ):
            return False
        return self._addresses.is_residential(text, detail, stop) and (
            signs.is_at_door(text, stop) or not _BESIDE.search(text, detail, stop + 3)
        )

    def _is_firms(self, text: str, start: int) -> bool:
        """Tell whether a firm was spoken of last before the cue at `start`."""
        if seats.is_offices(text, start):
            return True
        about = self._about.match(text, max(0, start - _BEHIND), start) or self._about.match(
            text, max(0, start - _FAR_BEHIND), start
        )
        return about is not None and about[1] is not None
