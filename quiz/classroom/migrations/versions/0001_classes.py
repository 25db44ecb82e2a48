"""Classes, seats, answers and tallies."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "catalogues",
        sa.Column("content_hash", sa.String(64), primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_table(
        "classes",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("code", sa.String(7), nullable=False, unique=True),
        sa.Column("host_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("recovery_hash", sa.String(64), unique=True),
        sa.Column("way", sa.String(8), nullable=False),
        sa.Column(
            "content_hash", sa.String(64), sa.ForeignKey("catalogues.content_hash"), nullable=False
        ),
        sa.Column("statements", sa.JSON, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("phase", sa.String(8), nullable=False),
        sa.Column("locked", sa.Boolean, nullable=False),
        sa.Column("joined", sa.Integer, nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False, index=True),
    )
    op.create_table(
        "seats",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column(
            "class_id",
            sa.String(32),
            sa.ForeignKey("classes.id", ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
    )
    op.create_table(
        "answers",
        sa.Column(
            "token_hash",
            sa.String(64),
            sa.ForeignKey("seats.token_hash", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("statement", sa.String(80), primary_key=True),
        sa.Column("code", sa.SmallInteger, nullable=False),
    )
    op.create_table(
        "tallies",
        sa.Column(
            "class_id",
            sa.String(32),
            sa.ForeignKey("classes.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("statement", sa.String(80), primary_key=True),
        sa.Column("agree", sa.Integer, nullable=False),
        sa.Column("neutral", sa.Integer, nullable=False),
        sa.Column("disagree", sa.Integer, nullable=False),
    )
    op.create_table(
        "used_codes",
        sa.Column("code", sa.String(7), primary_key=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False, index=True),
    )


def downgrade() -> None:
    """Take the tables away."""
    for name in ("used_codes", "tallies", "answers", "seats", "classes", "catalogues"):
        op.drop_table(name)
