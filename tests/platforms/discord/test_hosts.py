"""Commands of hosts in their group: native options, and nothing of it for anybody else."""

from collections.abc import Callable

from bot.platforms.discord.words import COACH_COMMANDS
from grading.corpus import Corpus
from knowledge.uploads import template
from tests.platforms.discord.stage import Play, Stage, host, labels, name_of, shown, told

Player = Callable[[Play], None]
ANSWER = "The relationship between inputs and target changes."


def test_a_host_brings_questions_in_a_file(play: Player, corpus: Corpus):
    async def scene(on: Stage) -> None:
        on.house.corpus = corpus
        await on.restart()
        helen, (name, text) = host(on), template("csv")
        add, file = "coach question add", (name, text.encode())

        too_large = await helen.slash(on.channel, add, file=("big.csv", b"x" * 200_001))
        assert "200" in shown(too_large)

        done = await helen.slash(on.channel, add, file=file)

        assert "added" in shown(done).lower()
        offered = await on.ada.autocomplete(on.channel, "ask", "about", "true labels arrive")
        asked = await on.ada.slash(on.channel, "ask", about=offered[0]["value"])
        assert "true labels arrive weeks later" in shown(asked)
        listed = shown(await helen.slash(on.channel, "coach question list"))
        assert text.splitlines()[1].split(",")[0].strip('"')[:20] in listed
        edited = await helen.slash(on.channel, "coach question edit", file=file, anyway=True)
        assert "Replaced" in shown(edited)
        wrong = await helen.slash(on.channel, "coach question edit", question="no such", file=file)
        assert "no-such" in shown(wrong)

    play(scene)


def test_a_question_is_named_while_typing_and_retired(play: Player, corpus: Corpus):
    async def scene(on: Stage) -> None:
        on.house.corpus = corpus
        await on.restart()
        helen, (name, text) = host(on), template("csv")
        await helen.slash(on.channel, "coach question add", file=(name, text.encode()))

        retire = "coach question retire"
        (offered,) = await helen.autocomplete(on.channel, retire, "question", "labels")
        retired = await helen.slash(on.channel, retire, question=offered["value"])

        assert "won't be asked any more" in shown(retired)
        assert not await helen.autocomplete(on.channel, retire, "question", "labels")
        again = await helen.slash(on.channel, retire, question=offered["value"])
        assert "</coach question list:" in shown(again)

    play(scene)


def test_a_suggestion_is_declined_by_its_number(play: Player, corpus: Corpus):
    async def scene(on: Stage) -> None:
        on.house.corpus = corpus
        await on.restart()
        helen = host(on)
        points = "It has a first side | It has a second side | It has a third side"
        words = f"monitoring: Which three sides has a triangle of alerts? | {points}"
        await on.ada.slash(on.channel, "suggest", question=words)

        waiting = shown(await helen.slash(on.channel, "coach question suggestions"))
        assert "</coach question accept:" in waiting
        declined = await helen.slash(on.channel, "coach question decline", number=1)

        assert "Declined" in shown(declined)
        gone = await helen.slash(on.channel, "coach question accept", number=1)
        assert "</coach question suggestions:" in shown(gone)

    play(scene)


def test_a_member_goes_off_the_boards_and_comes_back(play: Player):
    async def scene(on: Stage) -> None:
        helen = host(on)
        await on.ada.slash(on.channel, "visibility", shown="named")

        excluded = await helen.slash(
            on.channel, "coach exclude", member=on.ada, reason="a second account"
        )
        listed = shown(await helen.slash(on.channel, "coach exclude"))
        included = await helen.slash(on.channel, "coach include", member=on.ada)

        assert "Ada" in shown(excluded)
        assert "</coach include:" in shown(excluded)
        assert "a second account" in listed
        assert "Ada" in shown(included)
        audit = shown(await helen.slash(on.channel, "coach audit"))
        assert "a second account" in audit
        assert audit.count("Helen") >= 2
        strangers = shown(await helen.slash(on.channel, "coach exclude", name="Nobody, Inc."))
        assert "Nobody" in strangers

    play(scene)


def test_several_rules_change_at_once(play: Player):
    async def scene(on: Stage) -> None:
        helen = host(on)

        done = await helen.slash(on.channel, "coach rules", staff=False, keep="90")

        assert "90 days" in shown(done)
        wrong = await helen.slash(on.channel, "coach rules", season="soon")
        assert "</coach rules:" in shown(wrong)

    play(scene)


def test_appeals_flags_and_gaps_are_looked_at(play: Player):
    async def scene(on: Stage) -> None:
        helen = host(on)
        asked = await on.ada.slash(on.channel, "ask", about="drift")
        await on.answers(on.ada, asked.response, ANSWER)
        await on.ada.slash(on.channel, "flag", kind="unclear", remark="Which drift?")

        flagged = shown(await helen.slash(on.channel, "coach flags"))
        done = shown(await helen.slash(on.channel, "coach flags", done=1))

        assert "Which drift?" in flagged
        assert "</coach flags:" in flagged
        assert "Which drift?" not in shown(await helen.slash(on.channel, "coach flags")), done
        assert "No open appeals" in shown(await helen.slash(on.channel, "coach appeals"))
        nothing = await helen.slash(on.channel, "coach appeals", decision="decline", number=4)
        assert "4" in shown(nothing)
        assert "</coach appeals:" in shown(nothing)
        numberless = await helen.slash(on.channel, "coach appeals", decision="accept")
        assert "</coach appeals:" in shown(numberless)
        assert "people" in shown(await helen.slash(on.channel, "coach gaps"))
        assert "It's too early" in shown(await helen.slash(on.channel, "coach changes"))

    play(scene)


def test_the_group_is_hidden_from_all_others_and_listed_for_hosts(play: Player):
    async def scene(on: Stage) -> None:
        helen = host(on)

        theirs = set(on.ada.available_commands(on.channel))
        known = set(helen.available_commands(on.channel))

        table = on.client.handling.desk.commands.values()
        shown_here = [each for each in table if each.name != "daily set" and not each.hidden]
        assert {name_of(each) for each in shown_here} <= known
        assert {f"coach {act}" for act in COACH_COMMANDS} <= known
        assert not {name for name in theirs if name.startswith("coach")}
        helped = shown(await helen.slash(on.channel, "help"))
        assert "</coach question add:" in helped
        assert "</coach question add:" not in shown(await on.ada.slash(on.channel, "help"))

    play(scene)


def test_a_server_is_greeted_with_a_button_that_opens_the_set_up_for_hosts_alone(play: Player):
    async def scene(on: Stage) -> None:
        helen = host(on)
        guild = on.client.get_guild(on.channel.guild.id)
        await on.client.on_guild_join(guild)
        greeting = on.channel.last_message
        assert "Thanks for inviting me" in told(greeting)
        assert labels(greeting) == ["Set up a daily question"]

        panel = await helen.click(greeting, label="Set up a daily question")
        assert panel.ephemeral
        assert "This is what I propose" in shown(panel)
        refused = await on.ada.click(greeting, label="Set up a daily question")
        assert "for the hosts of this community" in shown(refused)

    play(scene)
