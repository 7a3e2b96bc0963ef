"""Small drawings of a page: a score with its interval, and confidence against what was right."""

from __future__ import annotations

from extract.evaluation.bootstrap import Interval
from extract.evaluation.elements import Element, build_element
from extract.evaluation.reliability import Reliability

STRIP_WIDTH, STRIP_HEIGHT = 120, 12
PLOT_SIZE = 260
LEFT, TOP, BELOW = 38, 30, 38
"""Room around the plot for the labels of its axes, in units of the drawing."""
BAR_GAP = 2
TICKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


def draw_interval(score: float, interval: Interval | None) -> Element:
    """Draw a score from 0 to 1 as a dot and its interval as a line; the numbers stand beside it."""
    middle = STRIP_HEIGHT / 2
    low, high = interval or (score, score)
    return build_element(
        "svg",
        _draw_line(0, middle, STRIP_WIDTH, middle, "axis"),
        _draw_line(low * STRIP_WIDTH, middle, high * STRIP_WIDTH, middle, "interval"),
        build_element("circle", cx=_number(score * STRIP_WIDTH), cy=middle, r=3.5, class_="score"),
        viewBox=f"-4 0 {STRIP_WIDTH + 8} {STRIP_HEIGHT}",
        class_="strip",
        aria_hidden="true",
    )


def draw_reliability(title: str, measured: Reliability) -> Element:
    """Draw the share that is right by bin of confidence, and the diagonal on which both are equal."""
    bars = []
    for one in measured.bins:
        left, width = _x(one.low) + BAR_GAP, (one.high - one.low) * PLOT_SIZE - 2 * BAR_GAP
        top = _y(one.right)
        bars.append(
            build_element(
                "rect",
                x=_number(left),
                y=_number(top),
                width=_number(width),
                height=_number(_y(0) - top),
                class_="bar",
            )
        )
        bars.append(
            build_element("circle", cx=_number(_x(one.confidence)), cy=_number(top), r=3.5, class_="score")
        )
        label = f"{one.records:,}"
        bars.append(_draw_text(label, left + width / 2, top - 8, "middle"))
    return build_element(
        "svg",
        build_element("title", title),
        *_draw_axes(),
        *bars,
        _draw_line(_x(0), _y(0), _x(1), _y(1), "diagonal"),
        viewBox=f"0 0 {LEFT + PLOT_SIZE + 14} {TOP + PLOT_SIZE + BELOW}",
        class_="reliability",
        role="img",
    )


def _draw_axes() -> list[Element]:
    drawn = [
        _draw_line(_x(0), _y(0), _x(1), _y(0), "axis"),
        _draw_line(_x(0), _y(0), _x(0), _y(1), "axis"),
        _draw_text("confidence", _x(0.5), _y(0) + 33, "middle"),
        _draw_text("right", _x(0) - 34, _y(1) - 14, "start"),
    ]
    for tick in TICKS:
        drawn.append(_draw_text(f"{tick:.1f}", _x(tick), _y(0) + 16, "middle"))
        drawn.append(_draw_text(f"{tick:.1f}", _x(0) - 6, _y(tick) + 4, "end"))
    return drawn


def _x(share: float) -> float:
    return LEFT + share * PLOT_SIZE


def _y(share: float) -> float:
    return TOP + (1 - share) * PLOT_SIZE


def _draw_line(x1: float, y1: float, x2: float, y2: float, name: str) -> Element:
    return build_element("line", x1=_number(x1), y1=_number(y1), x2=_number(x2), y2=_number(y2), class_=name)


def _draw_text(text: str, x: float, y: float, anchor: str) -> Element:
    return build_element("text", text, x=_number(x), y=_number(y), text_anchor=anchor)


def _number(value: float) -> str:
    return f"{value:.1f}"
