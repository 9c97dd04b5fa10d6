"""What each figure means, as it is printed in every report (`domain.md` 3.2)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """One figure."""

    name: str
    formula: str
    note: str


DEFINITIONS = (
    Definition(
        name="统计范围",
        formula="决定日期在本月内、且不早于部门（或事项）上线日期的决定",
        note="决定日期不详的（因日期有误被退回）按首次报送日计入。上线前的决定照常受理，不纳入考核，仅列件数。",
    ),
    Definition(
        name="产生数量",
        formula="部门申报的本月作出的决定件数",
        note="由部门按月申报；未申报的不计算完整率。",
    ),
    Definition(
        name="报送数量",
        formula="统计范围内平台收到的决定件数",
        note="同一决定的更正、重报不重复计；被退回的计入。",
    ),
    Definition(
        name="未报送数量",
        formula="产生数量 − 报送数量",
        note="只计已申报产生数量的类别；负数记 0，并在“报送存在问题”中注明。",
    ),
    Definition(
        name="有效入库数",
        formula="报送数量中通过校验的件数",
        note="含不予公开和转人工审核的；尚在审核和被退回的不计。",
    ),
    Definition(
        name="本单位公示数量",
        formula="报送数量中本单位网站已接收的件数",
        note="以本单位网站的接收回执为准。",
    ),
    Definition(
        name="迟报率",
        formula="迟报 ÷ 报送数量",
        note="迟报：首次报送日晚于公示期限的决定。",
    ),
    Definition(
        name="及时率",
        formula="按期公示 ÷（按期公示 + 超期公示 + 逾期未公示）",
        note="以最后一个应公示平台接收之日为公示之日。不予公开、公示前已撤销的不计；未到期且未公示的不计。",
    ),
    Definition(
        name="超期责任",
        formula="公示期限届满时决定在谁手中",
        note="部门：尚未报送，或已退回而未改正；本系统：审核未完、待人工审核或尚未送出；"
        "公示平台：已送而未接收，或平台故障。",
    ),
    Definition(
        name="合规率",
        formula="有效条数 ÷（有效条数 + 退回条数）",
        note="按报送日期在本月内的数据条数计，一条数据每报送一次计一次；审核未完的、撤销的不计。",
    ),
    Definition(
        name="完整率",
        formula="报送数量 ÷（产生数量 − 有依据未报送数量）",
        note="只计已申报产生数量的类别；有依据未报送指申报时注明依据（如涉密、简易程序）的件数。",
    ),
    Definition(
        name="缺号",
        formula="同一字头、同一年份的文书号中，前后两号均已报送而中间未报送的号",
        note="计入后一号的决定日期所在月。已登记为例外的不计；连续缺 100 个以上的列为跳号，不计缺号。",
    ),
    Definition(
        name="瞒报率",
        formula="抽查时平台没有的决定 ÷ 抽查的决定",
        note="按抽查所属月份计；事后补报不改变抽查结果。",
    ),
)

COUNTING = {
    False: "作出决定的当日不计入，自次日起算（《民法典》第二百零一条第一款：按照年、月、日计算期间的，"
    "开始的当日不计入，自下一日开始计算）。",
    True: "作出决定的当日计入（本地设置 count_first_day = true；《民法典》第二百零一条第一款规定当日不计入，"
    "第二百零四条：法律另有规定或者当事人另有约定的除外）。",
}
"""Whether the day of the decision is the first of the seven → what is printed of it."""

DEADLINE = (
    "公示期限：自作出行政决定之日起 7 个工作日内上网公开"
    "（发改办财金〔2018〕424号；工作日依国务院办公厅节假日安排）。"
)
