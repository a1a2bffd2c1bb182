"""What is known of an area (`AreaReport`) as HTML: a part of a page, or a page of its own to print.

Not for: what a report says (`views.area_report`), or the same on paper (`render.documents`).
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from mmhs_finder.render.html.pieces import definition_list, image_address, link
from mmhs_finder.render.html.tables import TableRow, table
from mmhs_finder.render.maps.coverage.signs import swatch_svg
from mmhs_finder.render.maps.signs import legend_items
from mmhs_finder.views.area_report import (
    AreaReport,
    Board,
    BoardMap,
    ReportItem,
    ReportSection,
    ReportTable,
)
from mmhs_finder.words import html_language

_EMPTY = Markup("")
_PAGE = Markup(
    '<!doctype html><html lang="{}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width,initial-scale=1">'
    "<title>{}</title>"
    "<style>body{{overflow-wrap:anywhere;font:16px/1.5 sans-serif;color:#1E2A2E;"
    "max-width:46rem;margin:2rem auto;padding:0 1rem}}dl>div{{display:grid;"
    "grid-template-columns:16rem 1fr;gap:1rem;padding:.2rem 0;break-inside:avoid}}"
    "dt{{font-weight:700}}dd{{margin:0}}"
    "h2{{margin:1.4rem 0 .3rem;font-size:1.3rem}}h3{{margin:1.2rem 0 .3rem;font-size:1.1rem}}"
    "li{{margin:.3rem 0}}table{{border-collapse:collapse;width:100%}}caption{{text-align:left;"
    "color:#47565C}}th,td{{text-align:left;padding:.3rem .8rem .3rem 0;border-bottom:1px solid "
    "#C9D6D8;vertical-align:top}}.scenario{{border:2px solid #7A1212;padding:.5rem .8rem;"
    "font-weight:700}}.board-map{{margin:1rem 0;max-width:22rem}}.board-map img{{max-width:100%;"
    "max-height:28rem}}.board-map ul{{list-style:none;padding:0}}.board-map li img{{width:2rem;"
    "height:auto;vertical-align:middle;margin-right:.5rem}}.small{{font-size:.9rem}}"
    ".muted{{color:#47565C}}.cell-name{{display:none}}"
    "@media(min-width:44rem){{.board-map{{float:right;width:15rem;margin:0 0 1rem 1.5rem}}"
    ".report-table{{clear:both}}}}"
    "@media screen and (max-width:40rem){{table,tbody,caption{{display:block}}thead{{position:"
    "absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}}tr{{display:block;"
    "border-bottom:1px solid #C9D6D8;padding:.4rem 0}}th,td{{display:grid;grid-template-columns:"
    "minmax(6rem,11rem) 1fr;border:0;padding:.1rem 0}}.cell-name{{display:block}}}}"
    "@media print{{.board{{break-after:page}}body{{font-size:10pt;line-height:1.35;margin:0;"
    "max-width:none}}.board-map img{{max-height:15rem}}h1{{margin:0}}p{{margin:.4rem 0}}}}"
    ".sr-only{{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}}"
    "@media(max-width:40rem){{dl>div{{grid-template-columns:1fr;gap:0}}}}</style>"
    "</head><body><main>{}<p>{}</p></main></body></html>"
)


def report_html(report: AreaReport, *, level: int = 3, map_svg: str = "") -> Markup:
    """The report as an article.

    level: of its heading; those of its parts are one below, or two after a page for a board.
    map_svg: the map of `BoardMap` as a drawing; no map where there is none.
    """
    parts = [
        _heading(level, report.title),
        Markup('<p class="muted">{}</p>').format(report.where),
    ]
    if report.scenario:
        parts.append(Markup('<p class="scenario">{}</p>').format(report.scenario))
    below = level + 1
    if report.board:
        parts += [_board(report.board, below, map_svg), _heading(below, report.board.detail)]
        below += 1
    parts += [_section(section, below) for section in report.sections]
    return Markup('<article class="card sheet coverage-sheet">{}</article>').format(
        _EMPTY.join(parts)
    )


def report_page(report: AreaReport, map_svg: str = "") -> bytes:
    """The report as a page of its own: no scripts, nothing from anywhere else, made for paper.

    map_svg: as of `report_html`.
    """
    article = report_html(report, level=1, map_svg=map_svg)
    return _PAGE.format(html_language(), report.title, article, report.printed).encode()


def _board(board: Board, level: int, map_svg: str) -> Markup:
    return Markup('<div class="board">{}</div>').format(
        _EMPTY.join(
            (
                Markup('<p class="muted">{}</p><p>{}</p>').format(board.dated, board.about),
                _map(board.map, map_svg) if board.map and map_svg else _EMPTY,
                _heading(level, board.findings_heading),
                _list(board.findings),
                _table(board.table),
                _heading(level, board.asks_heading),
                _list(board.asks),
            )
        )
    )


def _table(shown: ReportTable) -> Markup:
    rows = [TableRow(first, rest) for first, *rest in shown.rows]
    made = table(shown.caption, shown.columns, rows, "report-table")
    return made + Markup('<p class="small">{}</p>').format(shown.note)


def _list(sentences: Iterable[str]) -> Markup:
    items = _EMPTY.join(Markup("<li>{}</li>").format(each) for each in sentences)
    return Markup("<ul>{}</ul>").format(items)


def _map(shown: BoardMap, map_svg: str) -> Markup:
    keys = legend_items((swatch_svg(key.value), key.words) for key in shown.keys)
    return Markup(
        '<figure class="board-map"><figcaption>{}</figcaption><img src="{}" alt="{}">'
        '<ul role="list">{}</ul></figure>'
    ).format(shown.title, image_address(map_svg), shown.words, keys)


def _heading(level: int, text: str) -> Markup:
    return Markup("<h{}>{}</h{}>").format(level, text, level)


def _section(section: ReportSection, level: int) -> Markup:
    body = _EMPTY
    if section.text:
        body += Markup("<p>{}</p>").format(section.text)
    if section.facts:
        body += definition_list((fact.term, fact.text) for fact in section.facts)
    if section.table:
        body += _table(section.table)
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
