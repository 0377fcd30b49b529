from collections.abc import Iterator, Mapping
from datetime import date

import pytest

from model.policy import Confidence, Payer, Policy, Value
from model.records import Case, Citation, Flag, Severity
from model.rules import RULES, check, registry
from model.rules.registry import POLICY_GAP, Check, rule

ON = date(2026, 3, 2)
SOURCE = Citation("noteproof", "a rule of a test")
CASE = Case(date_of_service=ON, payer="a payer")


@pytest.fixture(autouse=True)
def only_rules_of_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "RULES", {POLICY_GAP: RULES[POLICY_GAP]})


def flagging(*flags: Flag) -> Check:
    def always(case: Case, policy: Policy) -> Iterator[Flag]:
        yield from flags

    return always


def under(
    rules: Mapping[str, Severity | None], parameters: Mapping[str, tuple[Value, ...]] | None = None
) -> Policy:
    payer = Payer(
        id="a payer", name="A payer", uses="cms", parameters=parameters or {}, rules=rules
    )
    return Policy("cms", ON, payer)


def said(policy: Policy) -> list[tuple[str, Severity]]:
    return [(found.rule_id, found.severity) for found in check(CASE, policy)]


def test_a_second_rule_of_the_same_id_is_refused() -> None:
    register = rule("twice", title="Once", severity=Severity.WARNS, citation=SOURCE)
    register(flagging())

    with pytest.raises(ValueError, match="two rules are called twice"):
        register(flagging())


def test_a_recalled_rule_that_blocks_is_refused() -> None:
    register = rule(
        "bold", title="Bold", severity=Severity.BLOCKS, citation=SOURCE, basis="recalled"
    )

    with pytest.raises(ValueError, match="a recalled rule warns at most"):
        register(flagging())


@pytest.mark.parametrize("wanted", list(Severity))
def test_the_payer_decides_how_grave_a_finding_is(wanted: Severity) -> None:
    rule("one", title="One", severity=Severity.WARNS, citation=SOURCE)(flagging(Flag(message="m")))

    assert said(under({"one": wanted})) == [("one", wanted)]


def test_a_rule_the_payer_does_not_name_keeps_its_severity() -> None:
    rule("one", title="One", severity=Severity.WARNS, citation=SOURCE)(flagging(Flag(message="m")))

    assert said(under({})) == [("one", Severity.WARNS)]


def test_a_rule_that_is_off_says_nothing_and_is_not_asked() -> None:
    def unasked(case: Case, policy: Policy) -> Iterator[Flag]:
        raise AssertionError("asked though it is off")

    rule("one", title="One", severity=Severity.WARNS, citation=SOURCE)(unasked)

    assert said(under({"one": None})) == []


def test_a_recalled_rule_does_not_block_even_where_the_payer_says_so() -> None:
    register = rule("one", title="One", severity=Severity.WARNS, citation=SOURCE, basis="recalled")
    register(flagging(Flag(message="m")))

    assert said(under({"one": Severity.BLOCKS})) == [("one", Severity.WARNS)]


@pytest.mark.parametrize(
    ("confidence", "severity"),
    [(Confidence.VERIFIED, Severity.BLOCKS), (Confidence.RECALLED, Severity.WARNS)],
)
def test_a_rule_blocks_only_on_values_that_were_read_in_a_source(
    confidence: Confidence, severity: Severity
) -> None:
    register = rule(
        "one", title="One", severity=Severity.BLOCKS, citation=SOURCE, reads=["payer.unit_rule"]
    )
    register(flagging(Flag(message="m")))
    value = Value(start=ON, datum="cms_8_minute", source=SOURCE, confidence=confidence)

    assert said(under({}, {"payer.unit_rule": (value,)})) == [("one", severity)]


def test_a_policy_gap_becomes_one_finding_that_informs_and_names_the_undecided() -> None:
    def needs_a_value(case: Case, policy: Policy) -> Iterator[Flag]:
        yield Flag(message=str(policy["rtm.window_days"]))

    for name in ("second", "first"):
        rule(name, title=name, severity=Severity.BLOCKS, citation=SOURCE)(needs_a_value)
    rule("other", title="Other", severity=Severity.WARNS, citation=SOURCE)(
        flagging(Flag(message="m"))
    )

    found = check(CASE, Policy("cms", date(2021, 12, 31)))

    assert [(f.rule_id, f.severity, f.flag.message) for f in found] == [
        ("other", Severity.WARNS, "m"),
        (
            POLICY_GAP,
            Severity.INFORMS,
            "cms.rtm.window_days has no sourced value on 2021-12-31; not decided: first, second",
        ),
    ]


@pytest.mark.parametrize(
    ("exact", "general", "stays"),
    [
        (Flag(message="m", line=0), Flag(message="m", line=0), False),
        (Flag(message="m", line=0), Flag(message="m", line=1), True),
        (Flag(message="m"), Flag(message="m", line=1), False),
        (Flag(message="m", line=0), Flag(message="m"), False),
        (Flag(message="m", diagnosis="M54.5"), Flag(message="m", diagnosis="M54.5"), False),
        (Flag(message="m", diagnosis="M54.5"), Flag(message="m", diagnosis="G20"), True),
    ],
)
def test_an_exact_finding_replaces_the_general_one_about_the_same_thing(
    exact: Flag, general: Flag, stays: bool
) -> None:
    rule("general", title="General", severity=Severity.BLOCKS, citation=SOURCE)(flagging(general))
    rule("exact", title="Exact", severity=Severity.WARNS, citation=SOURCE, supersedes=["general"])(
        flagging(exact)
    )

    ids = {rule_id for rule_id, _ in said(under({}))}

    assert ids == ({"exact", "general"} if stays else {"exact"})


def test_a_rule_that_is_silent_replaces_nothing() -> None:
    rule("general", title="General", severity=Severity.WARNS, citation=SOURCE)(
        flagging(Flag(message="m"))
    )
    rule("exact", title="Exact", severity=Severity.WARNS, citation=SOURCE, supersedes=["general"])(
        flagging()
    )

    assert said(under({})) == [("general", Severity.WARNS)]


def test_the_gravest_finding_stands_first() -> None:
    for name, severity in zip("abc", reversed(Severity), strict=True):
        rule(name, title=name, severity=severity, citation=SOURCE)(flagging(Flag(message="m")))

    assert [severity for _, severity in said(under({}))] == list(Severity)
