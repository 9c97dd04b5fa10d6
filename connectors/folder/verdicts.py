"""What becomes of a whole file, and how its department is told."""

import traceback
from dataclasses import dataclass

from connectors.folder.claims import LETTER, RECEIPT, RETURNED, Claim, End
from connectors.folder.memory import HandIn
from connectors.folder.receipts import About, Counts, Receipt
from connectors.identity import Revisions

UNOPENED = "文件无法打开：没有读取权限。请检查文件权限后重新放入 inbox。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Where a file ends, and why."""

    end: End
    summary: str
    """In Chinese, for the letter."""
    reason: str = ""
    """Why the whole file is refused."""
    earlier: HandIn | None = None
    """The hand-in of the same content, where nothing was sent this time."""


def of_rows(counts: Counts) -> Verdict:
    """Return the verdict on a file that was read to its end."""
    if not counts.sent:
        reason = "没有一行可以读取" if counts.rows else "文件中没有数据行"
        summary = f"结果：整份文件退回，{reason}。请对照下列说明改正后重新放入 inbox。"
        return Verdict(end="refused", summary=summary, reason=reason)
    summary = f"结果：共 {counts.rows} 行，受理 {counts.accepted} 行，退回 {counts.refused} 行。"
    if counts.refused:
        summary += "退回的行在旁边的“退回”表格中，改正后把该表格放入 inbox 即可，已受理的行不必再报。"
    return Verdict(end="done", summary=summary)


def unreadable(reason: str) -> Verdict:
    """Return the verdict on a file that could not be read to its end."""
    return Verdict(end="refused", summary=f"结果：整份文件退回。{reason}", reason=reason)


def known(earlier: HandIn) -> Verdict:
    """Return the verdict on a content that was handed in before, every row of it accepted."""
    summary = (
        f"结果：内容与 {earlier.at} 收到的“{earlier.name}”完全相同，"
        f"其 {earlier.rows} 行均已受理，未重复报送。"
    )
    return Verdict(end="done", summary=summary, earlier=earlier)


def faulty(place: str) -> Verdict:
    """Return the verdict on a file at which the program itself failed."""
    return unreadable(f"系统无法处理本文件({place})。请把本回执交给平台运维人员，修复后重新放入 inbox。")


def place_of(error: Exception) -> str:
    """Return where in the program an error arose; its own text may quote a row."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} {frame.name}:{frame.lineno}"


def file_away(claim: Claim, about: About, receipt: Receipt, verdict: Verdict, revisions: Revisions) -> None:
    """Write the receipts and decide where the file ends. Raises `OSError` and `UnavailableError`."""
    counts, earlier = receipt.counts, verdict.earlier
    before = earlier and {"file": earlier.name, "taken_at": earlier.at, "rows": earlier.rows}
    outcome = {"outcome": verdict.end, "reason": verdict.reason, "handed_in_before": before}
    receipt.write(claim.place / RECEIPT, about, outcome)
    if verdict.end == "done":
        receipt.write_returned(claim.place / RETURNED)
    receipt.write_letter(claim.place / LETTER, about, verdict.summary)
    hand_in = None
    if verdict.end == "done" and earlier is None:
        hand_in = HandIn(
            sha256=about.sha256,
            name=about.file,
            at=about.taken_at,
            revision=revisions.first,
            rows=counts.rows,
            accepted=counts.accepted,
        )
    claim.decide(verdict.end, last_revision=max(claim.revision, revisions.last), hand_in=hand_in)
