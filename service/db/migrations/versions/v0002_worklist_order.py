"""Two indexes in the order of the worklist: of every encounter, and of those that are not final.

Without them each page of the worklist sorted every open encounter. Rows are not touched.
"""

from alembic import op
from sqlalchemy import text

revision = "0002"
down_revision = "0001"

_ORDER = ["due_on", "received_at", "id"]


def upgrade() -> None:
    """Add the indexes; on PostgreSQL writers wait until they are made."""
    op.create_index("ix_encounters_due_on_received_at_id", "encounters", _ORDER)
    is_open = text("finalized_at IS NULL")
    op.create_index(
        "ix_encounters_open", "encounters", _ORDER, sqlite_where=is_open, postgresql_where=is_open
    )
