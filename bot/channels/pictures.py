"""Pictures for platforms that show neither SVG nor a page, drawn from the fact base."""

from __future__ import annotations

import io
import textwrap
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.facts.loader import load
from bot.facts.timeline import COUNTED, UNDATED, UNPLACED, Item, timeline

if TYPE_CHECKING:
    from PIL import Image, ImageDraw, ImageFont

TIMELINE = "timeline"

_FONTS = Path(__file__).with_name("fonts")
_WIDTH, _ROW, _TOP, _FOOT = 1080, 80, 144, 42
"""Points of the picture: its width, the height of an event of two lines, where the first event and the legend are."""
_LINE, _SAYS = 372, 402
"""Where the line of time is, and where what happened begins."""
_FINE = 2
"""It is drawn so many times as large and made smaller, so that edges are smooth."""
_WRAP = 60
_TITLE, _BODY, _LEGEND = 25, 17, 13
"""Heights of letters."""
_INK, _FAINT, _STATED, _COUNTED = "#1f2933", "#7b8794", "#9b2226", "#0a6c74"
_CORNERS = {"dot": 0, "diamond": 4, "triangle": 3}
_MARKS = {
    COUNTED: ("diamond", _COUNTED, "white"),
    UNDATED: ("dot", _FAINT, "white"),
    UNPLACED: ("triangle", _FAINT, "white"),
}
"""Shape, colour and filling, so that kinds of dates are told apart without colour too."""


@lru_cache(maxsize=4)
def png(name: str) -> bytes:
    """Draw a picture by name (`TIMELINE`); KeyError for an unknown one."""
    return {TIMELINE: _timeline}[name]()


def _timeline() -> bytes:
    base = load()
    items = timeline(base)
    words = base.wording["timeline"]
    sheet = _Sheet(_ROW * len(items) + _TOP + _FOOT)
    sheet.text(_FOOT, 54, words["title"], _TITLE, bold=True)
    in_order = sum(item.dating != UNPLACED for item in items)
    sheet.line(_LINE, _TOP - 12, _TOP + 12 + _ROW * (in_order - 1))
    for row, item in enumerate(items):
        _draw(sheet, item, _TOP + _ROW * row)
    for place, kind in enumerate(dict.fromkeys(item.dating for item in items)):
        sheet.mark(kind, 48 + 250 * place, sheet.height - _FOOT)
        sheet.text(66 + 250 * place, sheet.height - _FOOT, words[kind], _LEGEND)
    return sheet.png()


def _draw(sheet: _Sheet, item: Item, y: int) -> None:
    sheet.mark(item.dating, _LINE, y)
    placed = item.dating != UNPLACED
    sheet.text(_LINE - 30, y, (placed and item.when) or "\u2013", _BODY, bold=True, side="r")
    says = item.says[:1].upper() + item.says[1:]
    lines = textwrap.wrap(f"{says} ({item.sentence})", _WRAP)
    beside = item.counted if placed else item.when
    lines += textwrap.wrap(f"({beside})", _WRAP) if beside else []
    sheet.text(_SAYS, y, "\n".join(lines), _BODY)


class _Sheet:
    """A white picture to draw on; places are points from its upper left corner."""

    def __init__(self, height: int) -> None:
        # Few ask for a picture; the bot starts without the library.
        from PIL import Image, ImageDraw

        self.height = height
        self._image: Image.Image = Image.new("RGB", (_WIDTH * _FINE, height * _FINE), "white")
        self._pen: ImageDraw.ImageDraw = ImageDraw.Draw(self._image)

    def text(self, x: int, y: int, text: str, size: int, bold: bool = False, side: str = "l") -> None:
        """Write lines whose middle is at `y`; `side` of them, "l" or "r", is at `x`."""
        place, font = (x * _FINE, y * _FINE), _font(size * _FINE, bold)
        self._pen.text(place, text, _INK, font, anchor=f"{side}m", spacing=size * _FINE // 4)

    def line(self, x: int, top: int, end: int) -> None:
        """Draw a line downwards."""
        self._pen.line([(x * _FINE, top * _FINE), (x * _FINE, end * _FINE)], _FAINT, 2 * _FINE)

    def mark(self, kind: str, x: int, y: int) -> None:
        """Draw the mark of a kind of dates around a place."""
        shape, colour, filling = _MARKS.get(kind, ("dot", _STATED, _STATED))
        around = (x * _FINE, y * _FINE, 8 * _FINE)
        if corners := _CORNERS[shape]:
            turned = 45 if corners == 4 else 0
            self._pen.regular_polygon(around, corners, turned, filling, colour, 2 * _FINE)
        else:
            self._pen.circle(around[:2], around[2], filling, colour, 2 * _FINE)

    def png(self) -> bytes:
        """Return the picture as a file."""
        target = io.BytesIO()
        self._image.resize((_WIDTH, self.height), reducing_gap=2).save(target, "PNG", optimize=True)
        return target.getvalue()


@lru_cache(maxsize=8)
def _font(size: int, bold: bool) -> ImageFont.FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(str(_FONTS / ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf")), size)
