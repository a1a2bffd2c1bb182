"""The referral sheet, the comparison and a case's answers as HTML. Pure: views in, markup out.

Not for: what a sheet says (`views.sheet`), or the same on paper (`render.documents`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from markupsafe import Markup, escape

from mmhs_finder.directory.models import FurtherNeed, Pathway, Service, Status
from mmhs_finder.directory.named import NEED_TERM
from mmhs_finder.eligibility import AGES, Answers, Question
from mmhs_finder.render.html import pieces as html
from mmhs_finder.render.html import tables
from mmhs_finder.render.html.pieces import SHEETS
from mmhs_finder.render.html.tables import TableCell, TableRow
from mmhs_finder.views.asking import Asking
from mmhs_finder.views.comparison import Comparison
from mmhs_finder.views.names import distinction
from mmhs_finder.views.questions import choices_words, question_words
from mmhs_finder.views.sheet import Sheet
from mmhs_finder.views.sheet_lines import SheetLine
from mmhs_finder.views.told import since_words
from mmhs_finder.words import plain_date, say

_EMPTY = Markup("")
_NUMBER: Final = re.compile(r"\d[\d ]{4,}\d")


def bar_html(sheet: Sheet) -> Markup:
    """What is asked first, above the sheet: its name, the ways to refer, and who may."""
    status, who = sheet.row("status"), sheet.row("who_may_refer")
    running = sheet.service.status is Status.OPEN
    parts = [
        Markup("<h2>{}</h2>").format(sheet.service.name),
        Markup("<p>{}</p>").format(status.text) if status and not running else _EMPTY,
        _list(sheet.ways) if sheet.ways else Markup("<p>{}</p>").format(say("sheet.bar_no_way")),
        Markup("<p><strong>{}</strong> {}</p>").format(say("sheet.bar_who"), who.text)
        if who
        else _EMPTY,
    ]
    return Markup('<div class="sheet-bar" id="sheet-{}">{}</div>').format(
        sheet.service.id, _EMPTY.join(parts)
    )


def sheet_html(sheet: Sheet, at: str = SHEETS) -> Markup:
    """A sheet as a card: its parts as headings, every row as a term and what is published.

    at: as of `sheet_link`.
    """
    parts = [Markup('<p class="muted">{}</p>').format(sheet.subtitle)]
    for heading, rows in sheet.groups():
        facts = [(row.heading, lines_html(row.lines, at)) for row in rows]
        parts.append(
            Markup("<section><h3>{}</h3>{}</section>").format(heading, html.definition_list(facts))
        )
    return Markup('<article class="card sheet">{}</article>').format(_EMPTY.join(parts))


def lines_html(lines: Sequence[SheetLine], at: str = SHEETS) -> Markup:
    """What is published under a heading: one statement, or a list of them. at: as `sheet_link`."""
    return _line(lines[0], at) if len(lines) == 1 else _list(lines, at)


def _list(lines: Iterable[SheetLine], at: str = SHEETS) -> Markup:
    items = _EMPTY.join(Markup("<li>{}</li>").format(_line(line, at)) for line in lines)
    return Markup('<ul class="ways">{}</ul>').format(items)


def _line(line: SheetLine, at: str = SHEETS) -> Markup:
    if line.sheets:
        named = [html.sheet_link(key, words, at) for key, words in line.sheets]
        rest = [escape(line.rest)] if line.rest else []
        return Markup("{} {}.").format(line.text, Markup("; ").join([*named, *rest]))
    if not line.url:
        return escape(line.text)
    return html.link(line.url, _held(line.text) if line.url.startswith("tel:") else line.text)


def _held(text: str) -> Markup:
    """A text with a number in it that does not break over two lines."""
    return Markup(  # noqa: S704 - the text is escaped, and a number is digits and spaces
        _NUMBER.sub(r'<span class="number">\g<0></span>', str(escape(text)))
    )


def asking_html(view: Asking) -> Markup:
    """Where no service is known: whom to ask, and the sheets of the services beside."""
    beside = _EMPTY.join(
        Markup("<li>{}</li>").format(html.sheet_link(s.service.id, s.service.name))
        for s in view.neighbours
    )
    parts = [
        Markup("<p>{} {}</p>").format(view.text, say("asking.team_below") if view.team else ""),
        Markup("<p><strong>{}</strong>: {}</p>").format(say("asking.question_label"), view.question)
        if not view.team
        else _EMPTY,
        Markup('<p><strong>{}</strong>. {}</p><ul class="ways">{}</ul>').format(
            say("asking.neighbours"), say("asking.neighbours_text"), beside
        )
        if beside
        else _EMPTY,
    ]
    return Markup('<div class="asking measure">{}</div>').format(_EMPTY.join(parts))


def said_html(answers: Answers, today: date) -> Markup:
    """What was answered, for paper only: the questions themselves are not printed."""
    chosen: dict[Question, str | None] = {
        Question.LOSS_KIND: answers.loss_kind and answers.loss_kind.value,
        Question.AGE: next((name for name, known in AGES.items() if known == answers.age), None),
        Question.WHO: answers.who and answers.who.value,
        Question.SEVERITY: None if answers.severity is None else answers.severity.name.lower(),
        Question.SEVERAL_EVENTS: _yes_no(answers.several_events),
        Question.HAS_BABY: _yes_no(answers.has_baby),
        Question.PREGNANT_NOW: _yes_no(answers.pregnant),
        Question.SEEN_BEFORE: _yes_no(answers.seen_before),
        Question.LIVES_IN_AREA: _yes_no(answers.lives_in_area),
        Question.GP_IN_AREA: _yes_no(answers.gp_in_area),
        Question.MATERNITY_BOOKED_IN_AREA: _yes_no(answers.maternity_booked_in_area),
        Question.PTSD_PRESENTATION: _yes_no(answers.ptsd_presentation),
        Question.HAS_CARE_COORDINATOR: _yes_no(answers.has_care_coordinator),
    }
    words = {
        q: choices_words(q, professional=True)[value]
        for q, value in chosen.items()
        if value is not None
    }
    if needs := answers.needs:
        names = [NEED_TERM(n) for n in (*Pathway, *FurtherNeed) if n in needs]
        words[Question.HAPPENED] = "; ".join(names)
    if answers.since:
        words[Question.WHEN] = since_words(answers.since, today)
    if answers.weeks_pregnant is not None:
        words[Question.WEEKS_PREGNANT] = str(answers.weeks_pregnant)
    facts = [
        (
            say("professional.case_happened")
            if q is Question.HAPPENED
            else question_words(q, professional=True),
            words[q],
        )
        for q in Question
        if q in words
    ]
    said = html.definition_list(facts) if facts else say("professional.case_nothing_said")
    heading = say("professional.case_said", date=plain_date(today.isoformat()))
    return Markup('<section class="print-only"><h3>{}</h3>{}</section>').format(heading, said)


def _yes_no(value: bool | None) -> str | None:
    return None if value is None else "yes" if value else "no"


def table_html(table: Comparison) -> Markup:
    """The comparison as a table; on a phone each criterion is a card with its services below."""
    plain = [sheet.service.name for sheet in table.sheets]
    names = [
        sheet.service.name if plain.count(sheet.service.name) == 1 else sheet.label
        for sheet in table.sheets
    ]
    rows = [
        TableRow(
            Markup("{}{}").format(
                row.heading,
                Markup('<span class="mark">{}</span>').format(row.note) if row.note else _EMPTY,
            ),
            [
                _cell(sheet, row.id, text)
                for sheet, text in zip(table.sheets, row.cells, strict=True)
            ],
            css="differs" if row.differs else "",
        )
        for row in table.rows
    ]
    return tables.table(
        say("compare.caption", differing=table.differing, count=len(table.rows)),
        [say("compare.criterion"), *(named(sheet.service) for sheet in table.sheets)],
        rows,
        "compare-table",
        names=names,
    )


def _cell(sheet: Sheet, row_id: str, text: str) -> TableCell:
    """A cell of the comparison, with links that can be pressed; `text` where there is nothing."""
    row = sheet.row(row_id)
    lines = row.lines if row else ()
    shown = _EMPTY.join(Markup('<span class="line">{}</span>').format(_line(x)) for x in lines)
    return TableCell(Markup("<div>{}</div>").format(shown or text), "" if lines else "silent")


def named(service: Service) -> Markup:
    """A service's name, and under it what tells it apart from others of that name."""
    return Markup('{}<span class="sub">{}</span>').format(service.name, distinction(service))
