"""What the drawer shows, by the name of the panel: a form, or an explanation."""

from collections.abc import Callable, Mapping
from typing import Any

from service.codes.search import search_codes
from service.reviews.errors import DecisionRefused
from service.reviews.judging import LiveFinding
from service.reviews.view import ReviewLine
from service.ui.findings import KX_RULE, finding_key, finding_view
from service.ui.rule_card import rule_view
from service.ui.showing import Shown
from service.ui.views import Choice, DiagnosisView, LineView
from service.ui.why import why_view

MOST_FOUND = 12
Query = Mapping[str, str]


def panel_context(name: str, shown: Shown, query: Query) -> dict[str, Any]:
    """The template of a panel and what it needs.

    Raises:
        DecisionRefused: There is no such panel, or it asks about what is not there.
    """
    if name not in _PANELS:
        raise DecisionRefused("panel", "is none of ours")
    return {"panel": f"_panel_{name}.html", **_PANELS[name](shown, query)}


def is_panel(name: str) -> bool:
    """Whether there is a panel of that name."""
    return name in _PANELS


def found_codes(shown: Shown, query: str) -> tuple[Choice, ...]:
    """Codes in force on the date of service that ``query`` names."""
    draft = shown.found.reading.draft
    found = search_codes(query, draft.date_of_service, discipline=draft.discipline, most=MOST_FOUND)
    return tuple(
        Choice(number=number, value=each.code, label=each.caption, detail=each.detail)
        for number, each in enumerate(found[:MOST_FOUND], start=1)
    )


def _nothing(shown: Shown, query: Query) -> dict[str, Any]:
    return {}


def _add(shown: Shown, query: Query) -> dict[str, Any]:
    return {"words": "", "code": query.get("code", "")[:10]}


def _answer(shown: Shown, query: Query) -> dict[str, Any]:
    for each in shown.view.queries:
        if each.key == query.get("key"):
            return {"query": each}
    raise DecisionRefused("key", "names no query of this chart")


def _attest(shown: Shown, query: Query) -> dict[str, Any]:
    found = shown.found.state.all_findings
    facts = [each.finding.flag.message for each in found if each.finding.rule_id == KX_RULE]
    return {"facts": facts}


def _codes(shown: Shown, query: Query) -> dict[str, Any]:
    wanted = query.get("q", "").strip()[:80]
    return {"query": wanted, "found": found_codes(shown, wanted) if wanted else None}


def _edit(shown: Shown, query: Query) -> dict[str, Any]:
    for line in shown.view.lines:
        if line.key == query.get("key"):
            return {"line": line, "recheck": None}
    raise DecisionRefused("key", "names no line of this chart")


def _override(shown: Shown, query: Query) -> dict[str, Any]:
    found = _finding(shown, query)
    if found is None:
        raise DecisionRefused("finding", "stands on the chart no longer")
    return {"finding": finding_view(found, shown.found.reading.encounter.text or "")}


def _query(shown: Shown, query: Query) -> dict[str, Any]:
    found, text = _finding(shown, query), shown.found.reading.encounter.text or ""
    return {"finding": finding_view(found, text) if found else None, "question": "", "lint": None}


def _reject(shown: Shown, query: Query) -> dict[str, Any]:
    entries: list[LineView | DiagnosisView] = [*shown.view.lines, *shown.view.diagnoses]
    return {"entry": next((each for each in entries if each.key == query.get("key")), None)}


def _rule(shown: Shown, query: Query) -> dict[str, Any]:
    return {"rule": rule_view(query.get("rule", ""), shown.found.reading.draft.date_of_service)}


def _why(shown: Shown, query: Query) -> dict[str, Any]:
    line = _line(shown, query)
    return {"line": line.state, "why": why_view(line, shown.found.reading)}


def _line(shown: Shown, query: Query) -> ReviewLine:
    for line in shown.found.state.lines:
        if line.state.key == query.get("key"):
            return line
    raise DecisionRefused("key", "names no line of this chart")


def _finding(shown: Shown, query: Query) -> LiveFinding | None:
    found = shown.found.state.all_findings
    return next((each for each in found if finding_key(each) == query.get("finding")), None)


_PANELS: Mapping[str, Callable[[Shown, Query], dict[str, Any]]] = {
    "add": _add,
    "amend": _nothing,
    "answer": _answer,
    "attest": _attest,
    "codes": _codes,
    "comment": _nothing,
    "edit": _edit,
    "finalize": _nothing,
    "flag": _nothing,
    "override": _override,
    "park": _nothing,
    "query": _query,
    "reject": _reject,
    "rule": _rule,
    "why": _why,
}
