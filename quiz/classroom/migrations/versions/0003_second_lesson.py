"""A lobby, rounds, seats that are done, keys that work twice; no distribution below five
answers.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

COUNTS = ("agree", "neutral", "disagree")


def upgrade() -> None:
    """Add the columns, and forget the distributions that may not be shown."""
    op.add_column("classes", sa.Column("round", sa.Integer, nullable=False, server_default="0"))
    op.add_column("classes", sa.Column("recovery_until", sa.DateTime(timezone=True)))
    op.add_column("classes", sa.Column("next_join", sa.DateTime(timezone=True)))
    op.add_column("seats", sa.Column("done", sa.Boolean, nullable=False, server_default=sa.false()))
    with op.batch_alter_table("tallies") as table:
        for name in COUNTS:
            table.alter_column(name, existing_type=sa.Integer, nullable=True)
    op.execute(
        "UPDATE tallies SET agree = NULL, neutral = NULL, disagree = NULL"
        " WHERE agree + neutral + disagree < 5"
    )


def downgrade() -> None:
    """Drop the columns.

    A statement without stored counts is deleted: there is nothing to restore.
    """
    op.execute("DELETE FROM tallies WHERE agree IS NULL")
    with op.batch_alter_table("tallies") as table:
        for name in COUNTS:
            table.alter_column(name, existing_type=sa.Integer, nullable=False)
    op.drop_column("seats", "done")
    for name in ("next_join", "recovery_until", "round"):
        op.drop_column("classes", name)
