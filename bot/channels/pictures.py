"""Pictures for platforms that show neither SVG nor a page, drawn from the fact base."""

from __future__ import annotations

import io
import textwrap
from functools import lru_cache

from bot.facts.loader import load
from bot.facts.timeline import COUNTED, UNDATED, UNPLACED, Item, timeline

TIMELINE = "timeline"

_WIDTH, _ROW = 9.0, 0.66
"""Inches: the picture's width, and the height of an event of two lines."""
_DPI = 120
_WRAP = 60
_INK, _FAINT, _STATED, _COUNTED = "#1f2933", "#7b8794", "#9b2226", "#0a6c74"
_MARKS = {
    COUNTED: ("D", _COUNTED, "white"),
    UNDATED: ("o", _FAINT, "white"),
    UNPLACED: ("^", _FAINT, "white"),
}
"""Shape, colour and filling, so that kinds of dates are told apart without colour too."""


@lru_cache(maxsize=4)
def png(name: str) -> bytes:
    """Draw a picture by name (`TIMELINE`); KeyError for an unknown one."""
    return {TIMELINE: _timeline}[name]()


def _timeline() -> bytes:
    # Matplotlib takes half a second to import, and few ask for a picture.
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    base = load()
    items = timeline(base)
    height = _ROW * len(items) + 1.6
    figure = Figure(figsize=(_WIDTH, height), dpi=_DPI, facecolor="white")
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, _WIDTH)
    axes.set_ylim(height, 0)
    axes.axis("off")
    words = base.wording["timeline"]
    axes.text(0.35, 0.45, words["title"], fontsize=15, weight="bold", color=_INK, va="center")
    in_order = sum(item.dating != UNPLACED for item in items)
    axes.plot([3.1, 3.1], [1.1, 1.3 + _ROW * (in_order - 1)], color=_FAINT, linewidth=1.2, zorder=1)
    for row, item in enumerate(items):
        _draw(axes, item, 1.2 + _ROW * row)
    for place, kind in enumerate(dict.fromkeys(item.dating for item in items)):
        _mark(axes, kind, 0.4 + 2.15 * place, height - 0.35)
        axes.text(0.55 + 2.15 * place, height - 0.35, words[kind], fontsize=9, color=_INK, va="center")
    target = io.BytesIO()
    FigureCanvasAgg(figure).print_png(target, metadata={"Software": None})
    return target.getvalue()


def _draw(axes: object, item: Item, y: float) -> None:
    _mark(axes, item.dating, 3.1, y)
    placed = item.dating != UNPLACED
    when = (placed and item.when) or "\u2013"
    axes.text(2.85, y, when, fontsize=10.5, color=_INK, ha="right", va="center", weight="bold")
    says = item.says[:1].upper() + item.says[1:]
    lines = textwrap.wrap(f"{says} ({item.sentence})", _WRAP)
    beside = item.counted if placed else item.when
    lines += textwrap.wrap(f"({beside})", _WRAP) if beside else []
    axes.text(3.35, y, "\n".join(lines), fontsize=10.5, color=_INK, va="center", linespacing=1.25)


def _mark(axes: object, kind: str, x: float, y: float) -> None:
    shape, colour, filling = _MARKS.get(kind, ("o", _STATED, _STATED))
    axes.plot([x], [y], marker=shape, markersize=9, markeredgecolor=colour, markerfacecolor=filling, zorder=2)
