"""The first tables."""

from alembic import op
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    UniqueConstraint,
    Uuid,
)

from service.db.append_only import triggers
from service.db.types import UtcTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table of the first schema, and close those that only grow."""
    _people()
    _work()
    _programs()
    for statement in triggers(
        op.get_bind().dialect.name, ("readings", "decisions", "audit_entries")
    ):
        op.execute(statement)


def _people() -> None:
    """People, the audit log and the keys that seal."""
    op.create_table(
        "accounts",
        Column("id", String(length=36), nullable=False),
        Column("name", String(length=100), nullable=False),
        Column("password", String(length=200), nullable=False),
        Column("must_change_password", Boolean(), nullable=False),
        Column("is_active", Boolean(), nullable=False),
        Column("made_at", UtcTime(), nullable=False),
        PrimaryKeyConstraint("id", name="pk_accounts"),
        UniqueConstraint("name", name="uq_accounts_name"),
    )
    op.create_table(
        "roles",
        Column("account_id", String(length=36), nullable=False),
        Column("role", String(length=40), nullable=False),
        ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_roles_account_id_accounts"),
        PrimaryKeyConstraint("account_id", "role", name="pk_roles"),
    )
    op.create_table(
        "sessions",
        Column("token_sha256", String(length=64), nullable=False),
        Column("account_id", String(length=36), nullable=False),
        Column("csrf_token", String(length=64), nullable=False),
        Column("made_at", UtcTime(), nullable=False),
        Column("seen_at", UtcTime(), nullable=False),
        Column("expires_at", UtcTime(), nullable=False),
        ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_sessions_account_id_accounts"
        ),
        PrimaryKeyConstraint("token_sha256", name="pk_sessions"),
    )
    op.create_index("ix_sessions_account_id", "sessions", ["account_id"])
    op.create_index("ix_sessions_expires_at", "sessions", ["expires_at"])
    op.create_table(
        "api_keys",
        Column("prefix", String(length=16), nullable=False),
        Column("key_sha256", String(length=64), nullable=False),
        Column("account_id", String(length=36), nullable=False),
        Column("label", String(length=100), nullable=False),
        Column("scopes", JSON(), nullable=False),
        Column("made_at", UtcTime(), nullable=False),
        Column("expires_at", UtcTime(), nullable=True),
        Column("revoked_at", UtcTime(), nullable=True),
        ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_api_keys_account_id_accounts"
        ),
        PrimaryKeyConstraint("prefix", name="pk_api_keys"),
    )
    op.create_index("ix_api_keys_account_id", "api_keys", ["account_id"])
    op.create_table(
        "saved_filters",
        Column("account_id", String(length=36), nullable=False),
        Column("name", String(length=100), nullable=False),
        Column("query", String(length=2000), nullable=False),
        ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_saved_filters_account_id_accounts"
        ),
        PrimaryKeyConstraint("account_id", "name", name="pk_saved_filters"),
    )
    op.create_table(
        "preferences",
        Column("account_id", String(length=36), nullable=False),
        Column("name", String(length=40), nullable=False),
        Column("value", JSON(), nullable=False),
        ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_preferences_account_id_accounts"
        ),
        PrimaryKeyConstraint("account_id", "name", name="pk_preferences"),
    )
    op.create_table(
        "audit_entries",
        Column("seq", Integer(), autoincrement=False, nullable=False),
        Column("at", UtcTime(), nullable=False),
        Column("actor", String(length=100), nullable=False),
        Column("action", String(length=60), nullable=False),
        Column("subject", String(length=300), nullable=False),
        Column("detail", JSON(), nullable=False),
        Column("previous", String(length=64), nullable=False),
        Column("hash", String(length=64), nullable=False),
        PrimaryKeyConstraint("seq", name="pk_audit_entries"),
    )
    op.create_index("ix_audit_entries_subject_seq", "audit_entries", ["subject", "seq"])
    op.create_table(
        "data_keys",
        Column("id", Uuid(), nullable=False),
        Column("owner", String(length=400), nullable=False),
        Column("wrapped_by", String(length=32), nullable=False),
        Column("wrapped", LargeBinary(), nullable=False),
        PrimaryKeyConstraint("id", name="pk_data_keys"),
        UniqueConstraint("owner", name="uq_data_keys_owner"),
    )
    op.create_index("ix_data_keys_wrapped_by_id", "data_keys", ["wrapped_by", "id"])


def _work() -> None:
    """Encounters and what is decided on them."""
    op.create_table(
        "encounters",
        Column("id", String(length=200), nullable=False),
        Column("received_at", UtcTime(), nullable=False),
        Column("changed_at", UtcTime(), nullable=False),
        Column("reading", Integer(), nullable=False),
        Column("version", Integer(), nullable=False),
        Column("status", String(length=40), nullable=False),
        Column("lane", String(length=40), nullable=False),
        Column("payer", String(length=100), nullable=False),
        Column("discipline", String(length=40), nullable=True),
        Column("note_kind", String(length=40), nullable=True),
        Column("setting", String(length=40), nullable=True),
        Column("date_of_service", Date(), nullable=True),
        Column("due_on", Date(), nullable=True),
        Column("assigned_to", String(length=36), nullable=True),
        Column("lines", Integer(), nullable=False),
        Column("blocks", Integer(), nullable=False),
        Column("warns", Integer(), nullable=False),
        Column("is_stale", Boolean(), nullable=False),
        Column("finalized_at", UtcTime(), nullable=True),
        Column("forgotten_at", UtcTime(), nullable=True),
        ForeignKeyConstraint(
            ["assigned_to"], ["accounts.id"], name="fk_encounters_assigned_to_accounts"
        ),
        PrimaryKeyConstraint("id", name="pk_encounters"),
    )
    op.create_index("ix_encounters_assigned_to", "encounters", ["assigned_to"])
    op.create_index("ix_encounters_received_at_id", "encounters", ["received_at", "id"])
    op.create_index(
        "ix_encounters_status_due_on_received_at_id",
        "encounters",
        ["status", "due_on", "received_at", "id"],
    )
    op.create_table(
        "readings",
        Column("encounter_id", String(length=200), nullable=False),
        Column("number", Integer(), nullable=False),
        Column("made_at", UtcTime(), nullable=False),
        Column("versions", JSON(), nullable=False),
        Column("sealed", LargeBinary(), nullable=False),
        ForeignKeyConstraint(
            ["encounter_id"], ["encounters.id"], name="fk_readings_encounter_id_encounters"
        ),
        PrimaryKeyConstraint("encounter_id", "number", name="pk_readings"),
    )
    op.create_table(
        "decisions",
        Column("encounter_id", String(length=200), nullable=False),
        Column("track", String(length=40), nullable=False),
        Column("number", Integer(), nullable=False),
        Column("reading", Integer(), nullable=False),
        Column("kind", String(length=40), nullable=False),
        Column("made_by", String(length=36), nullable=False),
        Column("made_at", UtcTime(), nullable=False),
        Column("undoes", Integer(), nullable=True),
        Column("sealed", LargeBinary(), nullable=False),
        ForeignKeyConstraint(
            ["encounter_id"], ["encounters.id"], name="fk_decisions_encounter_id_encounters"
        ),
        ForeignKeyConstraint(["made_by"], ["accounts.id"], name="fk_decisions_made_by_accounts"),
        PrimaryKeyConstraint("encounter_id", "track", "number", name="pk_decisions"),
    )
    op.create_index("ix_decisions_made_by_made_at", "decisions", ["made_by", "made_at"])
    op.create_table(
        "leases",
        Column("encounter_id", String(length=200), nullable=False),
        Column("track", String(length=40), nullable=False),
        Column("holder", String(length=36), nullable=False),
        Column("until", UtcTime(), nullable=False),
        ForeignKeyConstraint(
            ["encounter_id"], ["encounters.id"], name="fk_leases_encounter_id_encounters"
        ),
        ForeignKeyConstraint(["holder"], ["accounts.id"], name="fk_leases_holder_accounts"),
        PrimaryKeyConstraint("encounter_id", "track", name="pk_leases"),
    )
    op.create_table(
        "second_reviews",
        Column("encounter_id", String(length=200), nullable=False),
        Column("reviewer", String(length=36), nullable=False),
        Column("assigned_by", String(length=36), nullable=False),
        Column("assigned_at", UtcTime(), nullable=False),
        Column("state", String(length=40), nullable=False),
        Column("settled_at", UtcTime(), nullable=True),
        ForeignKeyConstraint(
            ["assigned_by"], ["accounts.id"], name="fk_second_reviews_assigned_by_accounts"
        ),
        ForeignKeyConstraint(
            ["encounter_id"], ["encounters.id"], name="fk_second_reviews_encounter_id_encounters"
        ),
        ForeignKeyConstraint(
            ["reviewer"], ["accounts.id"], name="fk_second_reviews_reviewer_accounts"
        ),
        PrimaryKeyConstraint("encounter_id", name="pk_second_reviews"),
    )
    op.create_index("ix_second_reviews_reviewer", "second_reviews", ["reviewer"])


def _programs() -> None:
    """What programs leave with us, and what we send them."""
    op.create_table(
        "idempotency_keys",
        Column("caller", String(length=100), nullable=False),
        Column("key", String(length=255), nullable=False),
        Column("body_sha256", String(length=64), nullable=False),
        Column("status", Integer(), nullable=True),
        Column("sealed", LargeBinary(), nullable=True),
        Column("made_at", UtcTime(), nullable=False),
        PrimaryKeyConstraint("caller", "key", name="pk_idempotency_keys"),
    )
    op.create_index("ix_idempotency_keys_made_at", "idempotency_keys", ["made_at"])
    op.create_table(
        "webhooks",
        Column("id", Uuid(), nullable=False),
        Column("url", String(length=2000), nullable=False),
        Column("events", JSON(), nullable=False),
        Column("sealed", LargeBinary(), nullable=False),
        Column("is_active", Boolean(), nullable=False),
        Column("made_by", String(length=36), nullable=False),
        Column("made_at", UtcTime(), nullable=False),
        ForeignKeyConstraint(["made_by"], ["accounts.id"], name="fk_webhooks_made_by_accounts"),
        PrimaryKeyConstraint("id", name="pk_webhooks"),
    )
    op.create_table(
        "deliveries",
        Column("id", Uuid(), nullable=False),
        Column("webhook_id", Uuid(), nullable=False),
        Column("event", String(length=40), nullable=False),
        Column("event_id", Uuid(), nullable=False),
        Column("payload", JSON(), nullable=False),
        Column("made_at", UtcTime(), nullable=False),
        Column("attempts", Integer(), nullable=False),
        Column("next_at", UtcTime(), nullable=False),
        Column("delivered_at", UtcTime(), nullable=True),
        Column("failed_at", UtcTime(), nullable=True),
        Column("last_status", Integer(), nullable=True),
        ForeignKeyConstraint(
            ["webhook_id"], ["webhooks.id"], name="fk_deliveries_webhook_id_webhooks"
        ),
        PrimaryKeyConstraint("id", name="pk_deliveries"),
    )
    op.create_index(
        "ix_deliveries_delivered_at_failed_at_next_at",
        "deliveries",
        ["delivered_at", "failed_at", "next_at"],
    )
