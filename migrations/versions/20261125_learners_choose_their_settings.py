"""Learners choose their settings."""

import sqlalchemy as sa
from alembic import op

revision = "7c2e81b6f450"
down_revision = "0d9a5f3c8e16"
branch_labels = None
depends_on = None

KEEP_IDS = {"sqlite_autoincrement": True}


def upgrade() -> None:
    with op.batch_alter_table("learners", table_kwargs=KEEP_IDS) as learners:
        learners.add_column(sa.Column("zone", sa.Text(), nullable=True))
        learners.add_column(
            sa.Column("day_starts", sa.Integer(), server_default=sa.text("4"), nullable=False)
        )
        learners.add_column(
            sa.Column("reviews_a_day", sa.Integer(), server_default=sa.text("20"), nullable=False)
        )
        learners.add_column(
            sa.Column("reminders", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        learners.create_check_constraint(
            op.f("ck_learners_day_starts"), "day_starts >= 0 AND day_starts <= 12"
        )
        learners.create_check_constraint(op.f("ck_learners_reviews_a_day"), "reviews_a_day > 0")


def downgrade() -> None:
    with op.batch_alter_table("learners", table_kwargs=KEEP_IDS) as learners:
        learners.drop_constraint(op.f("ck_learners_reviews_a_day"), type_="check")
        learners.drop_constraint(op.f("ck_learners_day_starts"), type_="check")
        for column in ("reminders", "reviews_a_day", "day_starts", "zone"):
            learners.drop_column(column)
