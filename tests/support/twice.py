"""A sample chart that two people coded, neither of whom saw the other."""

from model.records.review import Accept, Change, Comment, Finalize, OverrideReason, Reject
from service.reviews.records import Track
from tests.support.site import Site

CHART = "ot-hand"
"""Lines 97018, 97140 and 97110, one diagnosis."""

REMARK = "units as the ledger has them"
"""What the first coder wrote, and the second must not read."""

_PASSING = Finalize(reason=OverrideReason.OTHER, note="looked at with the lead")


def code_first(site: Site) -> None:
    """Dana codes the chart: two units of 97110, and a remark."""
    site.decide(
        CHART,
        "dana",
        Accept(keys=("1", "2", "3", "d1")),
        Change(key="3", units=2),
        Comment(text=REMARK),
        _PASSING,
    )


def code_second(site: Site) -> None:
    """Lee codes it blind: the paraffin does not stand, 97140 has another modifier."""
    site.decide(
        CHART,
        "lee",
        Accept(keys=("2", "3", "d1")),
        Reject(key="1", reason=OverrideReason.NOT_SKILLED),
        Change(key="2", modifiers=("GO", "59")),
        _PASSING,
        track=Track.SECOND,
    )


def coded_twice(site: Site) -> None:
    """Both have coded it, and ruth may settle it."""
    site.give_second(CHART, "lee")
    code_first(site)
    code_second(site)
