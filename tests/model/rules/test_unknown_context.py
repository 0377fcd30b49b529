from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from model.policy import Policy, payer_ids
from model.records import Case, Finding
from model.rules import check
from model.rules.registry import POLICY_GAP

FIRST_SOURCED_DAY = date(2018, 1, 1)
PAYERS = st.sampled_from(payer_ids())


def findings_of_nothing(on: date, payer: str, *, is_kx_attested: bool) -> tuple[Finding, ...]:
    case = Case(date_of_service=on, payer=payer, is_kx_attested=is_kx_attested)
    return check(case, Policy.for_payer(payer, on))


@given(
    on=st.dates(FIRST_SOURCED_DAY, date(2030, 12, 31)), payer=PAYERS, is_kx_attested=st.booleans()
)
def test_what_is_unknown_is_never_a_fault(on: date, payer: str, is_kx_attested: bool) -> None:
    assert findings_of_nothing(on, payer, is_kx_attested=is_kx_attested) == ()


@given(on=st.dates(date(2010, 1, 1), FIRST_SOURCED_DAY), payer=PAYERS)
def test_before_our_sources_begin_only_their_lack_is_said(on: date, payer: str) -> None:
    found = findings_of_nothing(on, payer, is_kx_attested=False)

    assert {finding.rule_id for finding in found} <= {POLICY_GAP}
