"""The schema, on one page. Rows stay in repositories; everybody else sees records.

Bytes called ``sealed`` are ciphertext (``service.envelope``): whatever may hold words of a note.
Decisions, readings and audit entries are only ever added (``service.db.append_only``). Moments are
aware and in UTC. Encounter ids are those received.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, MetaData, String, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from service.db.types import UtcTime

LONGEST_ID = 200
"""Characters of an encounter's id, as the wire has it."""

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
EncounterId = String(LONGEST_ID)
AccountId = String(36)
Word = String(40)
_IS_OPEN = text("finalized_at IS NULL")


class Table(DeclarativeBase):
    """What every table has: names for its constraints, the same on both databases."""

    metadata = MetaData(naming_convention=_NAMES)
    type_annotation_map = {datetime: UtcTime, bytes: LargeBinary, dict[str, Any]: JSON}  # noqa: RUF012


# ── the work ─────────────────────────────────────────────────────────────────────────────────────


class EncounterRow(Table):
    """Where an encounter stands now; rebuilt from readings and decisions, so it may change."""

    __tablename__ = "encounters"
    __table_args__ = (
        Index(None, "status", "due_on", "received_at", "id"),
        Index(None, "due_on", "received_at", "id"),
        Index(None, "received_at", "id"),
        Index(
            "ix_encounters_open", "due_on", "received_at", "id",
            sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN,
        ),
    )  # fmt: skip

    id: Mapped[str] = mapped_column(EncounterId, primary_key=True)
    received_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    reading: Mapped[int]  # the newest
    version: Mapped[int]  # decisions so far: the ETag
    status: Mapped[str] = mapped_column(Word)  # new, in_review, parked, queried, flagged, finalized
    lane: Mapped[str] = mapped_column(Word)
    payer: Mapped[str] = mapped_column(String(100))
    discipline: Mapped[str | None] = mapped_column(Word)
    note_kind: Mapped[str | None] = mapped_column(Word)
    setting: Mapped[str | None] = mapped_column(Word)
    date_of_service: Mapped[date | None]
    due_on: Mapped[date | None]
    assigned_to: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    lines: Mapped[int]
    blocks: Mapped[int]  # findings by severity
    warns: Mapped[int]
    is_stale: Mapped[bool]
    finalized_at: Mapped[datetime | None]  # None unless the status is finalized
    forgotten_at: Mapped[datetime | None]  # its words were removed; the numbers above remain


class ReadingRow(Table):
    """An encounter as received and the draft made of it. Append-only."""

    __tablename__ = "readings"

    encounter_id: Mapped[str] = mapped_column(ForeignKey("encounters.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    made_at: Mapped[datetime]
    versions: Mapped[dict[str, Any]]  # model, rules, policies
    sealed: Mapped[bytes]  # encounter, draft, facts


class DecisionRow(Table):
    """One act of one person. Append-only; its key is the optimistic lock."""

    __tablename__ = "decisions"
    __table_args__ = (Index(None, "made_by", "made_at"),)

    encounter_id: Mapped[str] = mapped_column(ForeignKey("encounters.id"), primary_key=True)
    track: Mapped[str] = mapped_column(Word, primary_key=True)  # first, second, adjudication
    number: Mapped[int] = mapped_column(primary_key=True)
    reading: Mapped[int]
    kind: Mapped[str] = mapped_column(Word)
    made_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    made_at: Mapped[datetime]
    undoes: Mapped[int | None]
    sealed: Mapped[bytes]  # the act


class LeaseRow(Table):
    """Who works on a track of an encounter, until when."""

    __tablename__ = "leases"

    encounter_id: Mapped[str] = mapped_column(ForeignKey("encounters.id"), primary_key=True)
    track: Mapped[str] = mapped_column(Word, primary_key=True)
    holder: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    until: Mapped[datetime]


class SecondReviewRow(Table):
    """Blind double coding: a second reviewer decides without seeing the first."""

    __tablename__ = "second_reviews"

    encounter_id: Mapped[str] = mapped_column(ForeignKey("encounters.id"), primary_key=True)
    reviewer: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    assigned_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    assigned_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(Word)
    settled_at: Mapped[datetime | None]


# ── programs that talk to us ─────────────────────────────────────────────────────────────────────


class IdempotencyRow(Table):
    """The answer to a request, for when it is sent again; without one, the first still runs."""

    __tablename__ = "idempotency_keys"

    caller: Mapped[str] = mapped_column(String(100), primary_key=True)
    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    body_sha256: Mapped[str] = mapped_column(String(64))
    status: Mapped[int | None]
    sealed: Mapped[bytes | None]
    made_at: Mapped[datetime] = mapped_column(index=True)


class WebhookRow(Table):
    """Where events are sent, signed with the secret."""

    __tablename__ = "webhooks"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    url: Mapped[str] = mapped_column(String(2000))
    events: Mapped[list[str]] = mapped_column(JSON)
    sealed: Mapped[bytes]  # the secret
    is_active: Mapped[bool]
    made_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    made_at: Mapped[datetime]


class DeliveryRow(Table):
    """The outbox: an event on its way to one webhook. Ids only, never words of a note."""

    __tablename__ = "deliveries"
    __table_args__ = (Index(None, "delivered_at", "failed_at", "next_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    webhook_id: Mapped[UUID] = mapped_column(ForeignKey("webhooks.id"))
    event: Mapped[str] = mapped_column(Word)
    event_id: Mapped[UUID]
    payload: Mapped[dict[str, Any]]
    made_at: Mapped[datetime]
    attempts: Mapped[int]
    next_at: Mapped[datetime]
    delivered_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    last_status: Mapped[int | None]


# ── people ───────────────────────────────────────────────────────────────────────────────────────


class AccountRow(Table):
    """A person who signs in."""

    __tablename__ = "accounts"

    id: Mapped[str] = mapped_column(AccountId, primary_key=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)  # in lower case, to sign in with
    password: Mapped[str] = mapped_column(String(200))  # argon2id, with its parameters
    must_change_password: Mapped[bool]
    is_active: Mapped[bool]
    made_at: Mapped[datetime]


class RoleRow(Table):
    """A role somebody holds: coder, auditor, admin or plugin."""

    __tablename__ = "roles"

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    role: Mapped[str] = mapped_column(Word, primary_key=True)


class SessionRow(Table):
    """A browser somebody signed in with; the cookie's token is kept as a hash."""

    __tablename__ = "sessions"

    token_sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    csrf_token: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class ApiKeyRow(Table):
    """A key a program shows; its prefix names it, its hash proves it."""

    __tablename__ = "api_keys"

    prefix: Mapped[str] = mapped_column(String(16), primary_key=True)
    key_sha256: Mapped[str] = mapped_column(String(64))
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    label: Mapped[str] = mapped_column(String(100))
    scopes: Mapped[list[str]] = mapped_column(JSON)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class SavedFilterRow(Table):
    """A worklist somebody wants again."""

    __tablename__ = "saved_filters"

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    query: Mapped[str] = mapped_column(String(2000))


class PreferenceRow(Table):
    """What somebody set for themselves, such as their key map."""

    __tablename__ = "preferences"

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    name: Mapped[str] = mapped_column(Word, primary_key=True)
    value: Mapped[dict[str, Any]]


# ── proof and keys ───────────────────────────────────────────────────────────────────────────────


class AuditRow(Table):
    """Who did what, in a chain of hashes. Append-only."""

    __tablename__ = "audit_entries"
    __table_args__ = (Index(None, "subject", "seq"),)

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(100))
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(300))
    detail: Mapped[dict[str, Any]]
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class DataKeyRow(Table):
    """A random key that seals one owner's records, itself wrapped by the service's key.

    Rotation wraps it again; retention removes it, and with it every word it sealed.
    """

    __tablename__ = "data_keys"
    __table_args__ = (Index(None, "wrapped_by", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    owner: Mapped[str] = mapped_column(String(400), unique=True)
    wrapped_by: Mapped[str] = mapped_column(String(32))
    wrapped: Mapped[bytes]
