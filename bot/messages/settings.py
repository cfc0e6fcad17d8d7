"""Texts about settings: the file they may stand in, and the list of them."""

from __future__ import annotations

from collections.abc import Mapping

PAGE = "docs/settings.md"
NOT_A_FILE = "it is not a plain file"

ELSEWHERE = {
    "ENV_FILE": "Another file of settings than `.env`; a relative path is one in the project's folder. Set to nothing "
    "(`ENV_FILE= make run`), none is read",
    "PYTHON": "The Python that does the set-up (3.9 or newer, with pip); looked for unless given. Every `make` target "
    "that sets up",
    "UV_PYTHON": "The Python 3.10 that the bot runs in; found or fetched unless given. Set-up",
    "UV_PYTHON_INSTALL_MIRROR": "Where Python 3.10 is fetched from. Set-up",
    "PIP_INDEX_URL": "A mirror of the package index; what pip is configured for holds otherwise. Set-up",
    "UV_DEFAULT_INDEX": "The same for uv alone; it goes before pip's, as do `UV_INDEX`, `UV_INDEX_URL` and "
    "`UV_EXTRA_INDEX_URL`. Set-up",
    "SSL_CERT_FILE": "Certificates to trust, for a proxy that has its own. Set-up",
    "HTTPS_PROXY": "The proxy on the way to the network. Set-up, and the way to Telegram and Slack",
    "RASA_TELEMETRY_ENABLED": "`true` lets Rasa report its use to its makers; off unless set",
    "OPENBLAS_NUM_THREADS": "Threads for sums of matrices; 1 unless set, more are slower here",
    "CHROMIUM": "The browser, where it is not found by its name. `make screenshots` and the browser tests",
    "CHAOS_SEED": "Repeats one run of `make chaos`, which names its seed",
    "BENCH_PORT": "Port of the measured bot, 5160 unless set, and the next one. `make bench`",
    "FRESH": "`1` trains both bots again. `make bench`",
}
"""What else a user may set: read from the environment only, by name, each with what it does and who reads it."""


def place(path: object, line: int) -> str:
    return f"{path}, line {line}"


def unreadable_file(path: object, reason: object) -> str:
    return (
        f"The file of settings {path} cannot be read ({reason}). Make it readable, or name another one with ENV_FILE; "
        "ENV_FILE= (nothing) reads none."
    )


def bad_encoding(path: object, line: int) -> str:
    return f"{place(path, line)}: not valid UTF-8. Save the file in that encoding."


def bad_line(place: str) -> str:
    return (
        f"{place}: not a setting (the line is not shown, it may hold a secret). Valid: NAME=value, NAME='value' or "
        f'NAME="value" in one line, or a comment that begins with #; {PAGE} tells more.'
    )


def set_twice(place: str, name: str, first: str) -> str:
    return f"{place}: {name} is set a second time; the first is in {first}. Remove one of them."


def unknown_name(place: str, name: str, meant: str) -> str:
    return f"{place}: {name} is not a setting. Is {meant} meant? All settings: {PAGE}"


def only_in_environment(place: str, name: str) -> str:
    return f"{place}: {name} is read from the environment only. Export it, or set it before the command: {name}=..."


def needed_by(problem: str, places: Mapping[str, str]) -> str:
    """Add to a problem where those settings stand that need what is missing; no place is the environment."""
    found = ", ".join(f"{name} is set in {place or f'the {ENVIRONMENT}'}" for name, place in places.items())
    return f"{problem.rstrip('.')} ({found})."


def misspelt_variable(name: str, meant: str) -> str:
    return f"{name} in the environment is not a setting. Is {meant} meant? All settings: {PAGE}"


ALL_ADDRESSES = "all addresses of this machine"


def open_to_network(where: str, port: int) -> str:
    return (
        f"Listening on {where}, port {port}, by plain HTTP: whoever reaches it can use the bot, and what people write "
        f"can be read and changed on its way. {PAGE}#open-to-the-network says how to put a proxy with TLS in front; "
        "for this machine alone set HOST=127.0.0.1."
    )


MADE = "made from the code by `make settings ARGS=--write`"
HIDDEN = "set, and not shown"
ENVIRONMENT = "environment"
DEFAULT = "default"
EXAMPLE_HEAD = (
    "Settings of the bot, each with its default, or an example where it has none. Copy this file to .env, remove the "
    f"# before what you set, and keep the copy to yourself (chmod 600 .env). {PAGE} tells more. This file is {MADE}."
)
SEE_PAGE = f"Settings, from the environment or .env: {PAGE}. Those in force: python -m bot settings"


def help_of_command(listing: str) -> str:
    return f"""\
settings, with their defaults (environment variables, or lines of the file .env; the environment goes first):
{listing}

Valid values and more about each: {PAGE}. Those in force: python -m bot settings"""


def mark_missing(begin: str, end: str) -> str:
    return f"{PAGE} cannot be made anew: it needs a line {begin} and after it a line {end}"


def written(path: object) -> str:
    return f"{path} written"
