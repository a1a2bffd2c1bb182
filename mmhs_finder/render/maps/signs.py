"""The signs of every map: colours, shapes and their SVG drawings, and the pieces of a legend.

Each sign differs from the others by shape and letters as well as by colour, and has a white edge,
so that it stands out from a dark ground, too. Colours of the ground: `static/colours.css`.
Not for: which signs are on a map (`pins`), or those of coverage (`coverage.signs`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from mmhs_finder.directory.models import ServiceKind
from mmhs_finder.render.html.pieces import image_address

TEXT = "#1E2A2E"
PRIMARY = "#005A6E"
NEARBY = "#3F6B70"
PLACE = "#B3261E"


@dataclass(frozen=True)
class Sign:
    """How a kind of service looks: a shape and a letter as well as a colour."""

    letters: str
    colour: str
    shape: str  # an SVG path in a box of 32 by 32

    @property
    def is_drop(self) -> bool:
        """Whether it points at its place with its tip; all others lie on it with their middle."""
        return self.shape == _DROP


_DROP = "M16 31C10 23 4 19 4 12.5A12 11.5 0 0 1 28 12.5C28 19 22 23 16 31Z"
_SQUARE = "M8 4H24A4 4 0 0 1 28 8V24A4 4 0 0 1 24 28H8A4 4 0 0 1 4 24V8A4 4 0 0 1 8 4Z"
_ROUND = "M16 3A13 13 0 1 1 16 29A13 13 0 1 1 16 3Z"
_HOUSE = "M16 2L29 13V28A1.5 1.5 0 0 1 27.5 29H4.5A1.5 1.5 0 0 1 3 28V13Z"
_DIAMOND = "M16 1L31 16L16 31L1 16Z"
_HEXAGON = "M9 3H23L30 16L23 29H9L2 16Z"
_OCTAGON = "M10.5 3H21.5L29 10.5V21.5L21.5 29H10.5L3 21.5V10.5Z"
_SHIELD = "M4 4H28V17C28 23 22 27 16 30C10 27 4 23 4 17Z"
_PILL = "M10 6H22A10 10 0 0 1 22 26H10A10 10 0 0 1 10 6Z"
_TENT = "M11 3H21L30 28H2Z"
_BUCKET = "M2 5H30L23 28H9Z"
_PAGE = "M5 2H21L28 9V30H5Z"

SIGNS: Mapping[ServiceKind, Sign] = {
    ServiceKind.MMHS: Sign("M", PRIMARY, _DROP),
    ServiceKind.PERINATAL_TEAM: Sign("P", "#5B3A8C", _SQUARE),
    ServiceKind.TALKING_THERAPIES: Sign("T", "#1F5FA6", _ROUND),
    ServiceKind.MOTHER_BABY_UNIT: Sign("MB", "#8A4B08", _HOUSE),
    ServiceKind.BEREAVEMENT: Sign("B", "#7A2455", _DIAMOND),
    ServiceKind.BIRTH_REFLECTIONS: Sign("R", "#1F6B3A", _HEXAGON),
    ServiceKind.COUNSELLING: Sign("C", "#5C5A12", _OCTAGON),
    ServiceKind.PEER_SUPPORT: Sign("PS", "#8F2B2B", _SHIELD),
    ServiceKind.PARENT_INFANT: Sign("PB", "#31505C", _PILL),
    ServiceKind.SEPARATION: Sign("S", "#4A4A8A", _TENT),
    ServiceKind.OTHER: Sign("O", "#45474A", _BUCKET),
}
NEARBY_SIGN = Sign("N", NEARBY, _DROP)
"""An MMHS that serves other areas: the same drop, with another letter."""

EXAMPLE_SIGN = Sign("E", "#9A3412", _PAGE)
"""A place that a national guide describes as an example; no service."""

ORDER = (
    ServiceKind.MMHS,
    ServiceKind.PERINATAL_TEAM,
    ServiceKind.MOTHER_BABY_UNIT,
    ServiceKind.BEREAVEMENT,
    ServiceKind.BIRTH_REFLECTIONS,
    ServiceKind.TALKING_THERAPIES,
    ServiceKind.COUNSELLING,
    ServiceKind.PEER_SUPPORT,
    ServiceKind.PARENT_INFANT,
    ServiceKind.SEPARATION,
    ServiceKind.OTHER,
)
"""Order of layers and legend, and who keeps its place when signs would lie on each other."""


def _letters(sign: Sign) -> str:
    baseline = 18 if sign.is_drop else 21
    font = 15 if len(sign.letters) == 1 else 12
    return (
        f'<text x="16" y="{baseline}" text-anchor="middle" font-size="{font}" '
        f'font-weight="700" font-family="sans-serif" fill="#fff">{sign.letters}</text>'
    )


def _drawings() -> Mapping[str, tuple[int, str]]:
    """Each drawing by its name: the sides of its box, and what is in it."""
    signs = {
        **{kind.value: sign for kind, sign in SIGNS.items()},
        NEARBY_NAME: NEARBY_SIGN,
        EXAMPLE_NAME: EXAMPLE_SIGN,
    }
    filled = {
        name: (
            32,
            f'<path d="{sign.shape}" fill="{sign.colour}" stroke="#fff" stroke-width="2"/>'
            f"{_letters(sign)}",
        )
        for name, sign in signs.items()
    }
    hollow = (
        '<circle cx="12" cy="12" r="9.5" fill="#fff"/>'
        f'<circle cx="12" cy="12" r="7" fill="#fff" stroke="{PRIMARY}" stroke-width="3"/>'
    )
    dot = f'<circle cx="12" cy="12" r="9" fill="{PLACE}" stroke="#fff" stroke-width="3"/>'
    around = '<circle cx="12" cy="12" r="10" class="around"/>'
    return {
        **filled,
        OFFICE_NAME: (24, hollow),
        PLACE_NAME: (24, dot),
        AROUND_NAME: (24, around),
    }


NEARBY_NAME = "nearby"
EXAMPLE_NAME = "example"
OFFICE_NAME = "office"
PLACE_NAME = "place"
AROUND_NAME = "around"


def symbols_svg() -> str:
    """Every drawing as an SVG symbol, with ids like `sign-mmhs`: the frame of the maps holds them
    once, and signs and legend use them by name.

    Filled with white letters: care is given here. `sign-office`, a hollow dot: a head office.
    `sign-place`, a red dot: the place that was asked for; `sign-around`: where it is known roughly.
    """
    return "".join(
        f'<symbol id="sign-{name}" viewBox="0 0 {side} {side}">{inner}</symbol>'
        for name, (side, inner) in _drawings().items()
    )


def legend_items(rows: Iterable[tuple[str, str | Markup]]) -> Markup:
    """The items of a legend's HTML list: each sign (an SVG drawing) with its words.

    Words are escaped, unless they are Markup.
    """
    return Markup("").join(
        Markup('<li><img src="{}" alt=""><span>{}</span></li>').format(image_address(svg), words)
        for svg, words in rows
    )
