"""How the id of a web conversation travels: our own pages have a cookie, those of other sites a token."""

from __future__ import annotations

from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.web.sessions import COOKIE, TOKEN, Sessions
from bot.web import cors

SECURE = "__Host-"
"""A browser takes a cookie of such a name only over https and from this very host."""


class Credentials:
    """Hands out ids and recognises them; `always_secure` never sends a cookie over plain http."""

    def __init__(self, sessions: Sessions, always_secure: bool) -> None:
        self._sessions, self._always_secure = sessions, always_secure

    def shown(self, request: Request) -> str | None:
        """Return the id that a request shows, None where it shows none that was handed out for its use."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            return self._sessions.read(token.strip(), TOKEN)
        if cors.foreign_origin(request) is not None:
            return None  # another site's page must not act by a cookie of ours
        names = [SECURE + self._sessions.name]
        if not self._is_secure(request):  # a browser does not say of every request whether it came over https
            names.append(self._sessions.name)
        values = (request.cookies.get(name) for name in names)
        return next((found for value in values if (found := self._sessions.read(value, COOKIE))), None)

    def token(self, request: Request, session_id: str) -> str | None:
        """Return the token that a page of another site is to keep; None for our own, which has a cookie."""
        return self._sessions.sign(session_id, TOKEN) if cors.foreign_origin(request) is not None else None

    def set_cookie(self, request: Request, response: HTTPResponse, session_id: str) -> None:
        """Have a page of ours keep an id in a cookie that no script can read."""
        secure = self._is_secure(request)
        name = (SECURE if secure else "") + self._sessions.name
        response.cookies[name] = self._sessions.sign(session_id, COOKIE)
        attributes = {"path": "/", "httponly": True, "samesite": "Lax", "max-age": self._sessions.seconds}
        for attribute, value in {**attributes, **({"secure": True} if secure else {})}.items():
            response.cookies[name][attribute] = value

    def _is_secure(self, request: Request) -> bool:
        return self._always_secure or cors.is_https(request)
