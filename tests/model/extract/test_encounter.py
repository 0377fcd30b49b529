from datetime import date

import pytest

from model.extract.encounter import complete, day_of, discipline_of, kind_of_note
from model.parse.pipeline import parse
from model.records import Discipline, Encounter, NoteKind

FALLBACK = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("text", "discipline"),
    [
        ("Walked far.\nAnn Lee, PT, DPT", Discipline.PT),
        ("97110 x2 GO", Discipline.OT),
        ("Billed 92507", Discipline.SLP),
        ("Speech therapy session today", Discipline.SLP),
        ("Walked far.", None),
    ],
)
def test_signer_modifiers_codes_and_words_tell_the_discipline(
    text: str, discipline: Discipline | None
) -> None:
    assert discipline_of(parse(text)) is discipline


def test_the_signer_outweighs_the_words() -> None:
    note = parse("Physical therapy also sees him.\nJane Roe, OTR/L")

    assert discipline_of(note) is Discipline.OT


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("OT Initial Evaluation", NoteKind.EVALUATION),
        ("Re-evaluation", NoteKind.REEVALUATION),
        ("Recertification / updated plan of care", NoteKind.RECERTIFICATION),
        ("Progress report", NoteKind.PROGRESS),
        ("Discharge summary", NoteKind.DISCHARGE),
        ("Daily note", NoteKind.DAILY),
        ("OCCUPATIONAL THERAPY CONSULTATION", NoteKind.EVALUATION),
        ("Reason for referral: falls", NoteKind.EVALUATION),
        ("First visit today", NoteKind.EVALUATION),
        ("Consult with the orthotist next week", NoteKind.DAILY),
        ("Walked far", NoteKind.DAILY),
        ("Walked far. " * 20 + "Progress report due", NoteKind.DAILY),
    ],
)
def test_the_title_tells_the_kind_of_note(text: str, kind: NoteKind) -> None:
    assert kind_of_note(parse(text)) is kind


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Onset 1/5/2026.\nDOS: 3/2/2026", date(2026, 3, 2)),
        ("PT note 3/2/2026\nlong ago", date(2026, 3, 2)),
        ("Walked far. " * 20 + "Ann Lee, PT 3/2/2026", date(2026, 3, 2)),
        ("Walked far.\n" * 20 + "fell 3/2/2026. " + "Walked far. " * 20, None),
    ],
)
def test_a_labelled_date_or_one_at_head_or_foot_is_the_day(text: str, day: date | None) -> None:
    assert day_of(parse(text)) == day


def test_what_the_ehr_sent_is_kept_and_the_rest_is_named_as_inferred() -> None:
    note = parse("Progress report\nJane Roe, OTR/L")
    sent = Encounter(id="e", discipline=Discipline.PT)

    done = complete(sent, note, fallback=FALLBACK)

    assert done.encounter.discipline is Discipline.PT
    assert done.encounter.note_kind is NoteKind.PROGRESS
    assert done.encounter.date_of_service == FALLBACK
    assert done.inferred == ("note_kind", "date_of_service")


def test_a_day_before_all_policy_is_no_date_of_service() -> None:
    note = parse("Discharge summary 12/01/2008. Goals met.")

    done = complete(Encounter(id="e"), note, fallback=FALLBACK, earliest=date(2018, 1, 1))

    assert done.encounter.date_of_service == FALLBACK
