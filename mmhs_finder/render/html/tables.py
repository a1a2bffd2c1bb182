"""Every table of the pages: what it is to a screen reader, and cards in its place on a phone.

On a phone the style sheet takes a table apart, and a browser then forgets that it is one: so rows
and cells say what they are (`role`), and each cell carries its column's name.
Not for: what stands in a table.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

_EMPTY = Markup("")
_COLON = Markup('<span class="sr-only">: </span>')
"""Between a name and its cell where no style keeps them apart."""


@dataclass(frozen=True)
class TableCell:
    """A cell drawn in its own way. inside: its markup; css: its class, or ""."""

    inside: Markup
    css: str = ""


@dataclass(frozen=True)
class TableRow:
    """A row. heading: names the row, None where no column does; css: its class, or ""."""

    heading: str | Markup | None
    cells: Sequence[str | Markup | TableCell]
    css: str = ""


def table(
    caption: str,
    head: Sequence[str | Markup],
    rows: Sequence[TableRow],
    css: str,
    *,
    names: Sequence[str] | None = None,
    scrolls: bool = False,
) -> Markup:
    """A table.

    Args:
        caption: what it shows, in words.
        head: the names of the columns; with headings of rows, theirs first.
        rows: in the order to read them.
        css: its classes beside "data-table".
        names: what the columns are called beside each cell on a phone, without the first; `head` by
            default.
        scrolls: True for a table that stays one on a phone and is moved sideways, also with the
            keyboard.
    """
    role = _no_role if scrolls else _role
    columns = _EMPTY.join(
        Markup('<th scope="col"{}>{}</th>').format(role("columnheader"), each) for each in head
    )
    beside = None if scrolls else list(head[1:] if names is None else names)
    body = _EMPTY.join(
        Markup("<tr{}{}>{}{}</tr>").format(
            role("row"), _class(row.css), _heading(row, role), _cells(row, beside)
        )
        for row in rows
    )
    made = Markup(
        '<table class="data-table {}"{}><caption>{}</caption>'
        "<thead{}><tr{}>{}</tr></thead><tbody{}>{}</tbody></table>"
    ).format(
        css, role("table"), caption, role("rowgroup"), role("row"), columns, role("rowgroup"), body
    )
    if not scrolls:
        return made
    return Markup(
        '<div role="region" tabindex="0" aria-label="{}" style="overflow-x:auto">{}</div>'
    ).format(caption, made)


def _role(name: str) -> Markup:
    return Markup(' role="{}"').format(name)


def _no_role(_name: str) -> Markup:
    return _EMPTY


def _class(css: str) -> Markup:
    return Markup(' class="{}"').format(css) if css else _EMPTY


def _heading(row: TableRow, role: Callable[[str], Markup]) -> Markup:
    if row.heading is None:
        return _EMPTY
    return Markup('<th scope="row"{}>{}</th>').format(role("rowheader"), row.heading)


def _cells(row: TableRow, names: Sequence[str | Markup] | None) -> Markup:
    """names: beside each cell on a phone; None where the table stays one."""
    if names is None:
        inside = (c.inside if isinstance(c, TableCell) else c for c in row.cells)
        return _EMPTY.join(Markup("<td>{}</td>").format(each) for each in inside)
    return _EMPTY.join(_cell(name, cell) for name, cell in zip(names, row.cells, strict=True))


def _cell(name: str | Markup, cell: str | Markup | TableCell) -> Markup:
    if not isinstance(cell, TableCell):
        cell = TableCell(Markup("<span>{}</span>").format(cell))
    return Markup(
        '<td role="cell"{}><span class="cell-name">{}<span class="sr-only">: </span></span>{}</td>'
    ).format(_class(cell.css), name, cell.inside)
