"""Finds where a name stands without a role or trade: in frames of a sentence that only persons fill."""

import re
from collections.abc import Iterator
from itertools import chain

_NAME = "[\u4e00-\u9fff]{2,4}?"
_TURNS = (
    ("[从向自]", "", "处(?:收购|收取|收|购|买|借|租|取得|取|拿|获|得|承租|承包)"),
    (
        "向",
        "",
        "(?:销售|售|出售|售卖|兜售|推销|提供|供应|收取|收费|索要|索取|索赔|借款|借得|赔偿|赔付|支付|付款|转账|汇款|发放|推荐|订购|租赁|出租|承租|讨要|催收|追讨|追偿|道歉|询问|核实|了解|透露|泄露|贩卖|开具|出具|承诺|谎称|隐瞒|投掷|泼洒|挥舞|勒索|敲诈|传播|宣传|传授|讲授|灌输|发送|出借|购得|售出|采集|采血|抽血|取样|采样)",
    ),
    (
        "致",
        "",
        "(?:全身|头部|面部|胸部|腰部|双[手眼脚腿目]|左[手眼脚腿肩臂侧]|右[手眼脚腿肩臂侧]|烧伤|烫伤|灼伤|窒息|溺|中毒|触电|坠|残疾|伤残|不治|过敏|感染|流产|丢失|遗失|损失|受伤|死亡|误工|轻伤|重伤|轻微伤|骨折|昏迷|经济|财产|人身|住院|摔|当场)",
    ),
    (
        "由",
        "",
        "(?:用|供给|供货|驾|开车|将|实际|经营|控制|签收|签字|签名|采购|购入|购进|运至|运到|运送|制作|加工|发布|代为|代刷|使用|管理|照看|照管|看护|看管|接送|招揽|组织|带领|陪同|负责|出资|垫付|代办|代签|经手|介绍|引荐|转交|转卖|拉走|运走|雇|保管|操作|代课|顶岗|替班|替考|代考|主讲|授课|代驾|领队|带队|值守|轮流|接任|冒名|送医|送诊|送往|护送)",
    ),
    (
        "[与同和跟]",
        "",
        "(?:共用|共有|合用|同住|合住|合租|同居|合伙|共同|[系为](?:夫妻|父|母|兄|姐|同|邻|亲|朋|表|堂|姑|叔|舅|姨|姻|情|恋|师|战友|雇))",
    ),
    (
        "经(?![营过查济检鉴调销理常办核审依批])",
        "",
        "(?:介绍|引荐|推荐|牵线|撮合|签字|签名|辨认|指认|同意|授意|劝说|抢救|确认|证实|转介|担保|代办|代签|代领|转手|转卖|倒手|怂恿|许可|举报|投诉|报警|提醒|查看|核对)",
    ),
    (
        "受(?![理害伤托让到了])",
        "",
        "(?:之托|委托|指使|雇佣|雇用|教唆|胁迫|邀请|托付|聘请|指派|唆使|蒙骗|蛊惑|引诱|欺骗|安排)",
    ),
    (
        "[入至]",
        "",
        "(?:的?(?:账户|账号|帐户|帐号|名下|银行卡|存折|个人卡|微信|支付宝|社保卡|工资卡)|卡[（(，,号内中])",
    ),
    ("系", "", "(?:引荐|介绍|所有|所为|所写|名下|委托|指使|雇)"),
    (
        "[给为替帮]",
        "(?:患[^，。；]{1,12}的)?",
        "(?:治|取模|取药|镶牙|补牙|种牙|洗牙|正骨|针灸|推拿|按摩|刮痧|拔罐|艾灸|采血|换药|缝合|做(?:手术|检查|美容|保养|体检|B超|超声)|的(?:[猫狗犬牛羊猪]|爱犬|爱猫|宠物|父|母|妻|子|女|孩)|看病|诊治|输液|注射|打针|接生|扎针|挂水|打吊针|静脉|肌肉|诊脉|把脉|开[方药]|配药|抓药|看牙|拔牙|整形|算命|做法|驱邪|带货|代购|运货|送货|收款|收账|转账|办理|代办|缴费|缴纳|签字|签名|签收|看管|看店|顶班|顶包|替考|答题|代考|上课|补课|理发|美容|纹眉|纹身|注册|开户|挂号|报名|贷款|担保|维修|装修|安装|驾车|开车)",
    ),
    ("交", "给?", "(?:使用|保管|冒用|持有|驾驶|代管|转卖|看管)"),
    ("据", "", "(?:反映|陈述|举报|投诉|供述|证实|交代|自述)(?:的?情况|[，,称（(])"),
    (
        "[公披泄散曝]",
        "[开布露光]了?",
        "(?:确诊|患|怀孕|病|的(?:病|诊|家庭|住|个人|隐私|行踪|照片|身份|电话|手机))",
    ),
    (
        "[将把]",
        "",
        "(?:推倒|打伤|打倒|打成|打致|殴|撞|砍|捅|刺|踢|踹|咬|抓伤|砸|烫|绑|捆|锁在|关在|拖|拽|拉|抱|背|送医|送往|送至|送到|送回|带离|带走|带到|带回|接走|接回|救|扶|抬|扔|丢|遗弃|杀|骗|辞退|解聘|开除|停职|列为|登记为|误诊|认定为|的(?!地址|住所|经营))",
    ),
    (
        "到",
        "",
        "(?:自(?:邮箱|手机|微信|家)|发来|寄来|打来|送来|来信|来电|来访|邮件|的?(?:投诉|举报|反映|求助|报警|报案|来信|来电))",
    ),
    ("接", "", "(?:举报|投诉|报警|报案|反映|来[电信访]|求助|控告|申诉)"),
    (
        "以",
        "",
        "(?:体检|怀孕|患[有病]|确诊|系|曾|年龄|信[教奉仰佛主]|礼拜|每日|每天|户籍)[^，。；]{0,30}为(?:由|理由)",
    ),
    ("载", "", "(?:[去到赴往回前返至上、，]|等[0-9一二三四五六七八九]|[二两三四五六][人名]|及其)"),
    (
        "[：:\n；;。]",
        "",
        "(?:并非|并不是|不是本|述称|自述|自称|辩称|陈述|系[^，。；]{2,30}(?:业主|住户|村民|居民|房主|之[子女妻夫父母]))",
    ),
)
"""How each frame begins, goes on up to the name, and goes on behind it."""
_GROUPS = (
    "：:\n；;。",
    "从向自致由",
    "经受与同和跟",
    "系给为替帮公披泄散曝",
    "将把到载",
    "接以",
    "入至",
    "交据",
)
"""Heads that share no frame: a sign at which no frame of a group begins passes it at one look."""


def _frames(heads: str) -> str:
    turns = "|".join(
        f"(?<={head}){more}(?={_NAME}{behind})"
        for head, more, behind in _TURNS
        if head.strip("[]")[0] in heads
    )
    return f"(?<=[{heads}])(?:{turns})"


# a search for one class of characters is the fastest there is
_FRAME = re.compile(f"[{''.join(_GROUPS)}](?:{'|'.join(map(_frames, _GROUPS))})")
_OPENING_QUOTES = frozenset("“‘")
_SELF_NAMED = re.compile(
    "(?:自称|化名|名叫|疑似|疑为|署名|落款|真名|本名|姓名|系由|由|来自|购自)[为是]?[“‘]([\u4e00-\u9fff]{2,4})[”’]"
    "(?!的?(?:产品|商品|品牌|系列|[店牌]|食品|药品|项目|软件|平台|公众号|文章|课程|活动))"
)
"""What somebody says to be called, or whom goods come from."""
_SIGNED = re.compile(
    "[“‘][\u4e00-\u9fff]{2,4}[”’](?:[、和与及]?[“‘][\u4e00-\u9fff]{2,4}[”’]){0,4}[等的]?"
    "(?:[0-9一二三四五六七八九十两多]{1,3}[处个枚]|字样的)?(?:签[名字署章]|署名|手印|捺印|笔迹)"
)
"""What is signed."""
_OWNED = re.compile(
    "的(?:报案|证言|证人|陈述|供述|笔录|户籍|身份证|病历|处方|诊断|签字|签名|辨认|授权|委托|申请书|举报|投诉|来信|检举|遗体|遗产"
    "|家属|父亲|母亲|妻子|丈夫|儿子|女儿|住处|住所|家中|手机|银行|账户|微信)"
)
_MANY = re.compile("等(?:共|共计|合计)?[0-9,一二三四五六七八九十百千万余多]{1,9}余?(?:人|名|户|位|者)")
"""Behind the first of many people."""
_DESCRIBED = re.compile(
    "[为是系对](?:(?<=[人者方户][为是系])(?![的不])|(?<=[，。；、\n]对)(?=[^，。；、：]{4,20}(?:处以|予以|罚款|给予|作出|警告)))"
    "[^，。；、：的]{1,12}的"
    f"(?={_NAME}(?:[，。；（(]|处以|予以|罚款|给予))"
)
"""Whose place, nickname or post is told before the name."""
_DOER = re.compile(
    "的(?=[\u4e00-\u9fff]{3}(?:则[是用称]|说自己|当场|拿不出|自述|否认|承认|反映称|辩称|供述|陈述))"
)
"""Who is told of before his name by what he did, and says or does something."""
_BEFORE_SIGN = re.compile(
    "(?:代理|经办代理|代办|主讲|授课|经手|牵线|领队|带队|塔主|管事|掌柜|账房)[：:]?(?=[\u4e00-\u9fff]{2,3}[，,（(；;、。])"
)
"""What somebody does, where a sign stands behind his name."""
_TWO = re.compile(
    "[与和同](?=[\u4e00-\u9fff]{2,3}?(?:于[0-9一二]|[系均因]|离婚|结婚|再婚|签订|签署|登记|协议|共同|合伙|合资|合租|发生|之间|存在|素有|原是"
    "|是[夫父母兄姐同邻亲朋]))"
)
"""Between two who are told of together at the head of a clause."""
_HEADS_OF_CLAUSES = frozenset("，。；：\n")
_CALLED = re.compile(
    '(?:自称|绰号|外号|人称|号称|化名|网名|昵称|微信名|冒充|谎称)[为是]?[“"‘「]?[^，。；、“”]{1,12}[”"’」]?的(?=[\u4e00-\u9fff]{2,4})'
)
"""Somebody stands behind what he calls himself."""
_COUNTED = re.compile("、[一-鿿]{2,4}[两二三四五六七八九]人(?=[，。；、：）)的均各分未共在签作称到])")
_LISTED = re.compile("(?:(?<=人员)有|[为系是括含：:，。；（(])([一-鿿]{2,4}(?:、[一-鿿]{2,4}){0,6})$")
_ITEMS = re.compile("(?:、[一-鿿]{2,4}){1,6}$")
_LONGEST_LIST = 36
_LENGTHS, _FULL = (3, 2, 4), 3
_BEFORE_OWNER = ".．）)、；;，,。：:及和与将收由经把被 \n"
_BEFORE_FIRST = frozenset(_BEFORE_OWNER + "含括有了对向为给在员工户民人")
_HAPPENS = (
    "(?:精神|智力|肢体|听力|视力|语言|残疾|瘫痪|偏瘫|中风|中度|重度|轻度|一级|二级|三级|四级|去世|病[故逝亡重危]|早逝|过世|死[亡于]|亡故|服刑|失踪|失联|改嫁|再婚|离异"
    "|离家|出走|下落|务工|遗体|骨灰|土葬|安葬|火化|埋葬|下葬|灵柩|坟|墓|外出|常年|长期|丧失|无劳动|无业|无力|年[迈老]|肺|肝|肾|心脏|脑|胃|糖尿|高血压|尿毒|白血|乳腺|肠|癌|抑郁|癫痫|体弱|多病|卧床|[均分]别|涉嫌|确诊|被诊|被判|被拘)"
)
"""What is told of relatives in files on relief, adoption and care."""
_RELATIVE = re.compile(
    "(?:[叔伯舅姑姨婶嫂侄甥媳婿](?<=其.)(?=[\u4e00-\u9fff]{2})"
    "|[子女父母夫妻兄弟姐妹孙](?:(?<=[，、：:；;（(,。 "
    "\n长次幼独随其之与同和跟及由向为替让叫被是系将致养继义亡故胞堂表外].)|(?<![^\n].)|(?<=[，。；\n、][\u4e00-\u9fff][父母妻]))"
    f"(?={_NAME}(?:[，、；;（(,。 患系住已因均随到未在陪同由从将把被与和及名去往来代为向称于以用]"
    f"|{_HAPPENS})))"
)
_FOREIGNER = re.compile(
    "籍(?<=[\u4e00-\u9fff]籍)(?<![户学党会船祖书古典原客军国]籍)((?:[\u4e00-\u9fff]{0,4}?)(?:人员|人士|男子|女子|男|女|游客|旅客|乘客|员工|教师|外教|教员|学生|船员|劳工|工人|模特|演员"
    "|新娘|妻子|丈夫|商人|公民|客商|球员|教练|专家|房客|租客|住客|顾客|当事人))"
)


def frames(text: str) -> Iterator[int]:
    """Yield the places at which names may begin in a frame."""
    for match in _FRAME.finditer(text):
        yield match.end()
    for owned in _OWNED.finditer(text):
        for length in _LENGTHS:
            start = owned.start() - length
            if start >= 0 and (not start or text[start - 1] in _BEFORE_OWNER):
                yield start
    yield from (doing.end() for doing in _BEFORE_SIGN.finditer(text))
    if "的" in text:
        told = (pattern.finditer(text) for pattern in (_DESCRIBED, _CALLED, _DOER))
        yield from (leading.end() for leading in chain.from_iterable(told))
    yield from _pairs(text)
    for counted in _COUNTED.finditer(text):
        whole = _LISTED.search(text, max(0, counted.start() - _LONGEST_LIST), counted.start())
        if whole:
            yield whole.start(1)
    for many in _MANY.finditer(text):
        last = many.start()
        first = _first_of_list(text, last)
        for length in _LENGTHS:
            start = first - length
            if start >= 0 and (
                not start or length == _FULL or first < last or text[start - 1] in _BEFORE_FIRST
            ):
                yield start


def _pairs(text: str) -> Iterator[int]:
    """Yield the places at which the first of two may begin who are told of together."""
    for two in _TWO.finditer(text):
        for length in _LENGTHS:
            start = two.start() - length
            if start == 0 or (start > 0 and text[start - 1] in _HEADS_OF_CLAUSES):
                yield start


def _first_of_list(text: str, end: int) -> int:
    """Return the end of the first of the names with 、 between of which the last one ends at `end`."""
    listed = _ITEMS.search(text, max(0, end - _LONGEST_LIST), end)
    return listed.start() if listed else end


def signed(text: str) -> Iterator[int]:
    """Yield the places right behind the quotation mark before a name that is signed somewhere."""
    for match in _SIGNED.finditer(text):
        yield from (match.start() + at for at, sign in enumerate(match[0], 1) if sign in _OPENING_QUOTES)


def self_named(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of what somebody says to be called, in quotation marks: 自称“郭俊俊”."""
    for match in _SELF_NAMED.finditer(text):
        yield match.span(1)


def foreigners(text: str) -> Iterator[tuple[int, int]]:
    """Yield where what somebody of another country is, as in 缅籍人员, begins and ends."""
    for match in _FOREIGNER.finditer(text):
        yield match.span(1)


def relatives(text: str) -> Iterator[tuple[int, int]]:
    """Yield where 父, 妻 and the like before a name begin and end."""
    for match in _RELATIVE.finditer(text):
        yield match.span()
