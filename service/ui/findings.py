"""Findings as the screen shows them, under what they are about."""

from collections.abc import Iterable
from hashlib import sha256

from model.queries import compose
from model.records import Finding, Severity, Span
from service.reviews.judging import LiveFinding
from service.ui.evidence import Mark
from service.ui.views import EvidenceView, FindingView
from service.ui.words import REASONS

KX_RULE = "kx-needed"
_LONGEST_QUOTE = 80


def finding_key(found: LiveFinding) -> str:
    """Names a finding for as long as it says the same about the same entry."""
    said = f"{found.finding.rule_id}\n{found.key}\n{found.finding.flag.message}"
    return f"{found.finding.rule_id}-{sha256(said.encode()).hexdigest()[:8]}"


def finding_views(found: Iterable[LiveFinding], text: str) -> tuple[FindingView, ...]:
    """Findings for a page, the gravest first."""
    order = list(Severity)
    ranked = sorted(found, key=lambda each: order.index(each.finding.severity))
    return tuple(finding_view(each, text) for each in ranked)


def finding_view(found: LiveFinding, text: str) -> FindingView:
    """One finding for a page."""
    finding, override = found.finding, found.override
    return FindingView(
        key=finding_key(found),
        rule=finding.rule_id,
        severity=finding.severity.value,
        message=finding.flag.message,
        missing=finding.flag.missing,
        query=_question(finding, text),
        evidence=tuple(quoted(span, "finding", text) for span in finding.flag.evidence),
        overridden=f"Set aside: {REASONS[override.reason]}" if override else "",
        asks_kx=finding.rule_id == KX_RULE,
    )


def _question(finding: Finding, text: str) -> str:
    """The query the finding raises, with the words it rests on; empty where none helps."""
    query = compose(finding, text)
    return query.text if query else ""


def quoted(span: Span, says: str, text: str) -> EvidenceView:
    """A link to words of the note, with the words cut short."""
    words = " ".join(span.of(text).split())
    short = words if len(words) <= _LONGEST_QUOTE else f"{words[: _LONGEST_QUOTE - 1]}…"
    return EvidenceView(anchor=Mark(span=span, says=says, owner="").anchor, says=says, quote=short)
