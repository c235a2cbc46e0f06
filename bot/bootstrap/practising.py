"""What learners do: answer, review, be interviewed, see how they are doing."""

import atexit
from typing import TYPE_CHECKING

from bot.bootstrap.grading import Grading
from bot.bootstrap.part import part
from bot.core.accounts.service import Accounts
from bot.core.appeals.regrading import order_if_missed
from bot.core.coach.late_grades import LateGrades
from bot.core.coach.service import Coach
from bot.core.daily.discussions import remark_on_discussion
from bot.core.interviews.answers import InterviewAnswers
from bot.core.interviews.report import InterviewReports
from bot.core.interviews.screen import InterviewScreen
from bot.core.interviews.service import Interviews
from bot.core.leaderboard.consequences import award_points, remark_on_points
from bot.core.notifications.service import Notices
from bot.core.practice.answering import Answering
from bot.core.practice.consequences import update_ratings
from bot.core.progress.service import ProgressReports
from bot.core.progress.sources import Sources
from bot.core.progress.standing import Standing
from bot.core.questions.variants import Variants
from bot.core.reviews.consequences import update_card
from bot.core.reviews.service import Reviews
from bot.core.streaks.consequences import record_active_day
from bot.core.streaks.quiet_days import quiet_days
from bot.core.streaks.service import Streaks
from bot.platforms.terminal.files import TerminalFiles
from bot.platforms.terminal.person import PLATFORM
from bot.platforms.tray import FilesByPlatform, TrayFiles

if TYPE_CHECKING:
    from bot.pictures.painter import Painter


class Practising(Grading):
    """What learners do: answer, review, be interviewed, see how they are doing."""

    @part
    def variants(self) -> Variants:
        """The questions as communities have them."""
        return Variants(self.unit_of_work)

    @part
    def answering(self) -> Answering:
        """How answers are taken and graded, with everything that follows from a grade."""
        consequences = (
            update_card,
            update_ratings,
            record_active_day,
            award_points,
            order_if_missed,
        )
        return Answering(
            self.bank,
            self.grader,
            self.unit_of_work,
            self.clock,
            consequences,
            self.variants.of,
        )

    @part
    def coach(self) -> Coach:
        """The use cases of practice.

        Raises:
            StorageError: the database cannot be opened or upgraded.
            InvalidBank: a question file has faults.
        """
        return Coach(
            self.bank,
            self.answering,
            self.shelves,
            self.unit_of_work,
            self.clock,
            InterviewAnswers(
                self.bank, self.answering, self.unit_of_work, self.clock, self.interview_screen
            ),
            (remark_on_points, self.streaks.remark, remark_on_discussion),
        )

    @part
    def accounts(self) -> Accounts:
        """The use cases about accounts and settings."""
        return Accounts(self.unit_of_work, self.clock)

    @part
    def reviews(self) -> Reviews:
        """The use cases of reviews."""
        return Reviews(self.bank, self.unit_of_work, self.clock)

    @part
    def streaks(self) -> Streaks:
        """The use cases of streaks."""
        return Streaks(self.unit_of_work, self.clock, quiet_days(self.clock, {PLATFORM}))

    @part
    def files(self) -> FilesByPlatform:
        """Where files for a person go: into a folder, or with a message."""
        return FilesByPlatform(
            {"terminal": TerminalFiles(), "discord": TrayFiles(), "slack": TrayFiles()}
        )

    @part
    def painter(self) -> "Painter":
        """What draws; its process starts with the first picture and ends with this one."""
        from bot.pictures.painter import Painter
        from bot.pictures.worker import RenderProcess

        painter = Painter(RenderProcess())
        atexit.register(painter.close)
        return painter

    @part
    def progressing(self) -> ProgressReports:
        """The use cases about how a learner is doing."""
        return ProgressReports(
            self.bank,
            self.unit_of_work,
            self.clock,
            lambda: self.painter,
            self.files,
            self.standing,
        )

    @part
    def standing(self) -> Standing:
        """Where the figures beside the answers come from."""
        sources = Sources(self.bank)
        return Standing(
            skills=sources.skills, forecast=sources.forecast, streak=self.streaks.figures
        )

    @part
    def interview_reports(self) -> InterviewReports:
        """The use cases of reports on interviews."""
        return InterviewReports(
            self.bank,
            self.answering,
            self.unit_of_work,
            self.clock,
            lambda: self.painter,
            self.files,
        )

    @part
    def interview_screen(self) -> InterviewScreen:
        """What stands on the screen in an interview."""
        return InterviewScreen(self.bank, self.clock, self.interview_reports)

    @part
    def interviews(self) -> Interviews:
        """The use cases of interviews as a whole."""
        return Interviews(
            self.bank,
            self.unit_of_work,
            self.clock,
            self.interview_screen,
            self.interview_reports,
            self.shelves,
        )

    @part
    def notices(self) -> Notices:
        """The use case of what learners should hear of."""
        return Notices(self.unit_of_work, self.clock)

    @part
    def owed(self) -> LateGrades:
        """What sees to it that late grades arrive."""
        return LateGrades(self.bank, self.answering, self.coach, self.unit_of_work, self.clock)
