"""The use cases of leaderboards: who stands where, in words and as a picture."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.core.accounts.model import PlatformUser
from bot.core.calendar.days import local_day, zone_of
from bot.core.calendar.periods import DateRange, Period
from bot.core.champions import words as champions_words
from bot.core.commands import Command, Request, where_given
from bot.core.communities.attendance import Attendance
from bot.core.communities.model import Community, Place, Visibility, in_community
from bot.core.communities.presence import Presence, register_presence
from bot.core.errors import OnlyInCommunity
from bot.core.figures import BoardFigures, BoardRow, Picture, Theme
from bot.core.leaderboard import words as leaderboard_words
from bot.core.leaderboard.model import (
    AROUND,
    PAGE_SIZE,
    SINCE_EVER,
    TOP,
    BoardKey,
    Gap,
    OwnRank,
    Row,
    days_of_period,
    joined,
    last_closed_period,
)
from bot.core.leaderboard.parsing import BOARD, BoardOrder, Scope, board_order
from bot.core.leaderboard.ports import Excerpt, Exclusion
from bot.core.ports import Clock, Paints
from bot.core.progress import words as progress_words
from bot.core.rate_limits.model import Cost
from bot.core.reply import Block, Reply
from bot.core.unit_of_work import UnitOfWork

MOST_LOOKS = 4
"""A board is put together so often at most, as those who move up may have left too."""


@dataclass(frozen=True)
class Board:
    """A part of a board as one learner sees it.

    Attributes:
        order: what was asked for.
        days: the days that it sums.
        standing: who stands in its rows.
        figures: its rows, for words and pictures.
        own: where the learner stands or would stand, for their eyes only.
        page: the number of the page; None for the top and the learner's own rows.
        pages: how many there are.
        reply: all of it in words.
    """

    order: BoardOrder
    days: DateRange
    standing: tuple[int, ...]
    figures: BoardFigures
    own: OwnRank | None
    page: int | None
    pages: int
    reply: Reply


class Boards:
    """Show leaderboards."""

    def __init__(
        self,
        unit_of_work: Callable[[], UnitOfWork],
        clock: Clock,
        painter: Callable[[], Paints],
        attendance: Attendance,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._painter = painter
        self._attendance = attendance

    def commands(self) -> tuple[Command, ...]:
        """Return the entry for the command table."""
        return (
            Command(
                "leaderboard",
                "see who earned how many points with the question of the day",
                self.run,
                BOARD,
                costs=where_given("picture", Cost.PICTURE),
            ),
        )

    def run(self, request: Request) -> Reply:
        """Show a board, or hand out its picture.

        Raises:
            OnlyInCommunity: it was asked in private.
            PictureUnavailable: it could not be drawn.
        """
        user, order = request.user, board_order(request)
        if not request.flag("picture"):
            return self.show(user, request.place, order).reply
        picture = self.picture(user, request.place, order)
        return progress_words.pictured(picture)

    def board(
        self,
        user: PlatformUser,
        place: Place | None,
        period: Period = Period.MONTH,
        scope: Scope = Scope.COMMUNITY,
        page: int | None = None,
        *,
        last: bool = False,
    ) -> Board:
        """Show a board by its parts, as buttons name them; see `show`."""
        return self.show(user, place, BoardOrder(period, scope, page, last))

    def show(self, user: PlatformUser, place: Place | None, order: BoardOrder) -> Board:
        """Return the top and the learner's own rows, or a page, with where they stand.

        Others who stand there are looked up first, so that nobody does who has left.

        Raises:
            OnlyInCommunity: it was asked in private, or for a channel outside of any.
        """
        now = self._clock.now()
        for looks_left in reversed(range(MOST_LOOKS)):
            with self._unit_of_work() as uow:
                here = register_presence(uow, user, in_community(place), now)
                seen = _look(uow, here, order, now)
                uow.commit()
            others = [each for each in seen.standing if each != here.learner.id]
            community = here.community
            if not (community and looks_left):
                break
            if not self._attendance.see_off_if_told(community, others):
                break
        return seen

    def picture(
        self,
        user: PlatformUser,
        place: Place | None,
        order: BoardOrder | None = None,
        theme: Theme = Theme.DARK,
    ) -> Picture:
        """Return the picture of a board, with the words that stand in for it.

        Raises:
            OnlyInCommunity: it was asked in private, or for a channel outside of any.
            PictureUnavailable: it could not be drawn.
        """
        return self._painter().paint(self.show(user, place, order or BoardOrder()).figures, theme)


def _look(uow: UnitOfWork, here: Presence, order: BoardOrder, now: datetime) -> Board:
    community, channel = here.community, here.channel
    if community is None or (order.scope is Scope.CHANNEL and channel is None):
        raise OnlyInCommunity
    in_channel = order.scope is Scope.CHANNEL
    span = last_closed_period if order.last else days_of_period
    days = span(_today(uow, here, now), order.period, community.seasons_start)
    channel_id = here.channel_id if in_channel else None
    key = BoardKey(community.id, channel_id, order.period, days.start or SINCE_EVER)
    excerpt = _excerpt(uow, key, here.learner.id, order.page)
    figures = BoardFigures(
        title=channel.name if in_channel and channel else community.name,
        period=leaderboard_words.period_name(order.period, days),
        rows=_rows(excerpt, community, key, here.learner.id),
        learners=excerpt.of,
    )
    own = excerpt.own
    pages = max(1, -(-excerpt.of // PAGE_SIZE))
    page = None if order.page is None else min(max(1, order.page), pages)
    seen = here.membership.visibility if here.membership else Visibility.UNASKED
    excluded = uow.exclusions.get(community.id, here.learner.id)
    turned = None if page is None else (page, pages)
    reply = leaderboard_words.leaderboard(
        figures,
        own,
        seen,
        turned,
        off_the_board=_reason(excluded),
        crowned=_crowned(uow, key, order),
        community_id=community.id,
    )
    more = leaderboard_words.onward(figures, turned, order.line)
    reply = replace(reply, choices=(*reply.choices, *more))
    standing = tuple(row.learner_id for row in excerpt.rows)
    return Board(order, days, standing, figures, own, page, pages, reply)


def _today(uow: UnitOfWork, here: Presence, now: datetime) -> date:
    """Return the local day of the channel, else of the community's first, else the learner's."""
    plan = uow.plans.get(here.channel.id) if here.channel else None
    plans = (plan,) if plan else uow.plans.of_community(here.community_id or 0)
    if plans:
        return local_day(now, zone_of(plans[0].schedule.zone))
    zone = here.learner.settings.zone
    return local_day(now, ZoneInfo(zone) if zone else UTC)


def _excerpt(uow: UnitOfWork, key: BoardKey, learner_id: int, page: int | None) -> Excerpt:
    if page is not None:
        return uow.boards.page(key, page, PAGE_SIZE, learner_id)
    return uow.boards.around(key, learner_id, TOP, AROUND)


def _rows(
    excerpt: Excerpt, community: Community, key: BoardKey, learner_id: int
) -> tuple[BoardRow, ...]:
    rows: list[BoardRow] = []
    gap = False
    for piece in joined(excerpt.rows):
        if isinstance(piece, Gap):
            gap = bool(rows)  # what stands before a page is no gap in it
            continue
        mine = piece.learner_id == learner_id
        name = _name(piece, community, key)
        rows.append(BoardRow(piece.rank, name, piece.points, is_me=mine, gap=gap))
        gap = False
    return tuple(rows)


def _name(row: Row, community: Community, key: BoardKey) -> str:
    """Return the name, or a made-up one that stays the same in this community and period.

    When the community came is known to nobody outside of the database, so that nobody can try out
    which learner a made-up name belongs to.
    """
    if row.name is not None:
        return row.name
    known = (community.id, community.created_at.isoformat(), key.period, key.start, row.learner_id)
    return leaderboard_words.pseudonym("|".join(map(str, known)))


def _crowned(uow: UnitOfWork, key: BoardKey, order: BoardOrder) -> tuple[Block, ...]:
    """Return the line about the champions of a closed month of the whole community."""
    closed = order.last and order.period is Period.MONTH and key.channel_id is None
    names = uow.champions.names(key.community_id, key.start) if closed else ()
    return champions_words.champions(names, key.start)


def _reason(exclusion: Exclusion | None) -> str | None:
    return None if exclusion is None else exclusion.reason
