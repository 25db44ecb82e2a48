"""On SQLite: no row numbers for seats and answers, which would reveal the order in which they
came.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SEATS = """CREATE TABLE seats_new (
    token_hash VARCHAR(64) NOT NULL PRIMARY KEY,
    class_id VARCHAR(32) NOT NULL,
    FOREIGN KEY(class_id) REFERENCES classes (id) ON DELETE CASCADE
)"""
ANSWERS = """CREATE TABLE answers (
    token_hash VARCHAR(64) NOT NULL,
    statement VARCHAR(80) NOT NULL,
    code SMALLINT NOT NULL,
    PRIMARY KEY (token_hash, statement),
    FOREIGN KEY(token_hash) REFERENCES seats (token_hash) ON DELETE CASCADE
)"""


def upgrade() -> None:
    """Recreate both tables without row numbers."""
    _remake(" WITHOUT ROWID")


def downgrade() -> None:
    """Recreate both tables with SQLite's usual row numbers."""
    _remake("")


def _remake(ending: str) -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    # Dropping a table deletes the rows that refer to it, so the answers wait in a table without references.
    for line in (
        f"CREATE TABLE answers_kept (a TEXT, b TEXT, c INT, PRIMARY KEY (a, b)){ending}",
        "INSERT INTO answers_kept SELECT token_hash, statement, code FROM answers",
        "DROP TABLE answers",
        SEATS + ending,
        "INSERT INTO seats_new SELECT token_hash, class_id FROM seats ORDER BY token_hash",
        "DROP TABLE seats",
        "ALTER TABLE seats_new RENAME TO seats",
        "CREATE INDEX ix_seats_class_id ON seats (class_id)",
        ANSWERS + ending,
        "INSERT INTO answers SELECT a, b, c FROM answers_kept ORDER BY a, b",
        "DROP TABLE answers_kept",
    ):
        op.execute(line)
