"""What is known of an area (`AreaReport`) as HTML: a part of a page, or a page of its own to print.

Not for: what a report says (`views.area_report`), or the same on paper (`render.documents`).
"""

from __future__ import annotations

from markupsafe import Markup

from mmhs_finder.render.html.pieces import definition_list, link
from mmhs_finder.views.area_report import AreaReport, ReportItem, ReportSection
from mmhs_finder.words import html_language

_EMPTY = Markup("")
_PAGE = Markup(
    '<!doctype html><html lang="{}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width,initial-scale=1">'
    "<title>{}</title>"
    "<style>body{{font:16px/1.5 sans-serif;color:#1E2A2E;max-width:46rem;margin:2rem auto;"
    "padding:0 1rem}}dl>div{{display:grid;grid-template-columns:16rem 1fr;gap:1rem;"
    "padding:.2rem 0;break-inside:avoid}}dt{{font-weight:700}}dd{{margin:0}}"
    "h2{{margin:1.2rem 0 .3rem;font-size:1.2rem}}.sr-only{{position:absolute;width:1px;"
    "height:1px;overflow:hidden;clip-path:inset(50%)}}"
    "@media(max-width:40rem){{dl>div{{grid-template-columns:1fr;gap:0}}}}</style>"
    "</head><body><main>{}<p>{}</p></main></body></html>"
)


def report_html(report: AreaReport, *, level: int = 3) -> Markup:
    """The report as an article. level: of its heading; those of its parts are one below."""
    parts = [
        _heading(level, report.title),
        Markup('<p class="muted">{}</p>').format(report.where),
        *(_section(section, level + 1) for section in report.sections),
    ]
    return Markup('<article class="card sheet coverage-sheet">{}</article>').format(
        _EMPTY.join(parts)
    )


def report_page(report: AreaReport) -> bytes:
    """The report as a page of its own: no scripts, nothing from anywhere else, made for paper."""
    return _PAGE.format(
        html_language(), report.title, report_html(report, level=1), report.printed
    ).encode()


def _heading(level: int, text: str) -> Markup:
    return Markup("<h{}>{}</h{}>").format(level, text, level)


def _section(section: ReportSection, level: int) -> Markup:
    body = _EMPTY
    if section.text:
        body += Markup("<p>{}</p>").format(section.text)
    if section.facts:
        body += definition_list((fact.term, fact.text) for fact in section.facts)
    if section.items:
        items = _EMPTY.join(Markup("<li>{}</li>").format(_item(i)) for i in section.items)
        body += Markup("<ul>{}</ul>").format(items)
    if section.note:
        body += Markup('<p class="small">{}</p>').format(section.note)
    return Markup("<section>{}{}</section>").format(_heading(level, section.heading), body)


def _item(item: ReportItem) -> Markup:
    text = Markup("{}").format(item.text)
    if item.links:
        links = Markup(", ").join(link(to.url, to.text, item.whose) for to in item.links)
        text += Markup(" {}.").format(links)
    return text + Markup(" {}").format(item.after) if item.after else text
