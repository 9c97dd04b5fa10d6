"""Tells whether a firm's, a place's or some goods' name goes on after what looks like a person's name."""

import re

from streams.domain.privacy.lexicon import Lexicon

_STOPS = "到在向于从由与和的了将把被给处对购称因为来去进至前往等是住家同租经及说之，。；、：（）()“”,;: "
_SUFFERED = (
    "丢失",
    "遗失",
    "被盗",
    "失窃",
    "受伤",
    "死亡",
    "投诉",
    "举报",
    "反映",
    "要求",
    "超范围",
    "并非",
    "系",
    "名下",
    "持有的",
)
"""What follows a name and begins no firm's."""
_DOES = re.compile(
    "用(?![品具料电])|食用(?![菌油盐农])|服用|饮用(?!水)|使用(?!权)|打(?![字印包铁火磨])|未(?!来)|持(?!家)|驾(?![校培驶])|骑|乘(?!风)|签[字名收订]|拿|私[自拆设]|擅|谎|冒(?!菜)|辱|殴|逃|报[警案]|发[来生]|寄|送(?:医|往|至|到|来)|交付|缴|提[交出]|仍|均(?![安益瑶])|曾(?!经)|已|并(?!蒂)|且|却|便(?![利民捷])|遂|也|亦|拒|被(?!服)|遭|患|确诊|死|摔|坠|溺|跌|受(?![益])|退[还款]|付款|讨要|租[住用下]|居住|暂住|陪[同护]|通[过知]|去(?![屑污痛])|赴|前往|名[义下]|提供|承[包租担]|陈述|反映|出具|签署|领取|缴纳|支付|转账|收取|借[款给用]|欠|拖欠|所[在有]|本人|身份|户[籍口]|预[订定约]|订[购座房]|购[买得入]|入住|投诉|举报|报名|申请|应聘|受雇|就职|任职|供职|担任|门诊(?:病历|号|记录|处方|就诊)|住院(?:病历|号|记录)|照[看顾]|抚养|收养|监护|联系|看[摊店门管护守]|巡[山查逻]|值[守班]|就[餐诊座医]|放行|独立|合[买租住]"
    "|(?:维修|加工|施工|收购|种植|养殖|修理|安装|销售|回收|运输|配送|装修|培训|护理|搬运)"
    "(?![\u4e00-\u9fff]{0,4}?(?:[部店站点厂行坊社场铺]|中心|公司|有限|门市|服务))"
)
"""What somebody does, and no firm is called."""
_OWN_CARD = re.compile(
    "[\u4e00-\u9fff]{0,6}?(?:银行|信用社|农商行|邮储|[农工建中交招]行)[^，。；]{0,4}?(?:卡|账[户号]|帐[户号]|存折|尾号)"
)
"""What somebody has at a bank is no bank called like him."""
_SYSTEMS = ("系统", "系列")
_COMPANY_NAME = 22
_REACH = 7
"""A trade begins up to six characters behind the name."""


class FirmReader:
    """Knows the trades, places and goods that firms and brands are called by."""

    def __init__(self, lexicon: Lexicon) -> None:
        trade, place, goods, within = (
            lexicon.pattern(f"person.{what}") for what in ("firm", "place", "goods", "within_firm")
        )
        self._firm = re.compile(
            f"(?:{goods})|[^{_STOPS}]{{0,2}}?(?:{place})|(?:[^{_STOPS}]|经(?=[纪销]|营[部处店户])){{0,6}}?(?:{trade})"
        )
        self._heads = frozenset(
            word[0]
            for tag in ("person.firm", "person.place", "person.goods")
            for word in lexicon.contexts[tag]
        )
        ends = "(?:有限公司|有限责任公司|股份公司|分公司)"
        self._company = re.compile(f"[^{_STOPS}诉报求购售]{{2,14}}?{ends}")
        self._within = re.compile(within)
        self._long_company = re.compile(f"(?:{within}|[^{_STOPS}诉报求购售]){{2,14}}?{ends}")
        self._no_firm = frozenset(_STOPS).difference(self._heads)

    def is_firm(self, text: str, end: int) -> bool:
        """Tell whether a firm's or a place's name goes on after what looks like a person's."""
        sign = text[end : end + 1]
        if sign in self._no_firm or (text.startswith(_SUFFERED, end) and not text.startswith(_SYSTEMS, end)):
            return False
        if _OWN_CARD.match(text, end):
            return False
        if text.find("公司", end, end + _COMPANY_NAME) >= 0 and (
            self._company.match(text, end)
            or (self._within.search(text, end, end + _COMPANY_NAME) and self._long_company.match(text, end))
        ):
            return not _DOES.match(text, end)
        if self._heads.isdisjoint(text[end : end + _REACH]):
            return False
        return self._firm.match(text, end) is not None and not _DOES.match(text, end)
