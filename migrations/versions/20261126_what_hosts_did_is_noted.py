"""What hosts did is noted."""

import sqlalchemy as sa
from alembic import op

revision = "5c2e81f7a9d3"
down_revision = "e1b6f2073c9d"
branch_labels = None
depends_on = None

KEEP_IDS = {"sqlite_autoincrement": True}


def upgrade() -> None:
    op.create_table(
        "audit_log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("actor_learner_id", sa.Integer(), nullable=True),
        sa.Column("about_learner_id", sa.Integer(), nullable=True),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name="fk_audit_log_community_id_communities",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["actor_learner_id"],
            ["learners.id"],
            name="fk_audit_log_actor_learner_id_learners",
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["about_learner_id"],
            ["learners.id"],
            name="fk_audit_log_about_learner_id_learners",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_audit_log"),
        **KEEP_IDS,
    )
    op.create_index("ix_audit_log_community_id_id", "audit_log", ["community_id", "id"])
    op.create_index("ix_audit_log_actor_learner_id", "audit_log", ["actor_learner_id"])
    op.create_index("ix_audit_log_about_learner_id", "audit_log", ["about_learner_id"])


def downgrade() -> None:
    op.drop_table("audit_log")
