"""Who stands on boards: kept with their points, so that a board is one range of an index.

Whatever may change it calls this module in the same transaction; a test holds it to the rule.
"""

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from bot.core.communities.model import Role
from bot.storage.orm import MembershipRow

SHOWN = (
    "EXISTS (SELECT 1 FROM memberships JOIN communities "
    "ON communities.id = memberships.community_id "
    "WHERE memberships.community_id = :community_id AND memberships.learner_id = :learner_id "
    "AND memberships.left_at IS NULL AND memberships.visibility IN ('named', 'anonymous') "
    "AND (memberships.role = 'member' OR memberships.role = 'staff' AND communities.staff_ranked) "
    "AND NOT EXISTS (SELECT 1 FROM exclusions WHERE exclusions.community_id = :community_id "
    "AND exclusions.learner_id = :learner_id))"
)
"""Whether a learner stands on the boards of a community: they are there, agreed to be seen, are
no bot, staff only where staff is ranked, and no host took them off."""

_SHOW_ANEW = text(
    "UPDATE points SET shown = NOT shown "  # noqa: S608 made of constants
    f"WHERE learner_id = :learner_id AND community_id = :community_id AND shown <> {SHOWN}"
)


def update_shown(session: Session, community_id: int, learner_id: int) -> None:
    """Put a learner on the boards of a community, or take them off, as is right now."""
    session.execute(_SHOW_ANEW, {"community_id": community_id, "learner_id": learner_id})


def update_shown_staff(session: Session, community_id: int) -> None:
    """Do so for its staff, after the community chose whether staff is ranked."""
    staff = select(MembershipRow.learner_id).where(
        MembershipRow.community_id == community_id, MembershipRow.role == Role.STAFF.value
    )
    for learner_id in session.scalars(staff).all():
        update_shown(session, community_id, learner_id)
