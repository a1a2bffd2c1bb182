"""The one table of all pages: a table to a screen reader, cards on a phone, nothing but text."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from mmhs_finder.render.html.tables import TableCell, TableRow, table

EVIL = "<script>alert(1)</script>"
ROWS = [TableRow("Kent", ["yes", "3"]), TableRow("Surrey", ["no", "4"], css="differs")]
COLON = '<span class="sr-only">: </span>'
"""Heard, and seen where there is no style."""

HEAD = ["Council", "Known", "Services"]


def test_rows_and_cells_say_what_they_are_and_carry_the_columns_name():
    assert table("Areas", HEAD, ROWS[1:], "x-table") == (
        '<table class="data-table x-table" role="table"><caption>Areas</caption>'
        '<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Council</th>'
        '<th scope="col" role="columnheader">Known</th>'
        '<th scope="col" role="columnheader">Services</th></tr></thead>'
        '<tbody role="rowgroup"><tr role="row" class="differs">'
        '<th scope="row" role="rowheader">Surrey</th>'
        f'<td role="cell"><span class="cell-name">Known{COLON}</span><span>no</span></td>'
        f'<td role="cell"><span class="cell-name">Services{COLON}</span><span>4</span></td>'
        "</tr></tbody>"
        "</table>"
    )


def test_a_cell_may_be_drawn_in_its_own_way_under_another_name():
    row = TableRow("Kent", [TableCell(Markup("<div>–</div>"), "silent"), "3"])
    made = table("Areas", HEAD, [row], "x", names=["K", "S"])
    cell = (
        f'<td role="cell" class="silent"><span class="cell-name">K{COLON}</span><div>–</div></td>'
    )
    assert cell in made
    assert f'<span class="cell-name">S{COLON}</span><span>3</span>' in made


def test_a_table_that_scrolls_stays_a_table_and_can_be_moved_with_the_keyboard():
    rows = [TableRow(None, ["1", TableCell(Markup("<b>2</b>"))])]
    assert table("First <rows>", ["a", "b"], rows, "x", scrolls=True) == (
        '<div role="region" tabindex="0" aria-label="First &lt;rows&gt;" style="overflow-x:auto">'
        '<table class="data-table x"><caption>First &lt;rows&gt;</caption>'
        '<thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead>'
        "<tbody><tr><td>1</td><td><b>2</b></td></tr></tbody></table></div>"
    )


@pytest.mark.parametrize("scrolls", [True, False])
def test_whatever_stands_in_it_stays_text(scrolls: bool):
    made = table(EVIL, [EVIL, EVIL], [TableRow(EVIL, [EVIL], css=EVIL)], EVIL, scrolls=scrolls)
    assert "<script" not in made
    assert made.count("&lt;script&gt;") >= 7


def test_a_row_with_another_number_of_cells_is_a_mistake():
    with pytest.raises(ValueError, match="zip"):
        table("Areas", HEAD, [TableRow("Kent", ["yes"])], "x")
