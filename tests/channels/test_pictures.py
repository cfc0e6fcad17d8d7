"""Pictures are real pictures, and the same each time."""

from __future__ import annotations

import struct

import pytest

from bot.channels import pictures


def test_timeline_is_a_png_that_a_phone_can_show() -> None:
    content = pictures.png(pictures.TIMELINE)
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", content[16:24])
    assert 600 <= width <= 2000
    assert 400 <= height <= 3000
    assert len(content) < 1_000_000  # Telegram takes 10 MB, a phone on the road less


def test_picture_is_drawn_once() -> None:
    assert pictures.png(pictures.TIMELINE) is pictures.png(pictures.TIMELINE)


def test_unknown_picture_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        pictures.png("map")
