"""Makes a neutral query of a finding: the words of the note first, then the rule's question."""

from collections.abc import Iterator

from model.queries.linter import lint
from model.records import Finding, Span
from model.records.query import Leading, Query

_LONGEST_QUOTE = 120
_MOST_QUOTES = 3
_IN_THE_QUESTION = frozenset(Leading) - {Leading.NEW_FACT}


def compose(finding: Finding, note: str) -> Query | None:
    """The question ``finding`` raises, with the words of ``note`` it rests on.

    None where no question to the therapist helps: a code that ended is the coder's to replace.

    Raises:
        ValueError: The rule's own question leads; a test asks every rule for its own.
    """
    question = finding.flag.query
    if question is None:
        return None
    if any(fault.kind in _IN_THE_QUESTION for fault in lint(question, None)):
        raise ValueError(f"the question of {finding.rule_id} leads")
    evidence = tuple(_quotable(finding.flag.evidence, note))
    said = "; ".join(f"“{_flat(span.of(note))}”" for span in evidence)
    text = f"The note says: {said}. {question}" if said else question
    return Query(text=text, evidence=evidence, rule_id=finding.rule_id)


def _quotable(spans: tuple[Span, ...], note: str) -> Iterator[Span]:
    """The first few different passages, short enough to be read, in the order of the note."""
    seen: list[str] = []
    for span in sorted(set(spans)):
        words = span.of(note).strip()
        if words and len(words) <= _LONGEST_QUOTE and _flat(words) not in seen:
            seen.append(_flat(words))
            yield span
        if len(seen) == _MOST_QUOTES:
            return


def _flat(words: str) -> str:
    return " ".join(words.replace("“", "'").replace("”", "'").replace('"', "'").split())
