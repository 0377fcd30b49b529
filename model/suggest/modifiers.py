"""Modifiers of a line: plan of care, assistant, attestation, separate service, telehealth."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from model.codes.edits import pair
from model.codes.procedures import Therapy, find
from model.policy import Policy
from model.records import Discipline, Encounter


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A line as modifiers need to see it.

    Attributes:
        is_separate: Whether the note documents time of its own for it: a clock range or minutes
            that no other line shares.
    """

    code: str
    performed_by: str
    is_separate: bool


def modifiers(
    line: Marked, others: Sequence[Marked], encounter: Encounter, policy: Policy
) -> tuple[str, ...]:
    """The modifiers of ``line``, in the payer's order.

    KX only with a named person's attestation; 59 only with an edit in force that allows it and
    documented separate time. Source: CMS Pub. 100-04, chapter 5, sections 10.3, 20.1 and 20.2;
    NCCI Policy Manual, chapter 1.
    """
    found = {
        *_plan_of_care(line, encounter, policy),
        *_assistant(line, encounter, policy),
        *_kx(encounter, policy),
        *_separate(line, others, encounter, policy),
    }
    order = policy.modifier_order
    return tuple(sorted(found, key=lambda modifier: (_place(order, modifier), modifier)))


def _place(order: Sequence[str], modifier: str) -> int:
    return order.index(modifier) if modifier in order else len(order)


def _plan_of_care(line: Marked, encounter: Encounter, policy: Policy) -> Iterator[str]:
    procedure = find(line.code)
    if encounter.discipline is None or not policy.needs_discipline_modifier:
        return
    if procedure is not None and (
        procedure.therapy is not Therapy.NEVER or policy.needs_discipline_modifier_off_list
    ):
        yield str(policy.table("modifiers.discipline")[encounter.discipline.value])


def _assistant(line: Marked, encounter: Encounter, policy: Policy) -> Iterator[str]:
    if line.performed_by != "assistant" or not policy.needs_assistant_modifiers:
        return
    pairs = policy.table("assistants.modifiers")
    if encounter.discipline is not None and encounter.discipline.value in pairs:
        yield str(pairs[encounter.discipline.value])


def _kx(encounter: Encounter, policy: Policy) -> Iterator[str]:
    if encounter.is_kx_attested and policy.applies_kx:
        yield "KX"


def _separate(
    line: Marked, others: Iterable[Marked], encounter: Encounter, policy: Policy
) -> Iterator[str]:
    """59 on the column 2 line of an edited pair, when both lines show time of their own."""
    if policy.edit_set == "none" or encounter.date_of_service is None:
        return
    setting = encounter.setting.value if encounter.setting else None
    for other in others:
        edit = pair(line.code, other.code, encounter.date_of_service, setting)
        if (
            edit is not None
            and edit.modifier_allowed
            and edit.column2 == line.code
            and line.is_separate
            and other.is_separate
        ):
            yield "59"
            return


def plan_modifier(discipline: Discipline, policy: Policy) -> str:
    """GP, GO or GN for a plan of care of ``discipline``."""
    return str(policy.table("modifiers.discipline")[discipline.value])
