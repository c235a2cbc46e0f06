"""Communities bring their own questions."""

import sqlalchemy as sa
from alembic import op

revision = "c7e2a90b4f61"
down_revision = "e8c1f46a07d3"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "own_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('active', 'suggested', 'retired', 'declined')",
            name="ck_own_questions_state",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_own_questions"),
        sa.UniqueConstraint("community_id", "slug", name="uq_own_questions_community_id_slug"),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name="fk_own_questions_community_id_communities",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["learners.id"],
            name="fk_own_questions_author_id_learners",
            ondelete="SET NULL",
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_own_questions_author_id", "own_questions", ["author_id"])
    op.create_index(
        "ix_own_questions_community_id_revision", "own_questions", ["community_id", "revision"]
    )


def downgrade() -> None:
    op.drop_table("own_questions")
