"""Whether a page of a PDF holds what stands on it: what is cut off is still text in the file."""

from __future__ import annotations

from typing import Any

from pypdf import PageObject, mult

MARGIN: float = 20 / 25.4 * 72
"""Of the foot of a report's page, in points: nothing but the foot's one line stands in it."""


def cut_off(page: PageObject) -> list[str]:
    """The texts below the line of the foot, or beside it; a page that holds all has none."""
    low: list[tuple[float, str]] = []

    def seen(text: str, outer: Any, inner: Any, _font: Any, _size: Any) -> None:
        height = round(mult(inner, outer)[5], 1)
        if text.strip() and height < MARGIN:
            low.append((height, text.strip()))

    page.extract_text(visitor_text=seen)
    assert low, "the page has no foot"
    foot = next(height for height, text in low if text.startswith("Page "))
    return [text for height, text in low if height != foot]
