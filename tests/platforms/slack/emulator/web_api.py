"""The methods of the Web API that the coach calls, each as Slack answers it."""

from typing import Any

from tests.platforms.slack.emulator.state import APP_ID, BOT_ID, BOT_USER, Json, Refused, State


class WebApi:
    """Carry out calls on the state."""

    def __init__(self, state: State, url: str) -> None:
        self._state = state
        self._url = url

    def call(self, method: str, arguments: Json, token: str) -> Json:
        found = getattr(self, method.replace(".", "_"), None)
        if found is None:
            raise Refused("unknown_method")
        if method not in {"oauth.v2.access", "apps.connections.open"}:
            if token not in self._state.tokens:
                raise Refused("invalid_auth")
            needed = self._state.tokens[token].get("without", ())
            if method in needed:
                raise Refused("missing_scope")
        answer: Json = found(arguments, token)
        return answer

    def auth_test(self, _: Json, token: str) -> Json:
        team = self._state.tokens[token]["team"]
        return {"team_id": team, "user_id": BOT_USER, "bot_id": BOT_ID, "url": self._url}

    def apps_connections_open(self, _: Json, token: str) -> Json:
        if not token.startswith("xapp-"):
            raise Refused("not_allowed_token_type")
        return {"url": f"{self._url.replace('http', 'ws')}/link"}

    def chat_postMessage(self, arguments: Json, _: str) -> Json:  # noqa: N802 Slack's name
        channel = self._state.place(arguments["channel"])
        message = self._state.post(channel, arguments)
        return {"channel": channel, "ts": message["ts"], "message": message}

    def chat_postEphemeral(self, arguments: Json, _: str) -> Json:  # noqa: N802
        channel = self._state.place(arguments["channel"])
        kept = {"channel": channel, "user": arguments["user"], **self._state.said(arguments)}
        self._state.ephemeral.append(kept)
        return {"message_ts": self._state.ts()}

    def chat_update(self, arguments: Json, _: str) -> Json:
        channel = self._state.place(arguments["channel"])
        message = self._state.messages[channel].get(arguments["ts"])
        if message is None:
            raise Refused("message_not_found")
        if message["user"] != BOT_USER:
            raise Refused("cant_update_message")
        message.update(self._state.said(arguments))
        return {"channel": channel, "ts": message["ts"], "message": message}

    def conversations_history(self, arguments: Json, _: str) -> Json:
        messages = self._state.messages[self._state.place(arguments["channel"])]
        oldest = float(arguments.get("oldest") or 0)
        found = [
            one
            for one in reversed(messages.values())
            if float(one["ts"]) >= oldest and one.get("thread_ts") in {None, one["ts"]}
        ]
        return {"messages": found[: int(arguments.get("limit") or 100)], "has_more": False}

    def conversations_replies(self, arguments: Json, _: str) -> Json:
        messages = self._state.messages[self._state.place(arguments["channel"], post=False)]
        ts = arguments["ts"]
        found = [one for one in messages.values() if ts in {one["ts"], one.get("thread_ts")}]
        return {"messages": found, "has_more": False}

    def conversations_info(self, arguments: Json, _: str) -> Json:
        return {
            "channel": self._state.channels[self._state.place(arguments["channel"], post=False)]
        }

    def conversations_open(self, arguments: Json, _: str) -> Json:
        user = arguments["users"]
        if user not in self._state.users:
            raise Refused("user_not_found")
        return {"channel": {"id": self._state.dm(user)}}

    def users_info(self, arguments: Json, _: str) -> Json:
        if arguments["user"] not in self._state.users:
            raise Refused("user_not_found")
        return {"user": self._state.users[arguments["user"]]}

    def views_open(self, arguments: Json, _: str) -> Json:
        trigger = self._state.use(arguments["trigger_id"])
        number = f"V{self._state.numbers():07d}"
        view = self._state.view(arguments["view"], id=number, root_view_id=number)
        self._state.views[number] = view | {"_user": trigger["user"]}
        return {"view": view}

    def views_push(self, arguments: Json, _: str) -> Json:
        trigger = self._state.use(arguments["trigger_id"])
        below = self._state.views[trigger["view"]]
        number = f"V{self._state.numbers():07d}"
        view = self._state.view(arguments["view"], id=number, root_view_id=below["id"])
        self._state.views[number] = view | {"_user": trigger["user"]}
        return {"view": view}

    def views_update(self, arguments: Json, _: str) -> Json:
        view = self._state.views.get(arguments.get("view_id", ""))
        if view is None:
            raise Refused("not_found")
        if arguments.get("hash") and arguments["hash"] != view["hash"]:
            raise Refused("hash_conflict")
        self._state.replace(view, arguments["view"])
        return {"view": view}

    def views_publish(self, arguments: Json, _: str) -> Json:
        before = self._state.home.get(arguments["user_id"])
        if arguments.get("hash") and before and arguments["hash"] != before["hash"]:
            raise Refused("hash_conflict")
        for block in arguments["view"]["blocks"]:
            file = self._state.files.get(block.get("slack_file", {}).get("id", ""), {})
            if "slack_file" in block and file.get("channel") != self._state.dm(
                arguments["user_id"]
            ):
                raise Refused("invalid_blocks")  # nobody sees what was not sent to them
        view = self._state.view(arguments["view"], id=f"V{self._state.numbers():07d}")
        self._state.home[arguments["user_id"]] = view
        return {"view": view}

    def files_getUploadURLExternal(self, arguments: Json, _: str) -> Json:  # noqa: N802
        number = f"F{self._state.numbers():07d}"
        kept = ("filename", "length", "alt_txt")
        self._state.uploads[number] = {"id": number} | {k: arguments.get(k) for k in kept}
        return {"file_id": number, "upload_url": f"{self._url}/upload/{number}"}

    def files_completeUploadExternal(self, arguments: Json, _: str) -> Json:  # noqa: N802
        done: list[Json] = []
        for each in arguments["files"]:
            file = self._state.uploads.get(each["id"], {})
            if len(file.get("data", b"")) != int(file.get("length") or -1):
                raise Refused("file_update_failed")
            file |= {"title": each.get("title"), "channel": arguments.get("channel_id")}
            self._state.files[each["id"]] = file
            done.append({"id": each["id"], "title": each.get("title")})
        if arguments.get("channel_id"):
            channel = self._state.place(arguments["channel_id"])
            ts = self._state.ts()
            text = arguments.get("initial_comment") or ""
            self._state.messages[channel][ts] = {
                "ts": ts,
                "user": BOT_USER,
                "text": text,
                "files": done,
            }
        return {"files": done}

    def files_delete(self, arguments: Json, _: str) -> Json:
        if self._state.files.pop(arguments["file"], None) is None:
            raise Refused("file_not_found")
        return {}

    def oauth_v2_access(self, arguments: Json, _: str) -> Json:
        refreshes = arguments.get("grant_type") == "refresh_token"
        given = arguments.get("refresh_token" if refreshes else "code", "")
        known = self._state.refreshing if refreshes else self._state.codes
        team = known.pop(given, None)
        if team is None:
            raise Refused("invalid_refresh_token" if refreshes else "invalid_code")
        token = f"xoxb-{team}-{self._state.numbers()}"
        self._state.tokens[token] = {"team": team}
        whole = team.startswith("E")
        answer: dict[str, Any] = {
            "access_token": token,
            "token_type": "bot",
            "scope": "chat:write,commands",
            "bot_user_id": BOT_USER,
            "app_id": APP_ID,
            "team": None if whole else {"id": team, "name": f"Workspace {team}"},
            "enterprise": {"id": team, "name": "All of it"} if whole else None,
            "is_enterprise_install": whole,
            "authed_user": {"id": self._state.installer},
        }
        if refreshes:
            renewed = f"xoxe-{self._state.numbers()}"
            self._state.refreshing[renewed] = team
            answer |= {"refresh_token": renewed, "expires_in": 43_200}
        return answer
