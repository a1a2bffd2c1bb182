"""The form as a workbook: whatever stands in the directory is a text in it and nothing else."""

from __future__ import annotations

import io

import openpyxl
import pytest

from mmhs_finder.curation.questions import QUESTIONS, choice_words
from mmhs_finder.render.files.forms import form_xlsx
from mmhs_finder.views.forms import FormGroup, FormRow, ProviderForm, ServiceForm

HOSTILE = (
    "=1+1",
    "@SUM(A1)",
    "\t=cmd|' /C calc'!A0",
    "[a]:*?/\\'",
    "\x00\x1b\u202ename",
    "x" * 40_000,
    "",
    "https://example.org",
    "007",
)


def form_with(text: str) -> ProviderForm:
    row = FormRow("phone", text, text, text, text, (choice_words("yes"), choice_words("no")))
    group = FormGroup(text, (row, FormRow("", text, "", text)))
    confirm = FormGroup(text, (FormRow("confirm", text, text, ""),))
    service = ServiceForm("harbour", text, "1-abc", text, (group,), confirm)
    columns = ("A", "B", "C")
    return ProviderForm(text, text, ((text, text),), columns, (service, service), "")


@pytest.mark.parametrize("text", HOSTILE, ids=lambda t: ascii(t[:12]))
def test_no_text_is_a_formula_a_link_or_a_number(text: str):
    book = openpyxl.load_workbook(io.BytesIO(form_xlsx(form_with(text))))
    assert len({name.casefold() for name in book.sheetnames}) == 3
    for sheet in book.worksheets:
        assert len(sheet.title) <= 31
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value is not None):
            assert cell.data_type == "s"
            assert cell.hyperlink is None


def test_the_same_form_has_the_same_bytes():
    assert form_xlsx(form_with("Harbour")) == form_xlsx(form_with("Harbour"))


def test_no_choice_holds_a_comma_which_parts_a_list_in_excel():
    words = {choice_words(value) for question in QUESTIONS for value in question.choices}
    assert not [each for each in words if "," in each or len(each) > 60]
    for question in QUESTIONS:
        assert len(",".join(map(choice_words, question.choices))) < 255
