"""Homes told from routes and institutions up to their ends; people's numbers told from codes and firms'."""

import pytest

from streams.domain.privacy import PersonalKind
from tests.domain.privacy.braces import marked

NUMBERS = {PersonalKind.MOBILE, PersonalKind.LANDLINE, PersonalKind.BANK_CARD, PersonalKind.CITIZEN_ID}

HOMES = [
    # whose home it is, without any word for addresses
    "魁小虎，家陕西省咸阳市礼泉县{烽火镇兴隆村西堡子}，已返乡。",
    "患者家：宁夏回族自治区固原市原州区{三营镇赵寺村大湾组}；",
    "住户李某（{3号楼2单元501}）。",
    "投诉人（{7号楼1204}）反映楼上渗水。",
    "其姐家（{桃花镇柳沟村三组}）失火。",
    "低保户赵某，{四合乡杨木村二组}。",
    "从其家{石桥镇高湾村12号}搜出。",
    "在{望江小区2号楼1204室}当事人家中查获。",
    "业主王某，{5幢1602室}。",
    # firms were spoken of before, and then a person
    "安次区极兔网点派送员私拆快件，收件人卞某，地址：河北省廊坊市安次区{银河南路锦绣家园26－2－1101}，手机号略。",
    # sides and places at the end
    "入住：河南省驻马店市驿城区{橡林街道薛庄社区城中村1排3号楼4层西}。",
    "住{丰泽园小区12栋底层东}。",
    "居住在{幸福路矿务局宿舍14排南头}。",
    "死者住{石桥镇高湾村西头}。",
    "租住在{城关镇东街老粮站院}内。",
    "住新疆维吾尔自治区喀什地区莎车县{阿热勒乡6村3小队}。",
    "举报人家住{城南新区阳光花苑五期}，反映噪音。",
    "寄往其老家{沙河镇小王庄村}。",
    "快递地址填写为{金水路港湾国际B座2305}。",
    "送货至{锦绣江南三期7-1-902}。",
]

NO_HOMES = [
    "骑手送餐至东风街道雪松路途中与电动车相撞。",
    "外卖员送餐到和平路口与行人碰撞。",
    "骑手赶往建设街途中闯红灯。",
    "责令9月30日前付清（荆劳监令字〔2024〕51号）。",
    "厂家河北省邢台市宁晋县大陆村镇电缆厂。",
    "当事人家禽养殖场位于赵庄村。",
    "旅客入住如家酒店302房。",
    "患者入住市人民医院3号楼。",
    "某小区5号楼2单元电梯故障。",
    "灭火器3号楼2单元缺失。",
    "酒家位于荷塘路。",
    "应当告知其居住地的街道办事处、乡镇人民政府。",
    "户籍在本村并且在本村居住的村民。",
    "样品寄至山东省济南市历下区经十路检测中心。",
    "送货至城关镇东大街兴旺超市，数量20箱。",
    "检查东风街道光明社区居委会。",
    "检查人员（证件NXJF-06-118）到场。",
]

NUMBERS_FOUND = [
    "电话{13987650012}、{13800012345}。",
    "批号231107A，经营者李某、{13987650012}。",
    "证号A231、联系电话{13987650012}。",
    "户名：张立国，开户行农行鹤山支行，账号{6228480402564890018}。",
    "对公账户转入其个人卡{6217858100012345679}。",
    "公司出纳李某账户{6217858100012345679}。",
    "账号{6217858100012345679}系其个人所有。",
]

NUMBERS_KEPT = [
    # one more in a list of codes
    "批号231107A、13987650012。",
    "溯源码：TX2023001、13912345678。",
    "运单号SF1234567890和13712345678。",
    "注册证编号国械注准20153401234、13712345678。",
    "燃气户号13412345678，电表读数13812345678。",
    # firms' and authorities' accounts
    "账号6522010100100138系公司户。",
    "对公账户6228480402564890018收款。",
    "户名：鹤山市兴达食品有限公司，开户行农行鹤山支行，账号6228480402564890018。",
    "罚款缴至财政专户6228480402564890018。",
    "该账号6217858100012345679为单位基本户。",
    "农民工工资专用账户6217858100012345679未足额。",
]


@pytest.mark.parametrize("text", [*HOMES, *NO_HOMES])
def test_homes_are_told_from_routes_and_institutions(text: str) -> None:
    """A home is found up to its last word, and what is no home stays."""
    assert marked(text, {PersonalKind.HOME_ADDRESS}) == text


@pytest.mark.parametrize("text", [*NUMBERS_FOUND, *NUMBERS_KEPT])
def test_numbers_of_people_are_told_from_codes_and_firms_accounts(text: str) -> None:
    """Phones and cards of people are found; one of a list of codes and firms' accounts stay."""
    assert marked(text, NUMBERS) == text
