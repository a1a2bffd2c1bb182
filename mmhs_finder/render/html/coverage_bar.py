"""The shares of births as one stacked bar with its key, and a small bar for each region. Pure.

A bar is an image with the patterns and letters of the map: it needs no colour, and stands as it is
on a dark screen, in forced colours and on paper. Its figures stand in words beside it, and in a
table. Not for: the shares (`mmhs_finder.coverage`), or pages without pictures (`html.coverage`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup, escape

from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import VALUES, Measure
from mmhs_finder.coverage.rows import Shares
from mmhs_finder.coverage.values import Level, Value
from mmhs_finder.coverage.where import Where
from mmhs_finder.coverage.wording import in_words, percent_words, value_words
from mmhs_finder.render.html.coverage import (
    births_note,
    confirmed_note,
    inferred_note,
    lead_words,
    share_sentence,
    shares_table,
)
from mmhs_finder.render.html.pieces import image_address
from mmhs_finder.render.maps.coverage.signs import INK, SIGNS, patterns_svg, swatch_svg
from mmhs_finder.words import say

_EMPTY = Markup("")
_LETTER_FROM: Final = 7.0
"""Per cent of a bar from which a letter fits into it, on the narrowest screen."""


def bar_svg(shares: Sequence[tuple[Value, float]], *, letters: bool) -> str:
    """Values side by side, each as wide as its per cent, as an SVG that fills its box.

    Only widths are stretched: patterns and letters keep their size on every screen.
    """
    drawn, x = [], 0.0
    for value, percent in shares:
        drawn.append(
            f'<rect x="{x:.1f}%" width="{percent:.1f}%" height="100%" '
            f'fill="url(#fill-{value.value})"/>'
        )
        if x:
            drawn.append(
                f'<line x1="{x:.1f}%" x2="{x:.1f}%" y2="100%" stroke="{INK}" stroke-width="1.5"/>'
            )
        if letters and percent >= _LETTER_FROM:
            drawn.append(
                f'<svg x="{x + percent / 2:.1f}%" y="50%" overflow="visible">'
                '<rect x="-9" y="-10" width="18" height="20" rx="3" fill="#fff"/>'
                f'<text y="5" text-anchor="middle" font-family="sans-serif" font-size="14" '
                f'font-weight="700" fill="{INK}">{escape(SIGNS[value].letter)}</text></svg>'
            )
        x += percent
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="100%">'
        f"<defs>{patterns_svg([value for value, _ in shares])}</defs>{''.join(drawn)}</svg>"
    )


def share_bar(shares: Shares, words: str, *, small: bool = False) -> Markup:
    """The bar of some shares. words: what it shows, for who does not see it."""
    rounded = shares.rounded()
    parts = [(v, rounded[v]) for v in VALUES[shares.measure] if rounded[v]]
    return Markup('<img class="{}" src="{}" alt="{}">').format(
        "share-bar share-bar-small" if small else "share-bar",
        image_address(bar_svg(parts, letters=not small)),
        words,
    )


def shares_bar_html(coverage: Coverage, measure: Measure, where: Where) -> Markup:
    """The headline of a place: one fact in words, the bar, its key, and the same as a table."""
    shares = coverage.shares(measure, where)
    lead, inferred = lead_words(shares), inferred_note(shares)
    confirmed = confirmed_note(coverage, measure, where)
    return Markup(
        '<section class="coverage-shares"><h2>{}</h2>{}{}{}{}'
        '<p class="muted small">{}</p></section>'
        '<details class="coverage-more"><summary>{}</summary>{}{}</details>'
    ).format(
        in_words(where),
        Markup("<p><strong>{}</strong></p>").format(lead) if lead else _EMPTY,
        Markup('<p class="measure">{}</p>').format(confirmed) if confirmed else _EMPTY,
        share_bar(shares, share_sentence(shares, where)),
        values_key(shares),
        births_note(coverage, shares),
        say("coverage.shares_table"),
        shares_table(coverage, measure, where),
        Markup('<p class="small measure">{}</p>').format(inferred) if inferred else _EMPTY,
    )


def compared_html(named: Sequence[tuple[str, Shares]], where: Where) -> Markup:
    """Shares of one place as bars below each other, each with its name: as today, as in a scenario,
    and the key of both."""
    items = _EMPTY.join(
        Markup("<li><span>{}</span>{}</li>").format(
            name, share_bar(shares, share_sentence(shares, where), small=True)
        )
        for name, shares in named
    )
    return Markup('<ul class="compared-bars" role="list">{}</ul>').format(items)


def values_key(shares: Shares, *, figures: bool = True) -> Markup:
    """What the parts of the bar are. The bar's own words say the same to a screen reader.

    figures: the share of each, beside it.
    """
    rounded = shares.rounded()
    items = _EMPTY.join(
        Markup('<li><img src="{}" alt=""><span>{}{}</span></li>').format(
            image_address(swatch_svg(v)),
            value_words(shares.measure, v),
            Markup(" <b>{}</b>").format(percent_words(rounded[v])) if figures else _EMPTY,
        )
        for v in VALUES[shares.measure]
        if rounded[v] or v is Value.NOT_READ
    )
    return Markup('<ul class="coverage-legend" aria-hidden="true">{}</ul>').format(items)


def regions_html(coverage: Coverage, measure: Measure) -> Markup:
    """England beside the map: each NHS region with its own small bar, until an area is chosen."""
    items = _EMPTY.join(
        Markup("<li><span>{}</span>{}</li>").format(
            place.name, share_bar(shares, share_sentence(shares, place), small=True)
        )
        for place in coverage.places
        if place.level is Level.REGION
        for shares in [coverage.shares(measure, place)]
    )
    return Markup(
        '<section class="card coverage-regions"><h3>{}</h3><ul role="list">{}</ul>'
        '<p class="small">{}</p></section>'
    ).format(say("coverage.regions_heading"), items, say("coverage.regions_hint"))
