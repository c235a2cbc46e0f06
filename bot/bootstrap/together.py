"""What people do in a community: daily questions, boards, appeals, questions of their own."""

from bot.bootstrap.part import part
from bot.bootstrap.practising import Practising
from bot.core.accounts.commands import AccountCommands
from bot.core.appeals.commands import AppealCommands
from bot.core.appeals.decisions import AppealDecisions
from bot.core.appeals.regrading import Regrading
from bot.core.appeals.service import Appeals
from bot.core.coach.commands import practice_commands
from bot.core.commands import Command
from bot.core.communities.rules import HouseRules
from bot.core.daily.answering import DailyPractice
from bot.core.daily.commands import DailyCommands
from bot.core.daily.setup import DailyPlans
from bot.core.flags.service import Flags
from bot.core.grader_card import GraderCommands
from bot.core.insights.service import Insights
from bot.core.leaderboard.consequences import recompute_points
from bot.core.leaderboard.exclusions import Exclusions
from bot.core.leaderboard.service import Boards
from bot.core.leaderboard.visibility import VisibilitySettings
from bot.core.overview.service import Overviews
from bot.core.own_questions.commands import OwnQuestionCommands
from bot.core.own_questions.service import OwnQuestions
from bot.core.own_questions.suggestions import SuggestedQuestions
from bot.core.privacy.commands import PrivacyCommands
from grading.resemblance import Resemblance


class Together(Practising):
    """What people do in a community: daily questions, boards, appeals, questions of their own."""

    @part
    def daily_plans(self) -> DailyPlans:
        """The use cases of those who run a daily question."""
        return DailyPlans(self.bank, self.unit_of_work, self.clock, discreet={"discord"})

    @part
    def daily_practice(self) -> DailyPractice:
        """The use cases of those who answer a daily question."""
        return DailyPractice(self.bank, self.unit_of_work, self.clock)

    @part
    def overviews(self) -> Overviews:
        """The use case of an overview at a glance."""
        return Overviews(self.bank, self.unit_of_work, self.clock)

    @part
    def boards(self) -> Boards:
        """The use cases of leaderboards."""
        return Boards(self.unit_of_work, self.clock, lambda: self.painter, self.files)

    @part
    def seeing(self) -> VisibilitySettings:
        """The use cases about what others see of a learner."""
        return VisibilitySettings(self.unit_of_work, self.clock)

    @part
    def exclusions(self) -> Exclusions:
        """The use cases of hosts about who and what is ranked."""
        return Exclusions(self.unit_of_work, self.clock)

    @part
    def regrading(self) -> Regrading:
        """What grades earlier answers again; run it at the start and now and then."""
        return Regrading(
            self.bank,
            self.grader,
            self.unit_of_work,
            self.clock,
            self.variants.of,
            (recompute_points,),
        )

    @part
    def appeals(self) -> Appeals:
        """The use cases of appeals, for learners."""
        return Appeals(self.bank, self.unit_of_work, self.clock)

    @part
    def hearings(self) -> AppealDecisions:
        """The use cases of appeals, for hosts."""
        return AppealDecisions(
            self.bank,
            self.unit_of_work,
            self.clock,
            Resemblance(self.corpus),
            self.regrading.run_pending,
        )

    @part
    def flags(self) -> Flags:
        """The use cases of flags on questions."""
        return Flags(self.bank, self.unit_of_work, self.clock)

    @part
    def own_questions(self) -> OwnQuestions:
        """The use cases of communities' own questions."""
        return OwnQuestions(self.shipped, self.finder_among, self.unit_of_work, self.clock)

    @part
    def suggested_questions(self) -> SuggestedQuestions:
        """The use cases of questions that members suggest."""
        return SuggestedQuestions(self.shipped, self.finder_among, self.unit_of_work, self.clock)

    @part
    def insights(self) -> Insights:
        """The use cases of what many answers tell."""
        from bot.storage.repositories import SqlCohorts

        cohorts = SqlCohorts(self.engine)
        return Insights(self.bank, self.shelves, self.unit_of_work, cohorts)

    @part
    def commands(self) -> tuple[Command, ...]:
        """What a person can ask for by name, beside asking and answering."""
        return (
            *practice_commands(self.coach),
            *AccountCommands(self.accounts).commands(),
            *self.reviews.commands(),
            *self.interviews.commands(),
            *self.progressing.commands(),
            *self.flags.commands(),
            *AppealCommands(self.appeals, self.hearings, self.bank).commands(),
            *OwnQuestionCommands(
                self.own_questions, self.suggested_questions, self.files, self.insights
            ).commands(),
            *self.insights.commands(),
            *self.streaks.commands(),
            *self.owed.commands(),
            *DailyCommands(self.bank, self.daily_practice, self.daily_plans).commands(),
            *self.boards.commands(),
            *self.seeing.commands(),
            *self.exclusions.commands(),
            *HouseRules(self.unit_of_work, self.clock).commands(),
            *GraderCommands().commands(),
            *PrivacyCommands(self.privacy, self.files).commands(),
        )
