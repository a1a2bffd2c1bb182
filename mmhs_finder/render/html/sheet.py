"""The referral sheet, the comparison and a case's answers as HTML. Pure: views in, markup out.

Not for: what a sheet says (`views.sheet`), or the same on paper (`render.documents`).
"""

from __future__ import annotations

from datetime import date

from markupsafe import Markup

from mmhs_finder.directory.models import FurtherNeed, Pathway, Service
from mmhs_finder.directory.named import KIND, NEED_TERM
from mmhs_finder.eligibility import AGES, Answers, Question
from mmhs_finder.render.html import pieces as html
from mmhs_finder.render.html import tables
from mmhs_finder.render.html.tables import TableCell, TableRow
from mmhs_finder.views.comparison import Comparison
from mmhs_finder.views.names import distinction
from mmhs_finder.views.questions import choices_words, question_words
from mmhs_finder.views.sheet import Sheet, SheetLine, SheetRow
from mmhs_finder.views.told import since_words
from mmhs_finder.words import plain_date, say

_EMPTY = Markup("")


def sheet_html(sheet: Sheet) -> Markup:
    """A sheet as a card: its parts as headings, every row as a term and what is published."""
    service = sheet.service
    apart = distinction(service)
    parts = [
        Markup("<h2>{}</h2>").format(service.name),
        Markup('<p class="muted">{} · {}</p>').format(KIND(service.kind), apart),
    ]
    for heading, rows in sheet.groups():
        facts = [(row.heading, _value(row)) for row in rows]
        parts.append(
            Markup("<section><h3>{}</h3>{}</section>").format(heading, html.definition_list(facts))
        )
    return Markup('<article class="card sheet">{}</article>').format(_EMPTY.join(parts))


def _value(row: SheetRow) -> Markup:
    if not row.published:
        return html.tag("unknown", row.blank)
    if len(row.lines) == 1:
        return _line(row.lines[0])
    items = _EMPTY.join(Markup("<li>{}</li>").format(_line(line)) for line in row.lines)
    return Markup('<ul class="ways">{}</ul>').format(items)


def _line(line: SheetLine) -> Markup:
    return html.link(line.url, line.text) if line.url else Markup("{}").format(line.text)


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
