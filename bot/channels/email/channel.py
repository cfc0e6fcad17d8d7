"""The e-mail channel: off without EMAIL_INBOX."""

from __future__ import annotations

from urllib.parse import urlsplit

from sanic import Blueprint, Sanic

from bot.channels.answering import Answering
from bot.channels.email.mailbox import Mailbox
from bot.channels.email.platform import EmailPlatform
from bot.channels.email.service import Service
from bot.channels.email.timing import Timing
from bot.channels.platform_channel import PlatformChannel
from bot.engine.turn import Handler


class EmailChannel(PlatformChannel):
    """Answer mails."""

    NAME = "email"
    TITLE = "e-mail"
    TIMING = Timing

    def secrets(self) -> tuple[str | None, ...]:
        servers = [self.settings.email_inbox, self.settings.email_outbox] if self.settings.email_inbox else []
        return (*servers, *(urlsplit(server).password for server in servers))

    def connect(self, app: Sanic, handle: Handler) -> Service:
        settings, timing, store = self.settings, self.timing, app.ctx.agent.tracker_store
        mailbox = Mailbox(settings.email_inbox, settings.email_outbox, timing.request)
        platform = EmailPlatform(mailbox, settings.email_address, timing)
        assert self.state
        answering = Answering(platform, handle, store, settings, timing)
        return Service(answering, mailbox, settings.email_address, timing, self.state)

    def add_routes(self, routes: Blueprint) -> None:
        """Define none: mail is asked for."""
