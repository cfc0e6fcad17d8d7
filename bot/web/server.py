"""The bot as a web server: our channels, a page to ask on, signs of life. No Rasa HTTP API."""

from __future__ import annotations

import bot.engine.light_imports  # noqa: F401  # isort: skip  (before Rasa)

import errno
import gc
import ipaddress
import logging
import os
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import rasa.shared.utils.io
from rasa.core.channels.channel import InputChannel, register
from rasa.shared.utils.common import class_from_module_path
from sanic import Sanic
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from bot import messages, paths
from bot.engine.agent import ACTIONS_PACKAGE, BotAgent, load_agent
from bot.errors import StartError, StoreError, log_level_of
from bot.logs import set_up_logs
from bot.messages import settings as setting_texts
from bot.settings import VARIABLES, Settings, read_settings
from bot.settings.file import misspelt
from bot.storage.store import ConversationStore
from bot.web.connections import BoundedHttp
from bot.web.http import error_response
from bot.web.pages import add_pages
from bot.web.stopping import stop_when_told

STOP_SECONDS = 5
"""What turns under way get to finish in when the server is told to stop."""

HEAD_SECONDS = 15
"""What the head of a request may take to come."""

_CODES = {400: "bad_request", 404: "not_found", 405: "bad_method", 408: "timed_out", 413: "too_large", 431: "too_large"}

logger = logging.getLogger(__name__)


def serve(
    settings: Settings | None = None,
    model_path: str | Path = paths.MODELS,
    credentials: Path = paths.CREDENTIALS,
    endpoints: Path = paths.ENDPOINTS,
    actions: str = ACTIONS_PACKAGE,
) -> None:
    """Load the model and answer until told to stop; StartError where that cannot be."""
    settings = settings or read_settings()
    set_up_logs(settings.log_level)
    listener = open_socket(settings.host, settings.port)  # a taken port shows before the wait
    try:
        warn_of_doubtful_settings(listener, os.environ)
        agent = load_agent(settings, model_path, endpoints, actions)
        app = create_app(agent, settings, credentials)
        gc.freeze()  # what is loaded stays, and need not be looked through for garbage again and again
        address = f"http://{_shown(settings.host)}:{listener.getsockname()[1]}/"
        app.register_listener(lambda app, loop: logger.info(messages.ready(address)), "after_server_start")
        app.register_listener(lambda app, loop: logger.info(messages.stopping()), "before_server_stop")
        stop_when_told(app)
        app.run(
            sock=listener,
            protocol=BoundedHttp,
            register_sys_signals=False,
            workers=1,
            access_log=False,
            motd=False,
            debug=False,
        )
    finally:
        listener.close()


def create_app(
    agent: BotAgent,
    settings: Settings,
    credentials: Path = paths.CREDENTIALS,
    name: str = "bot",
    pages: Path = paths.WEB_DIST,
) -> Sanic:
    """Build the server without starting it."""
    app = Sanic(name, configure_logging=False)
    app.config.REQUEST_MAX_SIZE = settings.max_body_bytes + 16384  # the header counts as well
    app.config.RESPONSE_TIMEOUT = settings.turn_timeout + 15
    app.config.REQUEST_TIMEOUT = HEAD_SECONDS
    app.config.KEEP_ALIVE_TIMEOUT = 60
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = STOP_SECONDS
    app.config.FALLBACK_ERROR_FORMAT = "json"
    app.config.PROXIES_COUNT = settings.trusted_proxies or None
    app.ctx.agent = agent
    app.ctx.settings = settings
    app.error_handler.add(Exception, _render_error)
    app.register_listener(_open_store, "before_server_start")
    app.register_listener(_close_store, "after_server_stop")
    register(read_channels(credentials, settings), app, route="/webhooks/")
    add_pages(app, pages)
    _add_signs_of_life(app)
    return app


def read_channels(credentials: Path, settings: Settings) -> list[InputChannel]:
    """Make the channels that credentials.yml names; StartError for an unknown one."""
    configured: dict[str, Any] = rasa.shared.utils.io.read_config_file(credentials)
    channels = []
    for name, options in configured.items():
        try:
            channel = class_from_module_path(name).from_credentials(options)
        except (ImportError, AttributeError) as error:
            raise StartError(messages.unknown_channel(name, credentials)) from error
        channel.settings = settings
        channels.append(channel)
    return channels


def open_socket(host: str, port: int) -> socket.socket:
    """Take the port, or raise StartError that says what to do."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[
            0
        ]
        listener = socket.socket(family, kind)
    except OSError as error:
        raise StartError(messages.cannot_listen(host, port, error.strerror)) from error
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise StartError(messages.port_taken(host, port)) from error
        raise StartError(messages.cannot_listen(host, port, error.strerror)) from error
    return listener


def _add_signs_of_life(app: Sanic) -> None:
    @app.get("/health")
    async def health(request: Request) -> HTTPResponse:
        """Say that the process answers."""
        return json_response({"status": "ok"})

    @app.get("/ready")
    async def ready(request: Request) -> HTTPResponse:
        """Say whether a question would be answered now: model there, conversations readable."""
        parts = {"model": app.ctx.agent.is_ready(), "store": await _store_works(app)}
        ready = all(parts.values())
        state: dict[str, Any] = {"status": "ready" if ready else "not ready", **parts}
        if channels := _channel_states(app):
            state["channels"] = channels  # one that is down keeps nobody else from being served
        return json_response(state, status=200 if ready else 503)


def _channel_states(app: Sanic) -> dict[str, dict[str, str]]:
    """Return how the channels do that depend on a platform and are switched on."""
    states = {channel.name(): getattr(channel, "state", None) for channel in app.ctx.input_channels}
    return {name: state.as_dict() for name, state in states.items() if state}


async def _render_error(request: Request, error: Exception) -> HTTPResponse:
    """Answer with JSON to what Sanic itself refuses (no such route, too large) and to faults."""
    if isinstance(error, SanicException):
        status = error.status_code or 500
        code = _CODES.get(status, "refused")
        if status >= 500:
            return error_response(status, code, messages.APOLOGY)
        response = error_response(status, code, str(error) or code)
        response.headers.update(getattr(error, "headers", {}))
        return response
    logger.error("%s %s", request.method, request.path, exc_info=error)
    return error_response(500, "failed", messages.APOLOGY)


async def _open_store(app: Sanic, loop: object) -> None:
    store = app.ctx.agent.tracker_store
    if not isinstance(store, ConversationStore):
        return
    try:
        purged = await store.open()
    except StoreError as error:
        # Not a reason to stop: a locked file may be free again when somebody asks, a damaged one replaced.
        logger.log(log_level_of(error), messages.database_unusable(store.database.name, error))
        return
    if purged:
        logger.info(messages.purged(purged, store.retention_days))


async def _close_store(app: Sanic, loop: object) -> None:
    if isinstance(app.ctx.agent.tracker_store, ConversationStore):
        app.ctx.agent.tracker_store.close()


async def _store_works(app: Sanic) -> bool:
    store = app.ctx.agent.tracker_store
    try:
        if isinstance(store, ConversationStore):
            await store.open()
        await store.exists("ready")
    except Exception as error:
        logger.log(log_level_of(error), "%s", error)
        return False
    return True


def warn_of_doubtful_settings(listener: socket.socket, environment: Mapping[str, str]) -> None:
    """Log what an operator may not have meant: a misspelt setting, a port open to others by plain HTTP."""
    for name, meant in misspelt(environment, VARIABLES).items():
        logger.warning(setting_texts.misspelt_variable(name, meant))
    host, port = listener.getsockname()[:2]
    address = ipaddress.ip_address(host.partition("%")[0])
    address = getattr(address, "ipv4_mapped", None) or address
    if not address.is_loopback:
        where = setting_texts.ALL_ADDRESSES if address.is_unspecified else host
        logger.warning(setting_texts.open_to_network(where, port))


def _shown(host: str) -> str:
    """Write a host as a browser on this machine takes it."""
    if host in ("0.0.0.0", "::", ""):
        return "localhost"
    return f"[{host}]" if ":" in host else host
