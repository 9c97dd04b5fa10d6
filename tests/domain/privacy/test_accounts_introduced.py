"""Accounts as clerks bring them in: what people call themselves, handles, links; and what stays public."""

import pytest

from tests.domain.privacy.braces import marked

MARKED = [
    # a service and a name in quotation marks, with a bracket or a word for names between
    "其母外出务工，抖音“{阿强在工地}”；其父在家。",
    "其女贺小雨，快手“{山里娃_小雨}”，拍有视频。",
    "货主柏某，微信（昵称）“{陇南花椒柏总}”。",
    "上家在Telegram用户名为{@dabao_888}。",
    "企业微信显示“{客服-琳琳}”。",
    "微信收款码显示为“{阿敏小吃车}”。",
    "群成员所见微信名“{A.诚信回收}”。",
    # what somebody is there
    "网友“{暴躁小鱼丸}”（微博）发帖称食堂有虫。",
    "闲鱼卖家“{旧书摊阿姨}”称包邮。",
    "该直播间榜一大哥“{一路向北}”累计打赏8万元，抖音已退款。",
    "提供了与该公司客服“{远山小雪}”的QQ对话。",
    "微信用户{A小李二手车}联系买家。",
    # he was added, met, or saved in a phone under that name
    "调表器是从手机上加“{诚信调表8号}”买的。",
    "经人介绍加了“{滇南老烟农}”微信，先后转账3次。",
    "通过探探认识自称“{阿泽}”的男子。",
    "被害人将其备注为“{中介小郭}”。",
    "一个叫“{水哥}”的网友教其刷单。",
    "以“{王半仙}”为名在抖音直播算命。",
    "在抖音以“{赫哥跑车日记}”发布违法视频。",
    "以“{好孕姐姐}”昵称在知乎回答问题。",
    "答：他的抖音叫{泉州阿弟}，粉丝两千多。",
    "微信昵称（{路遥知马力}）与头像一致。",
    "以小红书账号“{珠珠收娃屋}”发布“暑期托管”招生信息。",
    # further accounts and lists
    "该账号昵称原为“{小城故事多}”，后改为“{故事小城}”。",
    "微信昵称依次是“{小蜜蜂}”、“{大蜜蜂}”。",
    "其用大号“{丽姐严选}”、小号“{丽姐日常}”轮流直播。",
    "账号ID：{zhaoyu_travel}，另一{小羽在大理}；",
    "双方微信：甲{chengk-ty}，乙{Luo_PX.1971}。",
    "双方抖音号分别为{xiaoqi_2021}和{mengmeng-88}。",
    "两人QQ：李某{2849101773}，王某{390172846}。",
    "“{娜姐育儿}”（小红书号{94837102}）。",
    # letters and Chinese characters together
    "游客潘可（小红书：{Robin在路上}）落水。",
    "自述替人贴单（“微信接单：{lifq招工}”）。",
    "顾客在评论区留言（抖音：{铁锅炖大鹅}）。",
    # handles that nothing announces, and pages of users
    "技术外包方：鲁志伟，GitHub {luzw-dev}。",
    "个人号{hongyun-wsg}。",
    "她在抖音留言（ID：{xiaomei_0776}），不敢报真名。",
    "拉着加了微信（对方号：{lanren_anmo6}），买了680元的。",
    "Telegram：{t.me/zhuangge_u8}。",
    "其微博主页{weibo.com/u/5781206219}。",
    "Discord用户名{shadow#3321}。",
    "小红书账号（ID：{5f3a9c2e}）。",
]

KEPT = [
    # what is offered on services
    "当事人通过微信“附近的人”功能揽客。",
    "当事人在快手“小黄车”上架商品12件，主播“带货”佣金30%。",
    "当事人利用微信“朋友圈”发布广告，备注“加急”的订单优先。",
    "买家“七天无理由退货”申请被拒，微信已告知。",
    "抖音“#减肥打卡”话题下发布视频。",
    "用户“注销难”问题，微信未设入口。",
    # firms, shops, authorities and their accounts
    "消费者通过美团“老街坊烧烤店”下单。",
    "当事人开设的抖音店铺“老李农家特产店”月销三百单。",
    "微博“平安江城”官方账号已辟谣。",
    "抖音账号“江城区融媒体中心”。",
    "该店抖音号“张记麻辣烫”播放量8万。",
    "该“小红书”企业账号“云朵烘焙”发布广告。",
    "烘焙坊微信公众号“雪琴手作”、视频号“雪琴家的面包”均系店铺经营主体。",
    "微信公众号“万寿观结缘处”发布活动公告。",
    # groups
    "在微信群（群名“晨光中二班家长群”）公开名单。",
    "当事人建立“幸福家园互助群”微信群，群成员213人。",
    # words of others, and what is added to goods
    "卖家承诺“假一赔十”，微信收款。",
    "客服回复“亲，今天发货”，微信下单。",
    "当事人加“高钙”字样于包装。",
    "店员在奶茶中加“燕麦”一份，微信下单。",
    "对方以“刷单返利”为由诈骗，微信转账。",
    "在抖音以“免费领鸡蛋”引流，在微信上以“低价机票”招揽客户。",
    "命名为“开心农场”的微信群，将商品备注为“赠品”。",
    "上线“抽成”比例为10%，下线“拉人头”计酬，微信返利。",
    "不得向未成年人提供网络游戏账号租售交易服务。",
    # nobody's name
    "投诉人微信：无。",
    "联系方式：微信：同手机号。",
    "收款方式：微信：3200元；支付宝：1200元。",
    "微信号“同手机号”。",
    # what a shop advertises remedies by
    "抖音账号“老张说骨病”直播间推介驼奶粉时称“喝两个月腰椎不疼”。",
    "当事人通过抖音号“老姜头养生足道”发布短视频，使用“泡一泡，痛风不见了”等用语。",
    "在快手账号“华佗后人”宣传“三天告别风湿”。",
    # codes, goods, files and programs in letters
    "监控文件video_20240301.mp4由当事人通过微信提交。",
    "图片IMG_20240501_1533.jpg系微信发送。",
    "数据库表user_info存有会员信息，QQ群管理员可查看。",
    "手机型号redmi-k40，颜色黑色，微信转账800元。",
    "检测项目anti-HCV、covid-19核酸，结果通过微信告知。",
    "废物交接单号QLSB20240401-07，以微信告知。",
    "微信小程序“订餐助手”AppID为wx7d2f90ab41c3e568。",
    "经微信联系购买type-c数据线120根。",
]


@pytest.mark.parametrize("text", MARKED)
def test_accounts_are_found_however_they_are_brought_in(text: str) -> None:
    """What somebody calls himself on a service is found, and exactly that is masked."""
    assert marked(text) == text.replace("}{", "")


@pytest.mark.parametrize("text", KEPT)
def test_features_shops_groups_and_codes_stay(text: str) -> None:
    """Names of features, firms and groups, quoted words, and codes are nobody's account."""
    assert marked(text) == text
