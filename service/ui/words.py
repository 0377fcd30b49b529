"""What the screen calls things: one place for the words a coder reads."""

from collections.abc import Mapping

from model.records import NoteKind
from model.records.review import OverrideReason, Verdict
from service.reviews.records import Track
from service.reviews.view import ReviewStatus

REASONS: Mapping[OverrideReason, str] = {
    OverrideReason.NOT_DOCUMENTED: "The note does not document it",
    OverrideReason.NOT_PERFORMED: "It was not performed on this day",
    OverrideReason.WRONG_CODE: "Another code describes it",
    OverrideReason.WRONG_MINUTES: "The minutes are read wrongly",
    OverrideReason.COUNTED_ELSEWHERE: "It is counted in another line",
    OverrideReason.NOT_SKILLED: "It needed no therapist's skill",
    OverrideReason.DOCUMENTED_ELSEWHERE: "It is documented elsewhere in the record",
    OverrideReason.PAYER_INSTRUCTION: "The payer instructs otherwise",
    OverrideReason.OTHER: "Another reason, in my words",
}
"""In the order of the keys 1 to 9."""

VERDICTS: Mapping[Verdict, str] = {
    Verdict.PROPOSED: "",
    Verdict.ACCEPTED: "Accepted",
    Verdict.CHANGED: "Changed",
    Verdict.REJECTED: "Rejected",
    Verdict.ADDED: "Added",
}

STATUSES: Mapping[ReviewStatus, str] = {
    ReviewStatus.WAITING: "Waiting",
    ReviewStatus.IN_REVIEW: "In review",
    ReviewStatus.PARKED: "Parked",
    ReviewStatus.QUERIED: "Queried",
    ReviewStatus.FLAGGED: "Flagged to QA",
    ReviewStatus.FINALIZED: "Final",
    ReviewStatus.AMENDING: "Being amended",
}

ROLES: Mapping[Track, str] = {
    Track.FIRST: "",
    Track.SECOND: "Second coding, blind",
    Track.ADJUDICATION: "Settling two claims",
}
"""What a chart is opened for, where it is not the first review."""

NOTE_KINDS: Mapping[NoteKind, str] = {
    NoteKind.EVALUATION: "evaluation",
    NoteKind.REEVALUATION: "re-evaluation",
    NoteKind.DAILY: "daily note",
    NoteKind.PROGRESS: "progress report",
    NoteKind.RECERTIFICATION: "recertification",
    NoteKind.DISCHARGE: "discharge",
}

ACTS: Mapping[str, str] = {
    "accept": "accepted",
    "change": "changed",
    "reject": "rejected",
    "add_line": "added a line",
    "add_diagnosis": "added a diagnosis",
    "reorder": "reordered the diagnoses",
    "attest_kx": "attested KX",
    "override": "set a finding aside",
    "query": "asked the therapist",
    "answer": "recorded an answer",
    "flag": "flagged the chart to QA",
    "comment": "commented",
    "park": "parked the chart",
    "resume": "took the chart up again",
    "adopt": "went on with the newer reading",
    "finalize": "made the claim final",
    "amend": "opened the final claim again",
    "undo": "took the last decision back",
}

INFERRED: Mapping[str, str] = {
    "date_of_service": "date of service",
    "note_kind": "kind of note",
    "discipline": "discipline",
    "payer": "payer (assumed)",
    "setting": "setting",
    "clinician": "clinician",
}
