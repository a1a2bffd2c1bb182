"""The form for a service as a workbook (XLSX): a sheet to begin with, and one for each service.

What may be filled in is yellow and has a frame; everything else is locked, without a password.
Cells hold texts, so that no program takes a number for a sum or a date. In a column that is not
seen stands the key of each row, and what its cell was filled with.
Not for: what stands in it (`views.forms`), or reading it back (`curation.taking_in`).
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

import xlsxwriter  # type: ignore[import-untyped]

from mmhs_finder.curation.form_lines import form_text
from mmhs_finder.curation.taking_in import HIDDEN
from mmhs_finder.views.forms import FormRow, ProviderForm, ServiceForm
from mmhs_finder.words import say

_WIDTHS: Final = (52, 40, 40)  # of the three columns, in letters
_INK, _MUTED, _TEAL, _YELLOW = "#1E2A2E", "#47565C", "#005A6E", "#FFF9D6"
_FACE: Final = "Arial"

_NEVER_IN_A_NAME: Final = re.compile(r"[\[\]:*?/\\']")
_MADE: Final = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""The same form has the same bytes."""


def form_xlsx(form: ProviderForm) -> bytes:
    """The workbook of one organisation's form. The same form gives the same bytes."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(
        file,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        },
    )
    book.set_properties({"title": form_text(form.title), "created": _MADE})
    book.set_size(2400, 1500)
    formats = _formats(book)
    names = _names([service.name for service in form.services])
    _start(book.add_worksheet(say("ask_column.start")), form, formats)
    for name, service in zip(names, form.services, strict=True):
        _service(book.add_worksheet(name), service, form.columns, formats)
    book.close()
    return file.getvalue()


def _names(titles: Sequence[str]) -> list[str]:
    """Names of sheets: each once, no longer than Excel takes."""
    found: list[str] = []
    for number, title in enumerate(titles, start=1):
        plain = " ".join(_NEVER_IN_A_NAME.sub(" ", form_text(title)).split()) or str(number)
        name = plain[:31].strip()
        taken = {each.casefold() for each in (*found, say("ask_column.start"))}
        found.append(f"{plain[:26].strip()} {number}" if name.casefold() in taken else name)
    return found


def _formats(book: Any) -> dict[str, Any]:
    text = {
        "font_name": _FACE,
        "font_size": 11,
        "font_color": _INK,
        "text_wrap": True,
        "valign": "top",
    }
    line = {"bottom": 1, "bottom_color": "#C9D6D8"}
    looks: dict[str, dict[str, Any]] = {
        "title": {"font_size": 16, "bold": True},
        "heading": {"font_size": 13, "bold": True, "font_color": "#FFFFFF", "bg_color": _TEAL},
        "start": {"font_size": 13, "bold": True, "font_color": _TEAL},
        "column": {"bold": True, "bottom": 2},
        "question": {"bold": True, **line},
        "small": {"indent": 2, "align": "left", **line},
        "hint": {"font_color": _MUTED, "font_size": 10},
        "have": line,
        "body": {"font_size": 12},
        "answer": {
            "bg_color": _YELLOW,
            "border": 1,
            "border_color": _MUTED,
            "num_format": "@",
            "locked": False,
        },
    }
    return {name: book.add_format({**text, **look}) for name, look in looks.items()}


def _start(sheet: Any, form: ProviderForm, formats: dict[str, Any]) -> None:
    _page(sheet, form.title)
    sheet.set_column(0, 0, 78)
    sheet.write_string(0, 0, form_text(form.title), formats["title"])
    sheet.set_row(0, 22 * _lines(form.title, 52) + 6)
    place = 1
    for heading, words in form.start:
        sheet.write_string(place, 0, form_text(heading), formats["start"])
        sheet.set_row(place, 26)
        sheet.write_string(place + 1, 0, form_text(words), formats["body"])
        sheet.set_row(place + 1, 10 + 17 * _lines(words, 70))
        place += 2
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _service(
    sheet: Any, service: ServiceForm, columns: tuple[str, str, str], formats: dict[str, Any]
) -> None:
    _page(sheet, service.name)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_column(HIDDEN, HIDDEN + 1, 2, None, {"hidden": True})
    sheet.merge_range(0, 0, 0, 2, form_text(service.name), formats["title"])
    sheet.set_row(0, 24)
    sheet.merge_range(1, 0, 1, 2, form_text(service.read), formats["hint"])
    code = say("ask_have.code", code=service.code)
    sheet.merge_range(2, 0, 2, 2, form_text(code), formats["hint"])
    sheet.write_string(0, HIDDEN, service.service_id)
    sheet.write_string(2, HIDDEN, service.code)
    for column, words in enumerate(columns):
        sheet.write_string(3, column, form_text(words), formats["column"])
    sheet.freeze_panes(4, 0)
    sheet.repeat_rows(3)
    place = 4
    for group in (*service.groups, service.confirm):
        if not group.rows:
            continue
        sheet.merge_range(place, 0, place, 2, form_text(group.heading), formats["heading"])
        sheet.set_row(place, 22)
        place += 1
        for row in group.rows:
            _row(sheet, place, row, formats)
            place += 1
    sheet.print_area(0, 0, place - 1, 2)
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _row(sheet: Any, place: int, row: FormRow, formats: dict[str, Any]) -> None:
    look = formats["small" if row.small else "question"]
    words = form_text(row.words)
    if row.hint:
        sheet.write_rich_string(
            place, 0, formats["question"], words, formats["hint"], f"\n{form_text(row.hint)}", look
        )
    else:
        sheet.write_string(place, 0, words, look)
    sheet.write_string(place, 1, form_text(row.have), formats["have"])
    asked = 15 * _lines(row.words, 47) + (13.5 * _lines(row.hint, 62) if row.hint else 0)
    others = 15 * max(_lines(row.have, 38), _lines(row.answer, 38) if row.key else 0)
    sheet.set_row(place, max(5 + max(asked, others), 21))
    if not row.key:
        sheet.write_string(place, 2, "", formats["have"])
        return
    answer = form_text(row.answer)
    sheet.write_string(place, 2, answer, formats["answer"])
    sheet.write_string(place, HIDDEN, row.key)
    sheet.write_string(place, HIDDEN + 1, answer)
    if row.choices:
        offered = [form_text(choice) for choice in row.choices]
        sheet.data_validation(
            place,
            2,
            place,
            2,
            {
                "validate": "list",
                "source": offered,
                "error_type": "information" if row.free else "stop",
                "show_error": not row.free,
                "error_title": say("ask_column.choose"),
                "error_message": say("ask_column.choose_words"),
            },
        )


def _page(sheet: Any, title: str) -> None:
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L{form_text(title)[:100].replace('&', '&&')}&R&P / &N")
    sheet.hide_gridlines(2)
    sheet.set_zoom(110)


def _lines(text: str, letters: int) -> int:
    """About how many lines a text takes, so that its row is high enough."""
    return sum(1 + max(len(part) - 1, 0) // letters for part in text.split("\n"))
