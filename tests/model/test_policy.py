import pickle
import time
from datetime import date
from pathlib import Path

import pytest

import model
from model.errors import PolicyFileError, PolicyGap, UnknownPayer
from model.policy import Confidence, Policy, payer, payer_ids
from model.policy_files import history_of, topic, topics, works
from model.records import Severity

ON = date(2026, 3, 2)
PAYERS = (
    "commercial_ama_midpoint",
    "commercial_cms",
    "medicaid_generic",
    "medicare_part_b",
    "workers_comp_generic",
)


@pytest.mark.parametrize(
    ("on", "amount"),
    [
        (date(2018, 1, 1), 2010),
        (date(2019, 1, 1), 2040),
        (date(2020, 1, 1), 2080),
        (date(2021, 1, 1), 2110),
        (date(2022, 1, 1), 2150),
        (date(2023, 12, 31), 2230),
        (date(2024, 12, 31), 2330),
        (date(2025, 1, 1), 2410),
        (date(2026, 12, 31), 2480),
    ],
)
def test_policy_value_is_the_one_in_force_on_the_date_of_service(on: date, amount: int) -> None:
    policy = Policy("cms", on)

    assert policy["kx_threshold.pt_slp"] == policy["kx_threshold.ot"] == amount


@pytest.mark.parametrize("on", [date(2017, 12, 31), date(2027, 1, 1)])
def test_policy_refuses_to_guess_outside_its_sources(on: date) -> None:
    policy = Policy("cms", on)

    assert not policy.knows("kx_threshold.pt_slp")
    with pytest.raises(PolicyGap, match=r"cms\.kx_threshold\.pt_slp has no sourced value"):
        policy["kx_threshold.pt_slp"]


def test_pt_and_slp_share_one_kx_bucket_and_ot_has_its_own() -> None:
    buckets = Policy("cms", ON).table("kx_threshold.buckets")

    assert buckets == {"PT": "pt_slp", "SLP": "pt_slp", "OT": "ot"}


def test_policy_says_which_values_are_only_recalled() -> None:
    confidence = {
        value.start.year: value.confidence for value in history_of("cms", "kx_threshold.ot")
    }

    assert confidence[2018] is Confidence.RECALLED
    assert confidence[2019] is confidence[2026] is Confidence.VERIFIED


@pytest.mark.parametrize(
    ("on", "name", "holds"),
    [
        (date(2019, 12, 31), "assistants.modifiers_required", False),
        (date(2020, 1, 1), "assistants.modifiers_required", True),
        (date(2021, 12, 31), "assistants.midpoint_rule", False),
        (date(2022, 1, 1), "assistants.midpoint_rule", True),
        (date(2024, 12, 31), "plan_of_care.signature_exception", False),
        (date(2025, 1, 1), "plan_of_care.signature_exception", True),
        (date(2018, 12, 31), "plan_of_care.functional_reporting", True),
        (date(2019, 1, 1), "plan_of_care.functional_reporting", False),
        (date(2020, 2, 29), "telehealth.eligible", False),
        (date(2020, 3, 1), "telehealth.eligible", True),
        (date(2026, 2, 1), "telehealth.eligible", True),
    ],
)
def test_policy_flag_changes_on_its_day(on: date, name: str, holds: bool) -> None:
    assert Policy("cms", on).flag(name) is holds


def test_policy_knows_the_modifier_of_each_plan_of_care() -> None:
    found = Policy("cms", ON).table("modifiers.discipline")

    assert found == {"PT": "GP", "OT": "GO", "SLP": "GN"}


def test_medicare_refuses_97014_and_bundles_97010() -> None:
    policy = Policy.for_payer("medicare_part_b", ON)

    assert policy.replaced_codes["97014"] == "G0283"
    assert "97010" in policy.bundled_codes


@pytest.mark.parametrize(
    ("payer_id", "unit_rule", "kx", "assistant"),
    [
        ("medicare_part_b", "cms_8_minute", True, True),
        ("commercial_cms", "cms_8_minute", False, False),
        ("commercial_ama_midpoint", "ama_midpoint", False, False),
        ("medicaid_generic", "cms_8_minute", False, False),
        ("workers_comp_generic", "cms_8_minute", False, False),
    ],
)
def test_payer_states_how_it_counts(
    payer_id: str, unit_rule: str, kx: bool, assistant: bool
) -> None:
    policy = Policy.for_payer(payer_id, ON)

    assert policy.unit_rule == unit_rule
    assert policy.applies_kx is kx
    assert policy.needs_assistant_modifiers is assistant
    assert policy.modifier_order[0] == "59"


def test_assistant_modifiers_began_in_2020_at_medicare() -> None:
    assert not Policy.for_payer("medicare_part_b", date(2019, 12, 31)).needs_assistant_modifiers


def test_payer_override_wins_over_its_issuer() -> None:
    name = "timed_units.code_minutes_required"

    assert not Policy.for_payer("medicare_part_b", ON).flag(name)
    assert Policy.for_payer("commercial_ama_midpoint", ON).flag(name)


def test_issuer_stands_before_an_override_begins() -> None:
    policy = Policy.for_payer("commercial_ama_midpoint", date(2017, 6, 1))

    assert not policy.flag("timed_units.code_minutes_required")


def test_severity_is_the_payers_else_the_rules_own() -> None:
    medicare = Policy.for_payer("medicare_part_b", ON)
    commercial = Policy.for_payer("commercial_cms", ON)

    assert medicare.severity("kx-needed", Severity.WARNS) is Severity.BLOCKS
    assert commercial.severity("kx-needed", Severity.WARNS) is None
    assert commercial.severity("no-skilled-need", Severity.WARNS) is Severity.WARNS
    assert Policy("cms", ON).severity("kx-needed", Severity.WARNS) is Severity.WARNS


def test_unknown_payer_is_refused_by_name() -> None:
    with pytest.raises(UnknownPayer, match="no payer is called acme"):
        Policy.for_payer("acme", ON)


def test_unknown_parameter_is_a_programmers_error() -> None:
    with pytest.raises(KeyError):
        Policy("cms", ON)["kx_threshold.nobody"]


def test_value_is_read_as_what_it_is() -> None:
    with pytest.raises(TypeError):
        Policy("cms", ON)["telehealth.eligible"]
    with pytest.raises(TypeError):
        Policy("cms", ON).flag("timed_units.minutes_per_unit")


def test_every_payer_and_every_topic_loads() -> None:
    assert payer_ids() == PAYERS
    for payer_id in PAYERS:
        assert payer(payer_id).uses == "cms"
    for name in topics("cms"):
        assert topic("cms", name)


def test_every_value_cites_a_work_we_list() -> None:
    histories = [history for name in topics("cms") for history in topic("cms", name).values()]
    histories += [h for payer_id in PAYERS for h in payer(payer_id).parameters.values()]

    unknown = [
        v.source.work for values in histories for v in values if v.source.work not in works()
    ]

    assert unknown == []


def test_every_work_has_a_title_a_publisher_and_a_place() -> None:
    assert all(set(work) >= {"title", "publisher", "href"} for work in works().values())


def test_policy_files_load_in_less_than_a_blink() -> None:
    topic.cache_clear()
    payer.cache_clear()
    before = time.perf_counter()

    for payer_id in PAYERS:
        payer(payer_id)
    for name in topics("cms"):
        topic("cms", name)

    assert time.perf_counter() - before < 0.15  # about 0.01 s; room for a loaded machine


def test_policies_hold_no_python() -> None:
    policies = Path(model.__file__).parent / "policies"

    assert list(policies.rglob("*.py")) == []


def test_a_policy_file_error_says_where() -> None:
    assert str(PolicyFileError("x.yaml", 3, "broken")) == "x.yaml, line 3: broken"


def test_policy_is_hashable_and_travels_between_processes() -> None:
    policy = Policy.for_payer("medicare_part_b", ON)

    assert hash(policy) == hash(Policy.for_payer("medicare_part_b", ON))
    assert pickle.loads(pickle.dumps(policy)) == policy  # noqa: S301  (our own bytes)
