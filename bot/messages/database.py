"""Texts about the conversations' database, for operators. What to do at length: docs/database.md."""

from __future__ import annotations

DAMAGED, LOCKED, FULL, READ_ONLY, UNREACHABLE, NEWER = (
    "damaged",
    "locked",
    "full",
    "read only",
    "unreachable",
    "newer",
)
"""What can be the matter with the file."""

_WHAT_TO_DO = {
    DAMAGED: (
        "is damaged. Nothing is written to it any more, and messages are not answered, until a whole one is in its "
        "place: a backup, what can be rescued of this one, or none, and a new one is begun. docs/database.md shows how."
    ),
    LOCKED: "is locked by another program. Until that lets go, no message is answered.",
    FULL: "cannot grow: its disk is full. Until there is room again, no message is answered.",
    READ_ONLY: "cannot be written. Give the user that the bot runs as the right to write it and its folder.",
    UNREACHABLE: "cannot be opened or read. Look at its disk and its folder's rights, or set DATABASE to another file.",
    NEWER: "was made by a newer version of this program. Run that version, or set DATABASE to another file.",
}


def no_backend(scheme: str, known: list[str]) -> str:
    valid = " or ".join(["the path of a file, for SQLite", *(f"an address that begins with {one}://" for one in known)])
    return f"DATABASE: no database of this program has addresses that begin with {scheme}://. Set it to {valid}."


def fault(path: object, kind: str, reason: object) -> str:
    what, _, to_do = _WHAT_TO_DO[kind].partition(". ")
    return f"The conversation database {path} {what} ({reason}). {to_do}"


def works_again(path: object) -> str:
    return f"The conversation database {path} can be used again"


def check_failed(reason: object) -> str:
    return f"malformed: {reason}"


def newer_layout(found: int, known: int) -> str:
    return f"its layout is version {found}, this program knows {known}"


def replaced(path: object) -> str:
    return f"The conversation database {path} was replaced while in use; going on with the file that is there now"


def deleted(path: object) -> str:
    return (
        f"The conversation database {path} was deleted or moved away while in use; a new one is begun. To go on with "
        "the old one, put it back in its place."
    )


def log_deleted(path: object) -> str:
    return (
        f"{path}-wal, the log of the conversation database, was deleted by another program while in use; what stood in "
        "it is saved. Never delete that file while the bot runs."
    )


def log_replaced(path: object) -> str:
    return (
        f"{path}-wal, the log of the conversation database, was replaced by another program while in use; the last "
        "turns may be lost. Never touch that file while the bot runs."
    )


MOVED_MEANWHILE = "the file was replaced or deleted while a turn was stored"
TURN_ADDED_MEANWHILE = "another process has added a turn meanwhile"


def was_open(path: object) -> str:
    return f"{path} could be read by others; now only by its owner."
