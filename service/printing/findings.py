"""Findings by severity, each with the paragraph it stands on and what to ask."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from model.policy_files import works
from model.records import Citation, Finding, Severity
from model.records.claim import ClaimDraft
from service.printing.note import safe

_HEADINGS = {
    Severity.BLOCKS: "Blocks the claim",
    Severity.WARNS: "Look at",
    Severity.INFORMS: "To know",
}
_LONGEST_QUOTE = 70


def findings(draft: ClaimDraft, text: str) -> Iterator[RenderableType]:
    """Every finding, gravest first."""
    for severity, heading in _HEADINGS.items():
        own = [finding for finding in draft.findings if finding.severity is severity]
        if own:
            yield Text(f"{heading} ({len(own)})", severity.value)
            yield from (
                Padding(_finding(finding, draft, text), (0, 0, 0, 2), expand=False)
                for finding in own
            )


def passage(citation: Citation) -> str:
    """A citation as a person would look it up."""
    work = works().get(citation.work)
    return f"{work['title'] if work else citation.work}, {citation.locator}"


def _finding(finding: Finding, draft: ClaimDraft, text: str) -> RenderableType:
    flag = finding.flag
    parts = [Text(f"{finding.rule_id}{_about(finding, draft)}: ", "bold").append(flag.message)]
    parts += [Text(f"  note: {_quote(span.of(text))}") for span in flag.evidence[:2] if text]
    if flag.missing:
        parts.append(Text(f"  missing: {'; '.join(flag.missing)}"))
    if flag.query:
        parts.append(Text("  ask: ").append(flag.query, "ask"))
    parts.append(Text(f"  {passage(finding.citation)}", "quiet"))
    return Group(*parts)


def _about(finding: Finding, draft: ClaimDraft) -> str:
    """The line or the diagnosis it is about, where there is one."""
    lines, place = draft.stated or draft.lines, finding.flag.line
    if place is not None and place < len(lines):
        return f" (line {place + 1}, {lines[place].code})"
    return f" ({finding.flag.diagnosis})" if finding.flag.diagnosis else ""


def _quote(words: str) -> str:
    flat = " ".join(safe(words).split())
    cut = len(flat) > _LONGEST_QUOTE
    return f"“{flat[: _LONGEST_QUOTE - 1]}…”" if cut else f"“{flat}”"
