"""A stand-in for Telegram's Bot API on loopback, and for the people and chats behind it.

It keeps to the documented behaviour: getUpdates with offsets and long polling, one poller at a
time, webhooks with a secret and redelivery, limits and errors of each method. What the bot
calls is in `calls`, what people see in `chats`.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import math
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web

from tests.support.telegram_rules import (
    MAX_CAPTION,
    MAX_TEXT,
    Refused,
    bad,
    check_commands,
    check_keyboard,
    check_webhook,
    entities_of,
    parse_text,
)
from tests.support.waiting import CEILING, FOR_EVER, until, wait_until

TOKEN = "123456789:AAcanary-Token_ofTheStandInxyz0123456"
BOT = {"id": 123456789, "is_bot": True, "first_name": "Article", "username": "article_bot"}
PNG = b"\x89PNG\r\n\x1a\n"

_LOOK_AGAIN = 0.01

HANG, RESET, LOST = "hang", "reset", "lost"
"""Scripted faults: no answer at all; the connection is cut before, or after, the request is done."""


@dataclass
class Call:
    """One request of the bot."""

    method: str
    params: dict[str, Any]
    status: int = 0
    time: float = field(default_factory=time.monotonic)

    @property
    def chat(self) -> int:
        return int(self.params.get("chat_id", 0))


@dataclass
class Chat:
    """A chat and all that was written in it."""

    data: dict[str, Any]
    messages: list[dict[str, Any]] = field(default_factory=list)
    threads: set[int] = field(default_factory=set)
    blocked: bool = False
    migrated_to: int | None = None
    banned_until: float = 0.0
    """Until when nothing can be sent there, by the monotonic clock."""

    @property
    def said(self) -> list[dict[str, Any]]:
        """What the bot wrote."""
        return [message for message in self.messages if message.get("from", {}).get("id") == BOT["id"]]

    @property
    def texts(self) -> list[str]:
        return [message.get("text") or message.get("caption", "") for message in self.said]


class TelegramApi:
    """The server; use `running()`."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.chats: dict[int, Chat] = {}
        self.commands: list[dict[str, str]] = []
        self.tokens = {TOKEN}
        self.webhook: dict[str, Any] = {}
        self.deliveries: list[int] = []
        """Statuses that the webhook answered with."""
        self.redeliver_after = 0.2
        self.answered: dict[str, str] = {}
        """Callback queries that were acknowledged, with the notice shown."""
        self.port = 0
        self.most_at_once = 100
        self._faults: dict[str, deque[tuple[Any, int | None]]] = defaultdict(deque)
        self._updates: list[dict[str, Any]] = []
        self._ids = itertools.count(1001)
        self._update_ids = itertools.count(700_000_001)
        self._queries: set[str] = set()
        self._poller: asyncio.Future[None] | None = None
        self._lock = threading.RLock()

    # ---- For tests ----------------------------------------------------------------

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @contextmanager
    def running(self, port: int = 0) -> Iterator[TelegramApi]:
        """Serve in a thread of its own."""
        started, loops = threading.Event(), []

        async def main() -> None:
            stop = asyncio.Event()
            loops.append((asyncio.get_running_loop(), stop))
            app = web.Application(client_max_size=50_000_000)
            app.router.add_route("*", "/bot{token}/{method}", self._serve)
            runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
            await runner.setup()
            site = web.TCPSite(runner, "127.0.0.1", port or self.port, reuse_address=True)
            await site.start()
            self.port = site._server.sockets[0].getsockname()[1]
            delivering = asyncio.create_task(self._deliver_all())
            started.set()
            await stop.wait()
            delivering.cancel()
            await asyncio.gather(delivering, return_exceptions=True)
            await runner.cleanup()

        thread = threading.Thread(target=asyncio.run, args=(main(),), daemon=True)
        thread.start()
        if not started.wait(CEILING):
            raise RuntimeError("the stand-in for Telegram did not start")
        try:
            yield self
        finally:
            loop, stop = loops[0]
            loop.call_soon_threadsafe(stop.set)
            thread.join(CEILING)

    def fail(self, method: str, *faults: Any, chat: int | None = None) -> None:
        """Have the next requests of a method fail, one after the other: HANG, RESET, LOST, Refused or None (not)."""
        with self._lock:
            self._faults[method].extend((fault, chat) for fault in faults)

    def heal(self) -> None:
        """Forget all faults that have not happened yet."""
        with self._lock:
            self._faults.clear()

    def of(self, method: str, chat: int | None = None) -> list[Call]:
        """Return the requests of one method."""
        with self._lock:
            return [call for call in self.calls if call.method == method and chat in (None, call.chat)]

    def wait(self, condition: Callable[[], Any]) -> Any:
        """Wait until something is so, and return it."""
        return wait_until(condition, lambda: f"calls: {[(call.method, call.status) for call in self.calls]}")

    def chat(self, chat_id: int, kind: str = "private", forum: bool = False) -> Chat:
        """Return a chat, made unless there is one."""
        with self._lock:
            if chat_id not in self.chats:
                data: dict[str, Any] = {"id": chat_id, "type": kind}
                data.update({"first_name": "Ann"} if kind == "private" else {"title": "Readers"})
                if forum:
                    data["is_forum"] = True
                self.chats[chat_id] = Chat(data)
            return self.chats[chat_id]

    def ban(self, chat_id: int, seconds: float) -> Chat:
        """Take nothing for a chat from now on, and say for how long."""
        chat = self.chat(chat_id)
        chat.banned_until = time.monotonic() + seconds
        return chat

    def write(self, text: str, user: int = 42, chat: Chat | None = None, **more: Any) -> int:
        """Have somebody write a message; returns the update's id."""
        return self.update({"message": self.message(user, chat, text=text, entities=entities_of(text), **more)})

    def message(self, user: int = 42, chat: Chat | None = None, **more: Any) -> dict[str, Any]:
        """Put a message of somebody into a chat."""
        chat = chat or self.chat(user)
        if not more.get("entities"):
            more.pop("entities", None)
        message = {
            "message_id": next(self._ids),
            "date": int(time.time()),
            "chat": chat.data,
            "from": person(user),
            **more,
        }
        with self._lock:
            chat.messages.append(message)
        return message

    def press(self, message: dict[str, Any], data: str, user: int = 42, query: str | None = None) -> int:
        """Have somebody press a button; returns the update's id."""
        query = query or f"q{next(self._ids)}"
        self._queries.add(query)
        return self.update(
            {
                "callback_query": {
                    "id": query,
                    "from": person(user),
                    "message": message,
                    "chat_instance": "1",
                    "data": data,
                }
            }
        )

    def update(self, content: dict[str, Any], update_id: int | None = None) -> int:
        """Put an update into the queue."""
        update_id = next(self._update_ids) if update_id is None else update_id
        with self._lock:
            self._updates.append({"update_id": update_id, **content})
        return update_id

    @property
    def waiting(self) -> list[int]:
        """Ids of the updates that are not confirmed."""
        with self._lock:
            return [update["update_id"] for update in self._updates]

    # ---- The server ---------------------------------------------------------------

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        form = await request.post()
        params = {
            name: value if isinstance(value, str) else value.file.read()  # a file
            for name, value in form.items()
        }
        call = Call(request.match_info["method"], params)
        with self._lock:
            self.calls.append(call)
        if request.match_info["token"] not in self.tokens:
            known = request.match_info["token"].partition(":")[0].isdigit()
            return self._refuse(call, Refused(401, "Unauthorized") if known else Refused(404, "Not Found"))
        fault = self._next_fault(call)
        if fault == HANG:
            await asyncio.sleep(FOR_EVER)
        if fault == RESET:
            return self._cut(request)
        if isinstance(fault, Refused):
            return self._refuse(call, fault)
        method = getattr(self, f"_{call.method}", None)
        if method is None:
            return self._refuse(call, Refused(404, "Not Found"))
        try:
            result = method(params)
            result = await result if asyncio.iscoroutine(result) else result
        except Refused as refused:
            return self._refuse(call, refused)
        if fault == LOST:
            return self._cut(request)
        call.status = 200
        return web.json_response({"ok": True, "result": result})

    def _next_fault(self, call: Call) -> Any:
        with self._lock:
            faults = self._faults[call.method]
            for at, (fault, chat) in enumerate(faults):
                if chat in (None, call.chat):
                    del faults[at]
                    return fault
        return None

    @staticmethod
    def _cut(request: web.Request) -> web.StreamResponse:
        request.transport.abort()
        return web.Response()

    @staticmethod
    def _refuse(call: Call, refused: Refused) -> web.Response:
        call.status = refused.status
        content: dict[str, Any] = {"ok": False, "error_code": refused.status, "description": refused.description}
        if refused.parameters:
            content["parameters"] = refused.parameters
        return web.json_response(content, status=refused.status)

    # ---- Methods ------------------------------------------------------------------

    def _getMe(self, params: dict) -> dict:  # noqa: N802
        return {**BOT, "can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}

    def _setMyCommands(self, params: dict) -> bool:  # noqa: N802
        self.commands = check_commands(params["commands"])
        return True

    def _setWebhook(self, params: dict) -> bool:  # noqa: N802
        check_webhook(params["url"], params.get("secret_token"), local=True)
        self.webhook = params if params["url"] else {}
        return True

    def _deleteWebhook(self, params: dict) -> bool:  # noqa: N802
        self.webhook = {}
        if params.get("drop_pending_updates") == "true":
            self._updates.clear()
        return True

    def _getWebhookInfo(self, params: dict) -> dict:  # noqa: N802
        info = {"url": self.webhook.get("url", ""), "has_custom_certificate": False}
        info["pending_update_count"] = len(self._updates)
        if self.deliveries and not 200 <= self.deliveries[-1] < 300:
            info["last_error_date"] = int(time.time())
            info["last_error_message"] = f"Wrong response from the webhook: {self.deliveries[-1]}"
        return info

    async def _getUpdates(self, params: dict) -> list[dict]:  # noqa: N802
        if self.webhook:
            raise Refused(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook")
        if self._poller and not self._poller.done():
            self._poller.set_result(None)
        me = self._poller = asyncio.get_running_loop().create_future()
        offset = int(params.get("offset", 0))
        with self._lock:
            if offset > 0:
                self._updates = [update for update in self._updates if update["update_id"] >= offset]
        deadline = time.monotonic() + float(params.get("timeout", 0))
        while True:
            with self._lock:
                found = sorted(self._updates, key=lambda update: update["update_id"])
            if found or time.monotonic() >= deadline:
                return found[: min(int(params.get("limit", 100)), self.most_at_once)]
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(asyncio.shield(me), 0.01)
                raise Refused(
                    409,
                    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
                )

    def _sendChatAction(self, params: dict) -> bool:  # noqa: N802
        self._to(params)
        return True

    def _sendMessage(self, params: dict) -> dict:  # noqa: N802
        chat = self._to(params)
        text, entities = parse_text(
            params.get("text", ""),
            params.get("parse_mode"),
            MAX_TEXT,
            "message text is empty",
            "message is too long",
        )
        return self._put(chat, params, {"text": text, **({"entities": entities} if entities else {})})

    def _sendPhoto(self, params: dict) -> dict:  # noqa: N802
        chat = self._to(params)
        photo = params.get("photo", b"")
        if isinstance(photo, str) and photo.startswith("attach://"):
            photo = params.get(photo.removeprefix("attach://"), b"")
        if not isinstance(photo, bytes) or not photo.startswith(PNG):
            raise bad("IMAGE_PROCESS_FAILED")
        caption, entities = parse_text(
            params.get("caption", ""), params.get("parse_mode"), MAX_CAPTION, "", "message caption is too long"
        )
        sizes = [{"file_id": "p", "file_unique_id": "p", "width": 9, "height": 9, "file_size": len(photo)}]
        return self._put(chat, params, {"photo": sizes, "caption": caption, "caption_entities": entities})

    def _editMessageReplyMarkup(self, params: dict) -> dict:  # noqa: N802
        chat = self._to(params)
        message = next((m for m in chat.said if m["message_id"] == int(params["message_id"])), None)
        if message is None:
            raise bad("message to edit not found")
        keyboard = check_keyboard(params.get("reply_markup"))
        if keyboard == message.get("reply_markup"):
            raise bad(
                "message is not modified: specified new message content and reply markup are exactly the same "
                "as a current content and reply markup of the message"
            )
        message["reply_markup"] = keyboard
        return message

    def _answerCallbackQuery(self, params: dict) -> bool:  # noqa: N802
        query = params["callback_query_id"]
        if query not in self._queries:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        if len(params.get("text", "")) > 200:
            raise bad("MESSAGE_TOO_LONG")
        self.answered[query] = params.get("text", "")
        return True

    def _to(self, params: dict) -> Chat:
        chat = self.chats.get(int(params["chat_id"]))
        if chat is None:
            raise bad("chat not found")
        if chat.blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        banned = math.ceil(chat.banned_until - time.monotonic())
        if banned > 0:
            raise Refused(429, f"Too Many Requests: retry after {banned}", retry_after=banned)
        if chat.migrated_to:
            raise Refused(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=chat.migrated_to,
            )
        thread = params.get("message_thread_id")
        if thread and int(thread) not in chat.threads:
            raise bad("message thread not found")
        return chat

    def _put(self, chat: Chat, params: dict, content: dict) -> dict:
        message = {"message_id": next(self._ids), "date": int(time.time()), "chat": chat.data, "from": BOT, **content}
        if params.get("message_thread_id"):
            message.update(message_thread_id=int(params["message_thread_id"]), is_topic_message=True)
        if params.get("reply_parameters"):
            reply = json.loads(params["reply_parameters"])
            found = next((m for m in chat.messages if m["message_id"] == reply["message_id"]), None)
            if found is None and not reply.get("allow_sending_without_reply"):
                raise bad("message to be replied not found")
            if found:
                message["reply_to_message"] = {k: v for k, v in found.items() if k != "reply_to_message"}
        if keyboard := check_keyboard(params.get("reply_markup")):
            message["reply_markup"] = keyboard
        with self._lock:
            chat.messages.append(message)
        return message

    # ---- Webhook ------------------------------------------------------------------

    async def _deliver_all(self) -> None:
        """Deliver to the webhook: chats side by side, the updates of one in order, each until it is taken."""
        busy: set[Any] = set()
        async with aiohttp.ClientSession() as session:
            while await until(lambda: self.webhook, FOR_EVER):
                await asyncio.sleep(_LOOK_AGAIN)
                with self._lock:
                    updates = list(self._updates)
                for update in updates:
                    key = _chat_of(update)
                    if key not in busy:
                        busy.add(key)
                        task = asyncio.create_task(self._deliver(session, update))
                        task.add_done_callback(lambda _, key=key: busy.discard(key))

    async def _deliver(self, session: aiohttp.ClientSession, update: dict[str, Any]) -> None:
        status = await self.post(session, update)
        self.deliveries.append(status)
        if 200 <= status < 300:
            with self._lock:
                self._updates = [u for u in self._updates if u["update_id"] != update["update_id"]]
        else:
            await asyncio.sleep(self.redeliver_after)

    async def post(self, session: aiohttp.ClientSession, update: dict[str, Any]) -> int:
        """Post an update as Telegram does; 0 where there was no answer."""
        headers = {}
        if self.webhook.get("secret_token"):
            headers["X-Telegram-Bot-Api-Secret-Token"] = self.webhook["secret_token"]
        try:
            async with session.post(self.webhook["url"], json=update, headers=headers) as response:
                return response.status
        except (aiohttp.ClientError, OSError, KeyError):
            return 0


def person(user: int) -> dict[str, Any]:
    return {"id": user, "is_bot": False, "first_name": f"Person {user}", "language_code": "en"}


def _chat_of(update: dict[str, Any]) -> Any:
    message = update.get("message") or update.get("callback_query", {}).get("message") or {}
    return message.get("chat", {}).get("id", update["update_id"])
