"""What is known of one council, ICB or region on one sheet: help, need, gaps, neighbours, sources.

`sheet_html` is a part of a page, `document_html` a page of its own to print, `document_pdf` the
same as a file to send. Every text from the directory is escaped by `markupsafe`.
Not for: the values (`coverage`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final
from urllib.parse import urlsplit

from markupsafe import Markup

from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import GRADED, HELP_MEASURES, PATHWAY_MEASURES, Measure
from mmhs_finder.coverage.rows import AreaRow
from mmhs_finder.coverage.values import UNKNOWN, Level, Value
from mmhs_finder.coverage.wording import measure_words, value_words
from mmhs_finder.directory.models import Service, ServiceKind, Status
from mmhs_finder.planning.workforce import Workforce, workforce
from mmhs_finder.render.documents.sheet import html_pdf
from mmhs_finder.render.maps.coverage.outlines import Outlines
from mmhs_finder.views.status import closed_text
from mmhs_finder.views.wording import sentence, source_names
from mmhs_finder.words import html_language, join_words, plain_date, say, texts

_EMPTY = Markup("")
_MOST_NAMES: Final = 12
_WORDS: Final = texts(
    "area_report.{}",
    (
        "coverage",
        "need",
        "gaps",
        "workforce",
        "services",
        "neighbours",
        "sources",
        "births",
        "women",
        "imd",
        "neighbour_offers",
        "neighbour_part",
    ),
)


def sheet_html(coverage: Coverage, outlines: Outlines, level: Level, code: str) -> Markup:
    """The sheet of an area as an article with a heading of level 3. Raises KeyError."""
    row = coverage.row(level, Measure.MMHS, code)
    parts = [
        Markup("<h3>{}</h3>").format(say("area_report.title", name=row.name)),
        Markup('<p class="muted">{}</p>').format(_where(coverage, row)),
        _section("coverage", _facts(_coverage_rows(coverage, level, code))),
        _section("need", _need(coverage, row)),
        _section("gaps", _gaps(coverage, level, code)),
        _section("workforce", _workforce(row)),
        _section("services", _services(coverage, level, code)),
        _section("neighbours", _neighbours(coverage, outlines, level, code)),
        _section("sources", _sources(coverage)),
    ]
    return Markup('<article class="card sheet coverage-sheet">{}</article>').format(
        _EMPTY.join(parts)
    )


def document_html(coverage: Coverage, outlines: Outlines, level: Level, code: str) -> bytes:
    """The sheet as a page of its own: no scripts, nothing from anywhere else, made for paper."""
    name = coverage.row(level, Measure.MMHS, code).name
    page = Markup(
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
    ).format(
        html_language(),
        say("area_report.title", name=name),
        sheet_html(coverage, outlines, level, code),
        say("area_report.printed"),
    )
    text = str(page)
    for small, large in (("h3>", "h1>"), ("h4>", "h2>")):
        text = text.replace(f"<{small}", f"<{large}").replace(f"</{small}", f"</{large}")
    return text.encode()


def document_pdf(coverage: Coverage, outlines: Outlines, level: Level, code: str) -> bytes:
    """The sheet as a PDF (A4): real text, headings as bookmarks, title and language."""
    name = coverage.row(level, Measure.MMHS, code).name
    return html_pdf(
        say("area_report.title", name=name),
        str(sheet_html(coverage, outlines, level, code))
        + str(Markup("<p>{}</p>").format(say("area_report.printed"))),
    )


def _section(name: str, body: Markup) -> Markup:
    return Markup("<section><h4>{}</h4>{}</section>").format(_WORDS(name), body)


def _facts(rows: Iterable[tuple[str, str | Markup]]) -> Markup:
    items = _EMPTY.join(Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(*row) for row in rows)
    return Markup('<dl class="facts">{}</dl>').format(items)


def _list(items: Iterable[str | Markup]) -> Markup:
    return Markup("<ul>{}</ul>").format(_EMPTY.join(Markup("<li>{}</li>").format(i) for i in items))


def _where(coverage: Coverage, row: AreaRow) -> str:
    if row.level is Level.REGION:
        return say("area_report.level_region")
    if row.level is Level.ICB:
        if not row.region:
            return say("area_report.level_icb_none")
        return say("area_report.level_icb", region=row.region)
    if row.parent:
        parent = coverage.directory.areas[row.parent].name
        return say("area_report.level_part", parent=parent, icb=row.icb, region=row.region)
    return say("area_report.level_council", icb=row.icb, region=row.region)


def _coverage_rows(coverage: Coverage, level: Level, code: str) -> list[tuple[str, str]]:
    found = []
    for measure in Measure:
        row = coverage.row(level, measure, code)
        words = value_words(measure, row.value)
        if row.shares and measure not in GRADED:
            rounded = row.shares.rounded()
            unknown = sum(rounded.get(v, 0.0) for v in UNKNOWN)
            words = say(
                "area_report.coverage_shares",
                value=words,
                yes=f"{rounded[Value.YES]:.1f}",
                unknown=f"{unknown:.1f}",
            )
        if row.inferred:
            words += f" ({say('coverage.inferred')})"
        found.append((measure_words(measure), words))
    return found


def _need(coverage: Coverage, row: AreaRow) -> Markup:
    if row.births is None:
        return Markup("<p>{}</p>").format(say("area_report.no_figures"))
    councils = [r for r in coverage.rows(row.level, Measure.MMHS) if not r.parent]
    facts: list[tuple[str, str]] = []
    figures: tuple[tuple[str, Callable[[AreaRow], float | None]], ...] = (
        ("births", lambda r: r.births),
        ("women", lambda r: r.women),
        ("imd", lambda r: r.imd),
    )
    for name, get in figures:
        value = get(row)
        if value is None:
            continue
        shown = f"{value:,}" if isinstance(value, int) else f"{value:.1f}"
        if row.level is Level.COUNCIL:
            rank = 1 + sum((get(r) or 0) > value for r in councils)
            shown = say("area_report.place", value=shown, rank=rank, count=len(councils))
        facts.append((_WORDS(name), shown))
    return _facts(facts)


def _workforce(row: AreaRow) -> Markup:
    """The Integrate guide's model (Anna Freud, 2026) for the area's births; see `workforce`."""
    if row.births is None:
        return Markup("<p>{}</p>").format(say("area_report.no_figures"))
    need = workforce(row.births)
    facts = [
        (say("area_report.workforce_births"), f"{row.births:,}"),
        (say("area_report.workforce_adjusted"), f"{need.adjusted_births:,.0f}"),
        (say("area_report.workforce_cases"), f"{need.cases:,.0f}"),
        (say("area_report.workforce_high"), f"{need.high_cases:,.0f}"),
        (say("area_report.workforce_low"), f"{need.low_cases:,.0f}"),
        (say("area_report.workforce_wte"), _posts(need)),
    ]
    note = Markup('<p class="small">{}</p>').format(say("area_report.workforce_note"))
    return _facts(facts) + note


def _posts(need: Workforce) -> str:
    bands = {band.id: f"{band.wte:,.1f}" for band in need.bands}
    return say("area_report.workforce_posts", all=f"{need.wte:,.1f}", **bands)


def nearest_words(nearest: AreaRow | None, km: float | None) -> str:
    """The nearest area with a service known to offer something, its distance and services."""
    if nearest is None or km is None:
        return say("coverage.nearest_none")
    return say(
        "coverage.nearest",
        area=nearest.name,
        km=f"{km:.0f}",
        services=join_words([s.name for s in nearest.services]),
    )


def _gaps(coverage: Coverage, level: Level, code: str) -> Markup:
    items: list[str] = []
    for measure in HELP_MEASURES:
        row = coverage.row(level, measure, code)
        if row.value is Value.YES or measure in (Measure.ALL_FOUR, Measure.ANY):
            continue
        if level is Level.COUNCIL:
            nearest, km = coverage.nearest(measure).get(row.parent or code, (None, None))
            items.append(
                say(
                    "area_report.gaps_line",
                    what=measure_words(measure),
                    value=value_words(measure, row.value).lower(),
                    nearest=nearest_words(nearest, km),
                )
            )
        else:
            most_first = sorted(
                coverage.members(level, code), key=lambda a: -(a.births_year_to_mid_2020 or 0)
            )
            inside = [
                a.name for a in most_first if coverage.value(measure, a.code) is not Value.YES
            ]
            names = inside[:_MOST_NAMES]
            if len(inside) > _MOST_NAMES:
                names.append(say("names.more", count=len(inside) - _MOST_NAMES))
            text = say("area_report.gaps_parts", areas=", ".join(names))
            items.append(f"{measure_words(measure)}. {text}")
    if not items:
        return Markup("<p>{}</p>").format(say("area_report.gaps_all"))
    return _list(items)


def _mmhs(coverage: Coverage, level: Level, code: str) -> list[Service]:
    codes = [
        part.code
        for area in coverage.members(level, code)
        for part in (coverage.directory.parts(area.code) or (area,))
    ]
    found = {s.id: s for c in codes for s, _ in coverage.services(c, ServiceKind.MMHS)}
    return list(found.values())


def _services(coverage: Coverage, level: Level, code: str) -> Markup:
    found = _mmhs(coverage, level, code)
    closed = coverage.row(level, Measure.MMHS, code).closed
    if not found and not closed:
        return Markup("<p>{}</p>").format(say("area_report.services_none"))
    return _list([*map(_service, found), *map(closed_text, closed)])


def _service(service: Service) -> Markup:
    text = Markup("{}").format(service.name)
    if service.provider:
        text += Markup(", {}").format(service.provider)
    if service.status is not Status.OPEN:
        text += Markup(" ({})").format(say("area_report.unconfirmed"))
    pages = [url for url in service.source_urls if urlsplit(url).scheme in ("http", "https")]
    links = Markup(", ").join(
        Markup('<a href="{}" rel="noreferrer">{}<span class="sr-only">: {}</span></a>').format(
            url, name, service.name
        )
        for url, name in zip(pages, source_names(pages), strict=True)
    )
    dated = say("source.newest", date=plain_date(service.source_date))
    newest = f" {dated}" if service.source_date else ""
    return Markup("{}. {}.{}").format(text, links, newest)


def _neighbours(coverage: Coverage, outlines: Outlines, level: Level, code: str) -> Markup:
    own = {
        shape
        for shape in outlines.areas.codes
        if coverage.group_of(level, shape) == code or coverage.directory.areas[shape].parent == code
    }
    touching = {n for shape in own for n in outlines.areas.neighbours(shape)} - own
    groups = {coverage.group_of(level, n) for n in touching} - {code}
    names = {code: coverage.row(level, Measure.MMHS, code).name for code in groups}
    items = []
    for other in sorted(groups, key=lambda c: names[c]):
        items.append(
            say(
                "area_report.neighbour_line",
                name=names[other],
                offers=_offers(coverage, level, other),
            )
        )
    if not items:
        return Markup("<p>{}</p>").format(say("area_report.neighbours_none"))
    return _list(items)


def _offers(coverage: Coverage, level: Level, code: str) -> str:
    """Which of the four kinds of help an area is known to have, in all of it or in part."""
    said = []
    for value, words in ((Value.YES, "neighbour_offers"), (Value.PART, "neighbour_part")):
        found = [m for m in PATHWAY_MEASURES if coverage.row(level, m, code).value is value]
        if len(found) == len(PATHWAY_MEASURES):
            found = [Measure.ALL_FOUR]
        if found:
            what = join_words([measure_words(m).lower() for m in found])
            said.append(_WORDS(words, what=what))
    return "; ".join(said) or say("area_report.neighbour_nothing")


def _sources(coverage: Coverage) -> Markup:
    return Markup('<p class="small">{} {} {} {}</p>').format(
        say("coverage.file_date", date=plain_date(coverage.date.isoformat())),
        say("coverage.file_sources"),
        say("coverage.file_licence"),
        sentence(say("coverage.file_caution")),
    )
