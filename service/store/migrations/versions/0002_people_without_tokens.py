"""People whom a trusted proxy names have no token, and so no digest of one."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
SESSIONS = sa.table("sessions", *(sa.column(name) for name in ("digest", "token", "csrf", "expires_at")))


def upgrade() -> None:
    """Bring the tables to this version.

    SQLite makes the table anew, which it refuses while sessions speak of it: they are put aside meanwhile.
    """
    connection = op.get_bind()
    kept = [dict(row) for row in connection.execute(sa.select(SESSIONS)).mappings()]
    connection.execute(sa.delete(SESSIONS))
    with op.batch_alter_table("tokens", schema=None) as batch_op:
        batch_op.alter_column("digest", existing_type=sa.Text(), nullable=True)
    if kept:
        connection.execute(sa.insert(SESSIONS), kept)
