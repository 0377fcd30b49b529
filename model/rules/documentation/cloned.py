"""A note is written anew for its day."""

import re
from collections.abc import Iterator
from fractions import Fraction

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.documentation.elements import lacks
from model.rules.registry import rule

_END = re.compile(r"[.!?;](?=\s)|\n")


@rule(
    "cloned-language",
    title="A note is written anew for its day",
    severity=Severity.WARNS,
    citation=Citation("payer_profile", "contractor guidance on copied notes"),
    reads=[
        "documentation.cloned_percent",
        "documentation.cloned_fewest_sentences",
    ],
    basis="recalled",
    row="DR-060",
)
def cloned(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a note most of whose sentences stand word for word in one prior note.

    Source:
        Medicare contractors' guidance on cloned records; recalled.
    """
    prior = case.episode.prior_notes
    if case.text is None or not prior or not lacks(case, "what was particular to this date"):
        return
    today = _sentences(case.text)
    if len(today) < policy["documentation.cloned_fewest_sentences"]:
        return
    repeated = max(len(today & _sentences(note)) for note in prior)
    if Fraction(repeated, len(today)) >= Fraction(f"{policy['documentation.cloned_percent']}e-2"):
        yield Flag(
            message=f"{repeated} of {len(today)} sentences stand word for word in a prior note",
            missing=("what was particular to this date",),
            query="Does the repeated text hold for this date: yes, no (please give what"
            " differed), other, or unable to determine?",
        )


def _sentences(text: str) -> frozenset[str]:
    """Sentences long enough to be told apart; spacing and case do not count."""
    words = (part.casefold().split() for part in _END.split(text))
    return frozenset(" ".join(sentence) for sentence in words if len(sentence) > 3)
