"""Every way in which a request can fail, as RFC 9457 tells it; no text quotes what was sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One answer that is no success."""

    code: str
    """Names the problem for programs, and never changes."""
    status: int
    title: str
    detail: str = ""
    """In Chinese: what to do."""
    headers: Mapping[str, str] = field(default_factory=dict)

    def body(self, instance: str) -> dict[str, object]:
        """Return the members; `instance` is the id under which the server's log has the request."""
        return {
            "type": f"urn:gongshi:problem:{self.code}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "instance": f"urn:uuid:{instance}",
        }

    def after(self, seconds: float) -> "Problem":
        """Return it with the whole seconds after which the same request may do better."""
        return replace(self, headers={**self.headers, "Retry-After": str(max(1, int(-(-seconds // 1))))})


class ProblemError(Exception):
    """Ends a request with a problem; caught where requests are answered."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="gongshi"'}
_INVALID = {"WWW-Authenticate": 'Bearer realm="gongshi", error="invalid_token"'}

NO_TOKEN = Problem(
    code="no-token",
    status=401,
    title="缺少令牌",
    detail="请在请求头中加上 Authorization: Bearer 和本部门的令牌。",
    headers=_CHALLENGE,
)
TOKEN_UNKNOWN = Problem(
    code="token-unknown",
    status=401,
    title="令牌无效",
    detail="令牌不存在或已被收回。请向平台运维人员领取本部门的令牌。",
    headers=_INVALID,
)
DEPARTMENT_UNKNOWN = Problem(
    code="department-unknown",
    status=403,
    title="部门不在双公示目录中",
    detail="令牌所属部门不在现行双公示目录中。请联系目录管理单位。",
)
NOT_FOUND = Problem(
    code="not-found",
    status=404,
    title="没有这个地址",
    detail="可用的地址见 /v1/openapi.json。",
)
DECISION_UNKNOWN = Problem(
    code="decision-unknown",
    status=404,
    title="没有这件决定",
    detail="本部门没有报送过这一决定标识或文书号的决定，或者刚刚报送、尚未登记。请核对，或稍后再查。",
)
METHOD = Problem(
    code="method-not-allowed", status=405, title="不支持的方法", detail="可用的方法见响应头 Allow。"
)
TOO_SLOW = Problem(
    code="too-slow",
    status=408,
    title="上传超时",
    detail="请求体没有在规定时间内传完。请检查网络后重新报送，或分成较小的文件。",
)
IN_FLIGHT = Problem(
    code="in-flight",
    status=409,
    title="同一请求正在办理",
    detail="同一 Idempotency-Key 的请求还没有办完。请稍后用同一 Idempotency-Key 再试。",
)
TOO_LARGE = Problem(
    code="too-large",
    status=413,
    title="请求体过大",
    detail="请分成几次报送；JSON 可改用一行一条的 application/x-ndjson，或改用表格。",
)
FORMAT_UNKNOWN = Problem(
    code="format-unknown",
    status=415,
    title="不支持的格式",
    detail="请用 application/json、application/x-ndjson、text/csv、.xlsx 的媒体类型，"
    "或用 multipart/form-data 上传一个 .xlsx、.csv、.json、.jsonl、.xml 文件。",
)
UPLOAD_BROKEN = Problem(
    code="upload-broken",
    status=400,
    title="请求体不完整",
    detail="请求体与请求头所说的格式不符，或没有传完。请检查报送程序。",
)
ONE_FILE = Problem(
    code="one-file",
    status=400,
    title="应上传一个文件",
    detail="multipart/form-data 中应有且只有一个文件，且文件名带扩展名(如 处罚.xlsx)。",
)
BODY_EMPTY = Problem(
    code="body-empty", status=400, title="请求体为空", detail="请在请求体中放入要报送的决定。"
)
UNREADABLE = Problem(
    code="unreadable",
    status=400,
    title="请求体无法读取",
    detail="请求体不是有效的 JSON。请检查报送程序。",
)
KEY_MALFORMED = Problem(
    code="key-malformed",
    status=400,
    title="Idempotency-Key 不合规",
    detail="Idempotency-Key 应为 1 至 200 个可见 ASCII 字符，建议用 UUID，不得含个人信息。",
)
KEY_REUSED = Problem(
    code="key-reused",
    status=422,
    title="Idempotency-Key 已用于其他内容",
    detail="同一 Idempotency-Key 此前报送的是不同内容。新的内容请换新的 Idempotency-Key。",
)
ROWS_REFUSED = Problem(
    code="rows-refused",
    status=422,
    title="没有一条可以受理",
    detail="各条的问题见 rows。请改正后用新的 Idempotency-Key 重新报送；退回的决定照样计时。",
)
ROWS_FOREIGN = Problem(
    code="rows-foreign",
    status=403,
    title="不是本部门的决定",
    detail="令牌只能报送本部门作出的决定。请核对决定机关统一社会信用代码，或使用该部门的令牌。",
)
TOO_OFTEN = Problem(
    code="too-often",
    status=429,
    title="请求过于频繁",
    detail="请在响应头 Retry-After 所说的秒数之后再试，并尽量把多条决定放在一次请求中。",
)
TOO_MANY = Problem(
    code="too-many",
    status=429,
    title="同时办理的请求过多",
    detail="本部门有多个请求还没有办完。请等它们办完后再试。",
)
FAULTY = Problem(
    code="faulty",
    status=500,
    title="系统无法处理本请求",
    detail="请把 instance 中的编号交给平台运维人员；修复后用同一 Idempotency-Key 重新报送。",
)
BUSY = Problem(
    code="busy",
    status=503,
    title="系统繁忙",
    detail="没有受理任何内容。请在响应头 Retry-After 所说的秒数之后用同一 Idempotency-Key 再试。",
)
AWAY = Problem(
    code="unavailable",
    status=503,
    title="系统暂时不可用",
    detail="没有确认受理。请在响应头 Retry-After 所说的秒数之后用同一 Idempotency-Key 再试，不会重复。",
)
