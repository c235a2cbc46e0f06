"""Who has left a workspace, or was deactivated, is noticed by asking Slack of one at a time."""

from datetime import timedelta

import pytest

from bot.core.communities.attendance import BELIEVED, SILENT, Attendance
from bot.core.communities.model import Place, Visibility
from bot.core.communities.presence import register_presence
from bot.core.errors import Undeliverable
from bot.core.leaderboard.consequences import award_points
from bot.core.leaderboard.service import Boards
from bot.core.leaderboard.visibility import VisibilitySettings
from bot.core.practice.answering import Answering
from bot.core.practice.model import Purpose
from bot.platforms.slack.people import account
from knowledge.bank import QuestionBank
from tests.builders import a_post
from tests.core.samples import DRIFT, Studio
from tests.platforms.slack.conftest import Office
from tests.platforms.slack.emulator.state import TEAM


class Board:
    """The board of a workspace on which Ada and Bob stand, as Ada sees it."""

    def __init__(self, office: Office, bank: QuestionBank) -> None:
        self.office = office
        self.place = Place(TEAM, office.channel)
        work, clock = office.unit_of_work, office.clock
        self.attendance = Attendance(work, clock, {"slack": office.platform.members})
        self.boards = Boards(work, clock, Studio, self.attendance)
        answering = Answering(bank, office.grader, work, clock, (award_points,))
        people = {"Ada": office.ada, "Bob": office.bob}
        with work() as uow:
            channel = register_presence(uow, account(TEAM, office.ada), self.place, clock.at)
            post = a_post(uow, channel.channel_id or 0, clock.at.date(), question_id=DRIFT)
            uow.commit()
        for name, person in people.items():
            user = account(TEAM, person, name)
            with work() as uow:
                here = register_presence(uow, user, self.place, clock.at)
                ask = uow.asks.add(
                    here.learner.id,
                    DRIFT,
                    clock.at,
                    purpose=Purpose.DAILY,
                    community_id=here.community_id,
                    channel_id=here.channel_id,
                    post_id=post.id,
                )
                attempt = answering.store(uow, ask, f"Something changes, says {name}.")
                uow.commit()
            answering.grade(attempt)
            VisibilitySettings(work, clock).show_as(user, self.place, Visibility.NAMED)

    @property
    def names(self) -> list[str]:
        ada = account(TEAM, self.office.ada, "Ada")
        return sorted(row.name for row in self.boards.board(ada, self.place).figures.rows)


@pytest.fixture
def board(office: Office, bank: QuestionBank) -> Board:
    return Board(office, bank)


def test_only_slack_saying_so_makes_somebody_a_leaver(office: Office) -> None:
    members, slack = office.platform.members, office.slack
    assert members.is_member(TEAM, office.ada)

    slack.users[office.ada]["deleted"] = True
    assert not members.is_member(TEAM, office.ada)
    assert not members.is_member(TEAM, "U0NOBODY")

    for kind, value in (("ratelimited", 30), ("http", 503), ("error", "user_not_visible")):
        slack.fault("users.info", kind, value=value)
        with pytest.raises(Undeliverable):
            members.is_member(TEAM, office.bob)
    assert members.is_member(TEAM, office.bob)


def test_a_deactivated_account_is_off_the_board_until_it_is_back(
    office: Office, board: Board
) -> None:
    assert board.names == ["Ada", "Bob"]
    office.slack.users[office.bob]["deleted"] = True
    office.clock.pass_by(BELIEVED)
    assert board.names == ["Ada"]

    office.slack.users[office.bob]["deleted"] = False
    board.attendance.take_turn()
    assert board.names == ["Ada", "Bob"]


def test_a_workspace_at_its_limit_keeps_everybody_on_its_board(
    office: Office, board: Board
) -> None:
    office.slack.users[office.bob]["deleted"] = True
    office.slack.fault("users.info", "ratelimited", value=30)
    assert board.names == ["Ada", "Bob"]
    assert len([1 for name, _, _ in office.slack.log if name == "users.info"]) == 1

    office.clock.pass_by(SILENT + timedelta(seconds=1))
    assert board.names == ["Ada"]
