"""Which official column plays which part, so that a rule is written once for licences and penalties."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from streams.domain.stages import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """Column codes of one kind of decision."""

    prefix: str
    document: str
    """文书号."""
    decided: str
    """决定日期: the clock's start."""
    authority: str
    authority_code: str
    source: str
    """数据来源单位."""
    source_code: str

    @property
    def subject(self) -> str:
        """Code of 行政相对人名称."""
        return f"{self.prefix}_XDR_MC"

    @property
    def subject_class(self) -> str:
        """Code of 行政相对人类别."""
        return f"{self.prefix}_XDR_LB"

    @property
    def subject_code(self) -> str:
        """Code of the subject's 统一社会信用代码."""
        return f"{self.prefix}_XDR_SHXYM"

    @property
    def identifying(self) -> tuple[str, ...]:
        """Codes of the columns that a withdrawal still tells."""
        return (
            self.subject,
            self.subject_class,
            self.document,
            self.decided,
            self.authority,
            self.authority_code,
        )


ROLES: Mapping[Kind, Roles] = MappingProxyType(
    {
        Kind.LICENCE: Roles(
            prefix="XK",
            document="XK_WSH",
            decided="XK_JDRQ",
            authority="XK_XKJG",
            authority_code="XK_XKJGDM",
            source="XK_LYDW",
            source_code="XK_LYDWDM",
        ),
        Kind.PENALTY: Roles(
            prefix="CF",
            document="CF_WSH",
            decided="CF_JDRQ",
            authority="CF_CFJG",
            authority_code="CF_CFJGDM",
            source="CF_SJLY",
            source_code="CF_SJLYDM",
        ),
    }
)

ITEM = "SXBM"
"""事项编码: the catalogue's item, which a department may send beside the official columns."""
