"""Phones and addresses behind a decision, and a firm's own lines, stay; those of whoever is named do not."""

import pytest

from streams.domain.privacy import PersonalKind
from tests.domain.privacy.braces import written

KINDS = (PersonalKind.LANDLINE, PersonalKind.HOME_ADDRESS)
TEXTS = [
    # behind what was decided
    "违反该法第九条罚款5,000元，门店电话0372-2551907。",
    "历市监罚〔2024〕73号，电话0531-88626066。",
    "审批时限5个工作日，电话0535-6217395。",
    # what a firm calls its own
    "责令退赔，酒店总机0898-88628066，咨询0572-2280403，传真0572-2280387。",
    "拾得传单后举报，诊所预约0454-8227105，值班0371-68971537，窗口0931-8817352。",
    "将刘芳的照片及办公室电话{0571-88213456}发布到网上。经营者王建国，店内电话{0571-88213457}。",
    "诊所电话{0571-88213456}为刘芳家中座机。已收到杭公罚〔2024〕123号，联系电话{0571-88213456}。",
    # rooms that only firms and offices have
    "公司人事部电话0531-88626066，项目部电话0531-88626067，值班室联系电话0531-88626068。",
    "船长缪根法，船公司宁波鸿泰海运有限公司，调度0574-86783110。",
    "李某办公室电话{0531-88626066}。其调度室电话{0531-88626066}。住户客厅电话{0531-88626067}。",
    "业务员在传单上留门店电话{0531-88626066}。",
    "投诉人手机一三三四五九〇六二七八，门店电话为{（0593）2817460}。",
    # whoever is named, or only spoken of, has the line
    "依据该条对李强罚款500元，电话{0531-88626066}。",
    "缴款人罚款500元，电话{0531-88626066}，传真{0531-88626067}。",
    "投诉人总机转接{0898-88628066}。",
    "其预约时留的电话{0531-88626066}。",
    "张明投诉（{0898-88628066}），李文举报{0898-88628067}。",
    "委托代理人傅宁立，传真：{0574-2096286}。",
    # and where he lives is no office's address
    "对马伟罚款2,000元，住址临夏市{王寺街27号}。",
    "对马伟罚款2,000元，家庭住址临夏市{王寺街27号3单元201室}。",
]


@pytest.mark.parametrize("text", TEXTS)
def test_a_line_is_whoever_was_spoken_of(text: str) -> None:
    """What is in braces is found, and nothing beside it."""
    assert written(text, KINDS) == text
