"""Tells where the detail of an address begins and ends."""

import re

_HEADING = "(?=[\u4e00-\u9fffA-Za-z]{2,6}[：:])"
_STOPS = (
    *map(re.escape, '，。；;、,？！!?（(）)】]“”"《》：:的'),
    *[
        "无照",
        "无证",
        "流动经营",
        "经营",
        "从事",
        "销售",
        "开设",
        "开办",
        "组织",
        "查获",
        "容留",
        "搭建",
        "用于",
        "用作",
        "出租",
        "作为",
        "进行",
        "交由",
        "交给",
    ],
    *[
        "私设",
        "印制",
        "印刷",
        "生产",
        "存放",
        "囤放",
        "所售",
        "所产",
        "来找",
        "或打",
        "拨打",
        "联系",
        "家中",
        "家里",
        "住处",
        "抓获",
        "自建",
        "加建",
        "扩建",
        "改建",
        "由此",
        "因此",
        "致使",
        "漏水",
        "楼上",
        "楼下",
        "发生",
        "实施",
        "聚众",
        "一套",
        "整套",
        "一处",
        "一间",
        "隔成",
        "隔断",
        "设置",
        "违规",
        "占道",
        "摆摊",
        "设摊",
        "售卖",
        "居住",
        "隔壁",
        "等人",
        "搬至",
        "搬到",
        "搬往",
        "搬家",
        "迁至",
        "迁往",
        "迁到",
        "前往",
        "转租",
        "转让",
        "发送",
        "发至",
        "发到",
        "发布",
        "转发",
        "上传",
        "公布",
        "张贴",
        "泄露",
        "违法",
        "擅自",
        "屋顶",
        "浇筑",
        "提供",
        "举办",
        "召开",
        "修建",
        "建造",
        "塑造",
        "供奉",
        "摆放",
        "悬挂",
    ],
    *[
        f"{joiner}{what}"
        for joiner in "与和及"
        for what in ("户籍", "身份证", "实际", "现住", "现居", "居住", "登记", "其")
    ],
    "\n(?![\u4e00-\u9fffA-Za-z]{0,8}\n?[0-9一二三四五六七八九十]|[村组号室户栋幢][，。；、）,;)])",
    f" {_HEADING}",
    " (?=快递|订单|运单|单号|电话|手机|联系|身份证|邮编|备注|内含|金额|数量|姓名|案由|处罚|罚款|日期|时间)",
    f"\t{_HEADING}",
)
"""Each begins with a sign of its own: `re` then skips to those, three times as fast as it tries a class."""
_STOP = re.compile("|".join(_STOPS))
_BEHIND_NUMBER = "号栋幢座单元室户楼层组队弄房门区院期社号团连排"
_UNIT = (
    r"(?:[东西南北正上偏][房屋][0-9一二三四五六七八九十两]{1,2}间|[0-9A-Za-z]+(?:[#＃][0-9A-Za-z]+)+[#＃]?|号之[一二三四五六七八九十0-9]+|[东西南北中边]户"
    r"|[0-9一二三四五六七八九十百零〇甲乙丙丁东西南北中A-Za-z][0-9A-Za-z一二三四五六七八九十百零\-#]*"
    r"[ ]?(?:号楼|号院|号(?:[甲乙丙丁]|房(?![屋产间主东管]))?|栋|幢|座|单元|室|户|楼(?!顶)|层|组|队|弄|房"
    r"|门(?![口前上外锁])|区|院(?![内里])"
    r"|期|社|舍|排(?:[0-9一二三四五六七八九十]{1,2}间)?|柜|团|连|分场|里|段|巷|小队|生产队|小组)"
    r"|附[0-9]{1,3}(?![0-9])(?:-[0-9]{1,4})*号?|之[一二三四五六七八九十]{1,2}(?![一-龥])|无门牌(?:号码?)?|村委会|村民委员会|居委会|小组|街道|大街|大道|胡同|小区|花园|家园|新村|公寓|宿舍|社区|自然村|家属院|家属区|安置房|别墅"
    r"|组(?![织成装合团长员])|(?<!经)营(?!业)|[里家铺堡子]店(?=[0-9一二三四五六七八九十村东西南北])|院(?![内里子])|(?<!人行)(?<![盲楼过通])道"
    r"|村(?!民)|(?<=[头口边侧村])路[东西南北]|[堡庄屯沟岭湾坪洼寨塘]子(?![弟女孙])|[路街巷弄屯寨庄镇乡苑园城湾里坊沟塘岭坝堡府邸邨墅郡厦区铺圩墟浜埭厝坑坪岗洼峪]|(?<!家)庭|楼(?![道顶])"
    r"|(?<![0-9A-Za-z])(?!0[0-9]{2,3}-[0-9]{7})[0-9A-Za-z]+(?:-[0-9A-Za-z]+)+)"
    rf"(?:(?:(?:[ ](?=[0-9A-Za-z]{{1,4}}(?![0-9A-Za-z\-])))?[0-9A-Za-z]+(?:-[0-9A-Za-z]+)*"
    rf"|[一二三四五六七八九零〇]{{1,4}}(?:-[一二三四五六七八九零〇]{{1,4}})+|[一二三四五六七八九零〇]{{2,4}})"
    rf"(?![0-9A-Za-z]|-(?!-)|小[队组]|[套辆亩]|[ ]?(?!门[口前上外锁]|楼[顶上下])[{_BEHIND_NUMBER}]))?"
)
_UNIT_HEADS = (
    "之附无0-9一二三四五六七八九十百零〇甲乙丙丁东西南北中边号A-Za-z村居小街大胡花家新公宿社自安别组营里铺堡子院道"
    "路巷弄屯寨庄镇乡苑庭园城湾坊沟塘岭坝府邸邨墅郡厦楼区圩墟浜埭厝坑坪岗洼峪"
)
_UNITS = re.compile(f"(?:.*?(?=[{_UNIT_HEADS}])(?:{_UNIT}))*", re.DOTALL)
"""All units of an address and what stands between them."""
_STRONG_UNIT = re.compile(
    r"(?<![0-9A-Za-z\-])[0-9]{1,3}-[0-9]{1,2}-[0-9]{3,4}(?![0-9\-])|[0-9A-Za-z]座[0-9]{2}|[0-9一二三四五六七八九十](?:号楼|号院|号|栋|幢|座|单元|室|户|楼|组|弄|房|门)|街道|小区|花园|家园|新村|公寓|社区|村委会|[\u4e00-\u9fff]{2}(?:村|屯|镇|乡)|宿舍|家属[院区]|安置房|公租房"
)
_RESIDENTIAL = re.compile(
    r"单元|[0-9](?:室|户|房|号院)|[0-9]#[0-9]|号之[一二三四五六七八九十0-9]|[甲乙丙丁0-9]门[0-9]|[0-9][楼层][0-9]{1,3}号|[东西南北中边]户|[0-9]号附[0-9]|[0-9]排[0-9]{1,4}号|[村镇乡][一二三四五六七八九十0-9]{1,3}[社组队]|[组屯村][0-9]{1,4}号|[0-9A-Za-z](?:幢|栋|座|号楼|#)[0-9]{1,4}|[0-9]-[0-9]|家属[院区]|小区|花园|新村|公寓|家园|宿舍|[苑邸墅庭]"
)
_TAIL = re.compile(r"[\u4e00-\u9fff]{0,10}[0-9A-Za-z#]+(?:-[0-9A-Za-z]+)*$|[ ]?[\u4e00-\u9fff]{1,6}$")
_SENTENCE_TAIL = re.compile(r"[内中的处上下里前旁附近从经将被与和及等在因并进将为是有由]|附近")
_LONGEST = 70
_COURTS = ("大院", "站院", "厂院", "平房", "家属楼", "宿舍楼", "筒子楼", "老宅")
_PLACES = (
    *_COURTS,
    *(
        "嘎查",
        "苏木",
        "坝社",
        "坪社",
        "沟社",
        "湾社",
        "庄社",
        "家社",
        "台子",
        "营子",
        "窝棚",
        "雅居",
        "雅筑",
        "小筑",
        "公馆",
        "名居",
        "国际",
        "半岛",
        "首府",
    ),
    *"底埂垸畈塆荡嘴坨窑岔垭梁峁塬崖崮甸淀滩渡港窝背脚咀堰垱塝冲磅坳垌峒寮湖桥井泉",
)
"""Ends of the names of hamlets and estates, which count where the clause ends with them."""
_PART_OF_HOUSE = re.compile(
    "(?:平房|复式|顶跃|跃层|亭子间|[东西]厢房?|[前后]座|瓦房|土房|砖房|土坯房|石头房|窑洞|顶楼|楼顶|顶层|底层|阁楼|门洞|地下室|半地下室|储藏室|东屋|西屋|南屋|北屋|后院|前院|东院|西院|东侧平房|西侧平房)+"
    "(?![的上]?(?:经营|开设|开办|从事|销售|广告|餐厅|饭店|酒吧|花园|仓库|停车))"
)
"""Where in a house somebody lives, told right behind its number."""
_SIDE = re.compile(
    "(?:底层|顶层|[东西南北中前后左右]{1,2}(?:头|边|侧|首|端|户|门|院|屋|房|面)?|口?第[一二三四五六七八九十]{1,2}家|大院|平房|瓦房|家属楼|筒子楼|宿舍楼)+"
)
"""On which side of a house or a village, where the clause ends with it."""
_WEAK_UNIT = re.compile(
    "[\u4e00-\u9fff]{2}(?:路|街|巷|胡同|苑|庭|园|湾|里|坊|庄|屯|寨|府|邸|墅|郡|堡|家属楼|家属院|[一二三四五六七八九0-9]期|座|嘎查|村|社区|新区)"
)
"""Tells of an address where a word for a residence announces it."""
_LONGEST_PLACE = 8
_QUICK = re.compile(
    "(?!的?(?:村民|居民|住户|业主|租户|租客|房主|户主|市民|群众|牧民|农民|渔民|男子|女子))"
    "[^，。；：、（）《》“”的]{0,40}?[0-9一二三四五六七八九十村镇乡路街巷庄苑园屯寨胡]"
)
_LONGEST_WHOLE = 45


class AddressReader:
    """Tells the end of an address, and what it looks like."""

    def may_follow(self, text: str, detail: int) -> bool:
        """Tell, at once, whether what stands at `detail` may be the detail of an address."""
        return _QUICK.match(text, detail) is not None

    def end(self, text: str, detail: int, *, whole: bool) -> int:
        """Return the end of the detail at `detail`: its last unit, or the clause's end if `whole`."""
        stop = _STOP.search(text, detail, detail + _LONGEST)
        limit = stop.start() if stop else min(len(text), detail + _LONGEST)
        while limit > detail and text[limit - 1].isspace():
            limit -= 1
        if whole and 1 < limit - detail <= _LONGEST_WHOLE:
            return limit
        units = _UNITS.match(text, detail, limit)
        last = units.end() if units else detail
        if detail < last < limit and not _SENTENCE_TAIL.match(text, last):
            tail = _TAIL.match(text, last, limit)
            last = tail.end() if tail and tail[0][-1].isascii() else last
            part = _PART_OF_HOUSE.match(text, last)
            last = part.end() if part else last
            near = limit - last <= _LONGEST_PLACE
            if near and (text.endswith(_PLACES, last, limit) or _SIDE.fullmatch(text, last, limit)):
                last = limit
            elif near and text[limit - 1] in "内里中" and text.endswith(_COURTS, last, limit - 1):
                last = limit - 1
        return last

    def is_detail(self, text: str, detail: int, end: int) -> bool:
        """Tell whether the stretch has a unit that only addresses have, as it follows no division."""
        return _STRONG_UNIT.search(text, detail, end) is not None

    def is_place(self, text: str, detail: int, end: int) -> bool:
        """Tell whether the stretch names a street, village or estate, which is enough behind 家住."""
        return _WEAK_UNIT.search(text, detail, end) is not None

    def is_residential(self, text: str, detail: int, end: int) -> bool:
        """Tell whether the stretch looks like a flat or a farmhouse rather than a shop in a street."""
        return _RESIDENTIAL.search(text, detail, end) is not None
