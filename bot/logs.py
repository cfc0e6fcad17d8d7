"""Logs of the running bot: one line an event, ours from INFO, others' from WARNING."""

from __future__ import annotations

import logging
import sys
import warnings

import structlog

from bot.messages.visible import VisibleFormatter

_FORMAT = "%(asctime)s %(levelname)-7s %(message)s"
_OURS = ("bot", "actions")
_CLIENTS = ("httpx", "httpcore", "telegram", "slack_sdk")
"""Libraries that log the URLs they call, which hold tokens, and what people write."""
_HIDDEN = "[hidden]"
_LEAST_SECRET = 8

_secrets: set[str] = set()


def set_up_logs(level: str = "INFO") -> None:
    """Log to standard error from `level`; libraries from WARNING unless `level` is DEBUG.

    Rasa hands what people write to its DEBUG logs, so they never appear above DEBUG.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Discreet(_FORMAT, "%H:%M:%S"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    ours = logging.getLevelName(level)
    others = ours if ours <= logging.DEBUG else max(ours, logging.WARNING)
    root.setLevel(others)
    for name in _OURS:
        logging.getLogger(name).setLevel(ours)
    quiet_clients()
    set_up_structlog(others)
    if level != "DEBUG":
        # Deprecations inside the pinned libraries; nobody who runs the bot can act on them.
        warnings.simplefilter("ignore")


def hide(*secrets: str) -> None:
    """Keep these out of all logs from now on, tracebacks included; a few letters are no secret but part of words."""
    _secrets.update(secret for secret in secrets if len(secret) >= _LEAST_SECRET)


def discreet(text: str) -> str:
    """Return `text` without the secrets in it."""
    for secret in _secrets:
        text = text.replace(secret, _HIDDEN)
    return text


def quiet_clients() -> None:
    """Have the platforms' client libraries log warnings only, whatever the level."""
    for name in _CLIENTS:
        logging.getLogger(name).setLevel(logging.WARNING)


def set_up_structlog(level: int) -> None:
    """Send Rasa's structured logs the way of all others; without this it prints all of them."""
    structlog.configure(
        processors=[structlog.processors.KeyValueRenderer(key_order=["event"])],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )


class _Discreet(VisibleFormatter):
    def format(self, record: logging.LogRecord) -> str:
        return discreet(super().format(record))
