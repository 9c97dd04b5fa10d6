"""Every rule of validation as a table: code, severity, source, and what a clerk is told to do.

Messages never quote a value that a department sent, save a proposed 统一社会信用代码 and the names of lists.
"""

# ruff: noqa: E501 -- a table reads best with a rule a line

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from streams.domain.stages import Finding, Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that can be wrong; `message` holds places such as {name}, the column's official name."""

    code: str
    severity: Severity
    source: str
    message: str


_E, _W = Severity.ERROR, Severity.WARNING
_T = "发改办财金〔2018〕424号 模板"
_L = "行政许可信息公示标准(2018)"
_P = "行政处罚信息公示标准(2018)"
_LISTS = "双公示数据字典(2018)"
_D = "各地双公示数据校验规则"
_OLD = "国发〔2016〕33号 模板"
_REPAIR = "信用修复管理办法(发改委令2025年第36号)"
_ID = "证件号码编制规则"
_F = "双公示文件报送格式"

# fmt: off
_TABLE = (
    # The row in its file, told by the connectors
    Rule("LINE_UNREADABLE", _E, _F, "本行不是完整的数据(引号或括号不配对、不是有效的 JSON 或编码有误)，无法读取。请修正本行后重新报送，并核对其后各行是否齐全。"),
    Rule("LINE_TOO_LONG", _E, _F, "本行超过 4 MiB，不是一条正常的决定。请检查是否误附了文件，去除后重新报送。"),
    Rule("FILE_UNREADABLE", _E, _F, "文件不是有效的 JSON，无法读取。请检查文件是否完整，或另存为 CSV 后重新报送。"),
    Rule("HEADER_UNKNOWN", _E, _F, "前 10 行中没有找到双公示模板的表头。请使用官方模板，首行为列名(如 CF_WSH)或中文表头。"),
    Rule("HEADER_GARBLED", _E, _F, "表头的 {name} 中有乱码，不能确定是哪一列，其下各行没有读取。请改正表头，以 UTF-8 或 GBK 保存后重新报送。"),
    Rule("ROW_TOO_LONG", _E, _F, "本行的单元格比表头多，各列可能已错位。请检查是否有未加引号的逗号，修正后重新报送。"),
    Rule("WORKBOOK_DAMAGED", _E, _F, "文件不是完整的 Excel 工作簿，从此处起无法读取。请用 Excel 或 WPS 打开，检查内容后另存为 .xlsx 重新报送。"),
    Rule("WORKBOOK_ENCRYPTED", _E, _F, "工作簿设有打开密码，无法读取。请取消密码后保存，重新报送。"),
    Rule("WORKBOOK_OLD", _E, _F, "这是旧版 Excel 文件(.xls)，无法读取。请用 Excel 或 WPS 打开，另存为 .xlsx 后重新报送。"),
    Rule("WORKBOOK_TOO_LARGE", _E, _F, "文件解压后过大，不是正常的报送文件，已停止读取。请删除多余的工作表和空行，或分成几个文件，另存为 .xlsx 后重新报送。"),
    Rule("XML_UNSAFE", _E, _F, "文件中含有 DTD 或实体定义，为安全起见不予读取。请用 Excel、WPS 或交换平台重新导出后报送。"),
    Rule("XML_UNREADABLE", _E, _F, "文件不是完整的 XML，从此处起无法读取。请从交换平台重新导出后报送。"),
    Rule("XML_UNKNOWN", _E, _F, "文件中没有找到双公示数据(<fields> 或 <ROW> 中的各列，如 <CF_WSH>)。请使用双公示交换报文，或另存为 .xlsx、.csv 后报送。"),
    Rule("SHEET_HIDDEN", _E, _F, "隐藏的工作表中有数据，没有读取。需要报送的请取消隐藏，不需要的请删除该工作表。"),
    Rule("DIGITS_LOST", _E, _F, "“{name}”是按数字存的，超过 15 位的部分已被 Excel 丢失。请先把该列设为“文本”格式，再重新录入完整号码。"),
    Rule("FORMULA_WITHOUT_VALUE", _E, _F, "“{name}”是公式，而文件中没有它的计算结果。请用 Excel 或 WPS 打开并保存，或把公式粘贴为数值后重新报送。"),
    Rule("CELL_ERROR", _E, _F, "“{name}”单元格显示的是错误值(如 #N/A)或无法读取。请改填实际内容。"),
    Rule("NO_OBJECT", _E, _F, '本条不是一个 JSON 对象。请把每条决定写作 {{"CF_WSH": "…", …}}。'),
    Rule("VALUE_NESTED", _E, _F, "本条有的列不是文字或数字，而是嵌套的结构。请每列只写一个值。"),
    Rule("AUTHORITY_FOREIGN", _E, _F, "“{name}”是其他部门的代码，而令牌只能报送本部门作出的决定，本条没有收下。请核对；确为其他部门的决定，请由该部门报送。"),
    # The record as a whole
    Rule("NO_KNOWN_COLUMN", _E, _T, "没有找到双公示模板中的任何一列。请使用官方模板的列名(如 CF_WSH)或中文表头重新报送。"),
    Rule("KEY_UNREADABLE", _E, _F, "机关代码、文书号或相对人名称无法读取，不能认定是哪一件决定，本条没有收下，公示期限仍自决定之日起计算。请按提示改正后重新报送。"),
    Rule("UNKNOWN_COLUMN", _W, _T, "{name}不是模板中的列，不会公示。请核对表头是否写错；确属多余的列请删除。"),
    Rule("LEGACY_COLUMN", _W, _OLD, "“{name}”是2016版模板的列，现行模板已取消，不会公示。请改用现行模板。"),
    Rule("ACTION_UNKNOWN", _E, _F, "“动作”无法识别。请填写：公示、更正、撤销之一。"),
    Rule("REASON_MISSING", _E, _REPAIR, "撤销公示必须说明原因。请在“原因”中填写：撤销、变更、信用修复、公示期满、异议成立等。"),
    Rule("REASON_TOO_LONG", _E, _F, "“原因”最长 {most} 个字，现有 {length} 个字。请精简。"),
    Rule("GROUND_UNKNOWN", _E, "政府信息公开条例 第十四、十五条", "“不予公开理由”无法识别，本条暂不公示。请填写：{choices}之一；应当公开的请清空。"),
    Rule("RANGE_UNKNOWN", _E, _LISTS, "“公开范围”无法识别，本条暂不公示。请填写：1(社会公开)、2(政务共享)或3(授权查询)。"),
    Rule("NOT_PUBLISHED", _W, "政府信息公开条例 第十四、十五条", "本条依法不予公示(“{ground}”)，只作登记。如应当公示，请核对不予公开理由、处罚类别、公开范围和公示截止期后重新报送。"),
    Rule("OBJECTION_UNKNOWN", _E, _F, "“异议”无法识别。有异议正在处理的填“是”，没有或已处理完的请清空。"),
    Rule("GRAVITY_UNKNOWN", _W, _REPAIR, "“失信严重程度”无法识别，已按处罚种类推定。请填写：轻微、一般、严重之一，或清空。"),
    Rule("PUBLICITY_TOO_LONG", _W, _REPAIR, "“{name}”晚于规定的最长公示期，已按最长公示期({until})处理。请核对。"),
    Rule("PUBLICITY_TOO_SHORT", _W, _REPAIR, "“{name}”早于规定的最短公示期，已按最短公示期({until})处理。提前终止公示须经信用修复。请核对。"),
    Rule("GROUND_NOT_FOR_LICENCE", _E, _D, "简易程序只适用于行政处罚。请更正本条许可的“不予公开理由”。"),
    Rule("KEY_DIFFERS", _W, _D, "报送程序给出的决定标识与按机关代码、文书号、相对人名称计算的不一致，已按计算结果处理。请检查报送程序。"),
    # Any column
    Rule("MISSING", _E, _T, "“{name}”必填，现为空。请补充后重新报送。"),
    Rule("NUMBER_MISSING", _E, _L, "“{name}”必填，现为空。请补充；本许可没有决定文书号的，请填写许可证书上的许可编号。"),
    Rule("END_MISSING", _E, _T, "“{name}”必填，现为空。请补充；长期有效的填“长期”或 2099-12-31。"),
    Rule("TOO_LONG", _E, _T, "“{name}”最长 {most} 个字，现有 {length} 个字。请精简。"),
    Rule("GARBLED", _E, _D, "“{name}”中有乱码或不可见的控制字符。请在原文件中重新录入该单元格，并以 UTF-8 或 GBK 保存。"),
    Rule("PERSONAL_NUMBER", _E, "个人信息保护法 第六条", "“{name}”中含有身份证件号码。请删去号码，只在证件号码一列填写。"),
    # Lists
    Rule("CLASS_UNKNOWN", _E, _LISTS, "“{name}”无法识别。请填写：法人及非法人组织、自然人、个体工商户之一。"),
    Rule("LICENCE_TYPE_UNKNOWN", _E, _LISTS, "“{name}”无法识别。请填写：普通、特许、认可、核准、登记之一，或“其他-说明”。"),
    Rule("PENALTY_TYPE_UNKNOWN", _E, "行政处罚法(2021) 第九条", "“{name}”中有不在处罚种类内的内容。请从警告、通报批评、罚款、没收违法所得、没收非法财物、暂扣许可证件、降低资质等级、吊销许可证件、限制开展生产经营活动、责令停产停业、责令关闭、限制从业、行政拘留中选填，多项用“、”分开；其余写作“其他-说明”。"),
    Rule("RECTIFICATION_IS_NO_PENALTY", _E, "行政处罚法(2021) 第九、二十八条", "责令改正、责令限期整改等不是行政处罚种类。请从“{name}”中删去，写入处罚内容；确需单列的写作“其他-说明”。"),
    Rule("ID_TYPE_UNKNOWN", _E, _LISTS, "“{name}”无法识别。请填写：身份证、护照号、港澳居民来往内地通行证、台湾居民来往大陆通行证、外国人永久居留身份证之一，或“其他-说明”。"),
    Rule("STATE_UNKNOWN", _E, _LISTS, "“{name}”无法识别。请填写 1(有效)或 2(无效)。"),
    Rule("OTHER_NEEDS_NOTE", _W, _LISTS, "“{name}”填“其他”时应注明。请写作“其他-说明”。"),
    Rule("WRITTEN_DIFFERENTLY", _W, _LISTS, "“{name}”不是标准写法，已按“{meant}”处理。下次请直接填写标准写法。"),
    Rule("CLASS_NAME_MISMATCH", _W, _D, "“{name}”为自然人，而行政相对人名称像是单位名称。请核对相对人类别和名称。"),
    Rule("NAME_MASKED", _W, _P, "“{name}”已被遮盖(含 * 号或“某某”)。请填写全称，依法不公开的内容由系统自动隐去。"),
    # 统一社会信用代码
    Rule("USCC_LENGTH", _E, "GB 32100-2015", "“{name}”应为 18 位，现为 {length} 位。请核对后重新填写。"),
    Rule("USCC_CHARACTERS", _E, "GB 32100-2015", "“{name}”含有不允许的字符：只用数字和除 I、O、S、V、Z 外的大写字母，第 3 至 8 位为数字。请核对营业执照或登记证书。"),
    Rule("USCC_LETTER_FOR_DIGIT", _E, "GB 32100-2015", "“{name}”中疑似把数字写成了字母(如 O 代替 0)。如核对无误，请改为 {proposal} 后重新报送。"),
    Rule("USCC_CHECK_DIGIT", _E, "GB 32100-2015", "“{name}”校验位不符，至少有一位写错。请对照营业执照或登记证书逐位核对。"),
    Rule("USCC_ORGANISATION", _W, "GB 11714-1997", "“{name}”第 9 至 17 位(主体标识码)校验不符。请核对登记证书。"),
    Rule("USCC_TRANSITION", _W, "国发〔2015〕33号", "“{name}”为空，因决定日期在代码过渡期内(至迟到 2020 年底)且填有旧代码，已受理。相对人已换发的，请补充统一社会信用代码。"),
    Rule("USCC_PLACEHOLDER", _E, _L, "“{name}”不能填 17 个 0 加 X：只有尚无代码的个体工商户可以使用。请填写真实代码。"),
    Rule("USCC_IS_CITIZEN_NUMBER", _E, _ID, "“{name}”中填写的是公民身份号码。请填统一社会信用代码；相对人是自然人的，请更正相对人类别并改填证件号码。"),
    Rule("AUTHORITY_CODE_UNUSUAL", _W, _L, "“{name}”一般以 11 开头(机关)。请核对填写的是否为作出决定的机关。"),
    Rule("CLASS_CODE_MISMATCH", _E, _D, "行政相对人代码_1(统一社会信用代码)不正确：个体工商户的代码以 92 开头，其他主体不以 92 开头。请核对相对人类别和代码。"),
    # Other numbers
    Rule("REGISTRATION_REQUIRED", _E, _L, "统一社会信用代码填 17 个 0 加 X 时，“{name}”必填。请补充 15 位工商注册号。"),
    Rule("REGISTRATION_CHECK_DIGIT", _E, "GS 15-2006", "“{name}”校验位不符，至少有一位写错。请对照营业执照核对。"),
    Rule("REGISTRATION_SHAPE", _W, "GS 15-2006", "“{name}”一般为 15 位数字。请核对营业执照。"),
    Rule("REGISTRATION_LENGTH", _E, "GS 15-2006", "“{name}”应为 15 位数字，现为 {length} 位或混有字母。请对照营业执照核对；已换发统一社会信用代码的可清空。"),
    Rule("ORGANISATION_CODE", _E, "GB 11714-1997", "“{name}”不正确：应为 8 位数字或字母加 1 位校验位。请核对，或清空(已有统一社会信用代码的可不填)。"),
    Rule("ORGANISATION_CODE_DIFFERS", _W, "GB 32100-2015", "“{name}”与统一社会信用代码第 9 至 17 位不一致。请核对登记证书，或清空。"),
    Rule("TAX_NUMBER_SHAPE", _E, _L, "“{name}”应为 15、17、18 或 20 位数字或字母，现为 {length} 位或含有其他字符。请核对，或清空。"),
    Rule("INSTITUTION_NUMBER_SHAPE", _W, _L, "“{name}”一般为 12 位数字(如 事证第137010000123号 填 137010000123)。请核对事业单位法人证书。"),
    Rule("CITIZEN_NUMBER_SHAPE", _E, "GB 11643-1999", "“{name}”应为 18 位(17 位数字加 1 位数字或 X)，现为 {length} 位或含有其他字符。请核对证件。"),
    Rule("CITIZEN_NUMBER_REGION", _E, "GB 11643-1999", "“{name}”前 6 位不是有效的行政区划。请核对证件。"),
    Rule("CITIZEN_NUMBER_BIRTHDAY", _E, "GB 11643-1999", "“{name}”中的出生日期不存在或在今天之后。请核对证件。"),
    Rule("CITIZEN_NUMBER_CHECK_DIGIT", _E, "GB 11643-1999", "“{name}”校验位不符，至少有一位写错。请对照证件逐位核对。"),
    Rule("CITIZEN_NUMBER_LETTER_FOR_DIGIT", _E, "GB 11643-1999", "“{name}”中疑似把数字写成了字母(如 O 代替 0、I 代替 1)，改为数字后校验相符。请对照证件核对并改正。"),
    Rule("CITIZEN_NUMBER_OLD", _W, "GB 11643-1999", "“{name}”是 15 位旧号码。请尽量改填 18 位公民身份号码。"),
    Rule("NUMBER_MASKED", _E, _P, "“{name}”已被遮盖(含 * 号)。请填写完整号码，公示时由系统自动隐去。"),
    Rule("PASSPORT_SHAPE", _E, _ID, "“{name}”应为 5 至 20 位字母或数字。请对照护照核对。"),
    Rule("PERMIT_SHAPE", _E, _ID, "“{name}”与所填证件类型的号码格式不符。请核对证件类型和号码。"),
    Rule("RESIDENCE_PERMIT_SHAPE", _W, _ID, "“{name}”与港澳台居民居住证的号码格式不符(18 位，编码规则同公民身份号码)。请对照证件核对。"),
    # Which template
    Rule("NOT_FOR_NATURAL", _E, _D, "相对人为自然人时不填“{name}”。请清空；相对人不是自然人的，请更正相对人类别。"),
    Rule("NOT_FOR_LEGAL", _E, _D, "只有相对人为自然人时才填“{name}”。请清空；相对人是自然人的，请更正相对人类别。"),
    Rule("NOT_FOR_INDIVIDUAL_BUSINESS", _E, _D, "个体工商户不填“{name}”。请清空。"),
    # Days
    Rule("DAY_FORMAT", _E, _D, "“{name}”不是有效日期。请按 2026-09-24 的格式填写实际存在的日期。"),
    Rule("DAY_IN_FUTURE", _E, _D, "“{name}”晚于今天。请核对年、月、日。"),
    Rule("DAY_TOO_EARLY", _E, _D, "“{name}”早于 1949 年。请核对年份。"),
    Rule("ENDS_BEFORE_START", _E, _L, "“{name}”早于“{other}”。请核对两个日期。"),
    Rule("ENDS_AT_START", _E, _P, "“{name}”应晚于“{other}”，现为同一天。请核对两个日期。"),
    Rule("EXPIRED", _E, _L, "“{name}”已过，而当前状态为有效。请核对有效期或把当前状态改为 2(无效)。"),
    # Amounts
    Rule("AMOUNT_FORMAT", _E, _P, "“{name}”不是有效金额。请只填数字，单位为万元，如罚款 2000 元填 0.2。"),
    Rule("AMOUNT_IN_YUAN", _E, _P, "“{name}”的单位是万元。请去掉“元”字并换算为 {proposal}。"),
    Rule("AMOUNT_IN_WORDS", _E, _P, "“{name}”只能填数字，单位为万元。请改为 {proposal}。"),
    Rule("AMOUNT_DECIMALS", _E, _P, "“{name}”最多 6 位小数(精确到分)。请核对金额。"),
    Rule("AMOUNT_TOO_LARGE", _E, _P, "“{name}”超出上限(99999999 万元)。请核对单位是否为万元。"),
    Rule("AMOUNT_UNUSUAL", _W, _D, "“{name}”超过 10000 万元(一亿元)。请核对单位是否为万元。"),
    Rule("FINE_REQUIRED", _E, _P, "处罚类别含罚款时，“{name}”必填且大于 0，单位为万元。请补充。"),
    Rule("CONFISCATION_REQUIRED", _E, _P, "处罚类别含没收时，“{name}”必填，单位为万元。请补充；没收物品无法计价的填 0。"),
    Rule("CERTIFICATE_REQUIRED", _E, _P, "处罚类别含暂扣或吊销时，“{name}”必填。请补充证照名称及编号。"),
    Rule("AMOUNT_WITHOUT_TYPE", _W, _P, "填写了“{name}”，但处罚类别中没有相应的种类。请核对处罚类别。"),
    Rule("AMOUNT_MISMATCH", _E, _P, "“{name}”与处罚内容中写明的金额不一致。请核对金额和单位(万元)。"),
    Rule("AMOUNT_MAYBE_MISMATCH", _W, _P, "“{name}”与处罚内容中的几个金额都对不上。请核对金额和单位(万元)。"),
    Rule("AMOUNT_WORDS_DIFFER", _W, _P, "“{name}”中同一金额的大写与小写不一致。请对照决定书原文核对。"),
    Rule("TYPE_INCOMPLETE", _W, _P, "处罚内容写有{type}金额，“{name}”中却没有{type}。请核对处罚类别。"),
    # What is known of the decision already, told by the register
    Rule("WITHDRAW_UNKNOWN", _E, _F, "平台没有受理过该决定，无法撤销公示。请核对机关代码、文书号和相对人名称是否与报送时一致。"),
    Rule("KEY_MISPLACED", _E, _F, "本条记录没有按决定标识写入对应的分区，无法保证同一决定各次报送的先后次序，未予受理。请改用平台提供的报送程序重新报送。"),
    # A person must look at it first
    Rule("HOLD_SECRET_MARK", _W, "保守国家秘密法 第二十条", "“{name}”中有密级标志或涉密字样，本条转人工审核，公示期限照常计算。请核对；依法不予公开的，请填写“不予公开理由”重新报送。"),
    Rule("HOLD_INTERNAL", _W, "政府信息公开条例 第十六条", "“{name}”中有内部资料或不宜公开的字样，本条转人工审核，公示期限照常计算。请核对；应当公开的，请删去该字样重新报送。"),
    Rule("HOLD_MINOR", _W, "未成年人保护法 第一百零三条", "“{name}”中涉及未成年人，本条转人工审核，公示期限照常计算。请核对；可能识别出未成年人的，请填写“不予公开理由”重新报送。"),
    Rule("HOLD_VICTIM", _W, "个人信息保护法 第二十八条", "“{name}”中写有被害人或伤亡人员的姓名，本条转人工审核，公示期限照常计算。请核对；无须写明的，请删去姓名重新报送。"),
    Rule("HOLD_INTIMATE", _W, "政府信息公开条例 第十五条", "“{name}”中涉及个人隐私的违法行为，本条转人工审核，公示期限照常计算。请核对；依法不予公开的，请填写“不予公开理由”重新报送。"),
    Rule("HOLD_MASKING_LEFT", _W, "个人信息保护法 第二十八条", "“{name}”遮盖后可能仍有个人信息，本条转人工审核，公示期限照常计算。请核对；不必写明的，请删去后重新报送。"),
    Rule("HOLD_MASKING_MUCH", _W, "个人信息保护法 第二十八条", "“{name}”中大部分文字被遮盖，可能无法看懂，本条转人工审核，公示期限照常计算。请核对；不必写明的个人信息，请删去后重新报送。"),
    Rule("RETURNED_BY_REVIEW", _E, _F, "经人工审核退回，意见：{reason}。请按意见修改后重新报送。"),
    # The catalogue, told in enriching
    Rule("DEPARTMENT_UNKNOWN", _W, _F, "“{name}”不在双公示目录中，已按默认平台公示。请核对代码，或联系目录管理部门登记。"),
    Rule("AUTHORITY_NAME_DIFFERS", _W, _F, "决定机关的名称和代码在双公示目录中属于两个部门，已按代码公示。请核对名称和代码。"),
    Rule("DEPARTMENT_NOT_THEN", _W, _F, "作出决定的机关在决定日期不在双公示目录的有效期内，已按现行目录公示。请核对机关代码和决定日期，或联系目录管理部门补录。"),
    Rule("ITEM_UNKNOWN", _W, _F, "事项编码不在该部门决定日期有效的双公示目录中。请核对编码，或联系目录管理部门登记。"),
    Rule("ITEM_UNDETERMINED", _W, _F, "按文书号不能确定对应的双公示目录事项。请填写事项编码，或联系目录管理部门登记该事项及其文书号。"),
)
# fmt: on

RULES: Mapping[str, Rule] = MappingProxyType({rule.code: rule for rule in _TABLE})


def finding(rule: str, column: str = "", **about: object) -> Finding:
    """Return the finding that `rule` of the table makes on `column`; `about` fills the message's places."""
    entry = RULES[rule]
    message = entry.message.format(**about)
    return Finding(code=rule, column=column, severity=entry.severity, message=message)
