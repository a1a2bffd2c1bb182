"""Pages about things and not about a person: a service, councils, sheets, coverage.

Not for: what is told of a service (`views.service`, `views.sheet`), or the values of coverage.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from markupsafe import Markup

from mmhs_finder.coverage.measures import Measure
from mmhs_finder.coverage.rows import AreaRow
from mmhs_finder.coverage.values import Level
from mmhs_finder.coverage.where import Where
from mmhs_finder.coverage.wording import map_title, measure_words, where_slug
from mmhs_finder.directory.models import Area, Service, ServiceKind
from mmhs_finder.directory.named import KIND, area_words
from mmhs_finder.nation import Nation
from mmhs_finder.render.addresses import here
from mmhs_finder.render.html import cards
from mmhs_finder.render.html.coverage import rows_html
from mmhs_finder.render.html.pack import pack_html
from mmhs_finder.render.html.pages.finding import SearchForm, search_html
from mmhs_finder.render.html.pages.frame import TextPage, WayOn, draw
from mmhs_finder.render.html.sheet import bar_html, sheet_html
from mmhs_finder.render.html.whole import whole_html
from mmhs_finder.render.linked_data import data_html, service_data
from mmhs_finder.views.names import distinction
from mmhs_finder.views.notices import NoticeView
from mmhs_finder.views.referral_pack import ReferralPack
from mmhs_finder.views.service import ServiceView
from mmhs_finder.views.sheet import Sheet
from mmhs_finder.words import say

_EMPTY = Markup("")


def _links(ways: Iterable[WayOn]) -> Markup:
    items = _EMPTY.join(
        Markup('<li><a href="{}">{}</a></li>').format(here(way.path), way.words) for way in ways
    )
    return Markup("<ul>{}</ul>").format(items) if items else _EMPTY


def area_path(area: Area) -> str:
    return f"/text/area/{area.code}"


def service_path(service: Service) -> str:
    return f"/text/service/{service.id}"


def pack_path(service: Service) -> str:
    return f"/text/referral/{service.id}"


def service_page(view: ServiceView, areas: Sequence[Area], closed: str) -> TextPage:
    """One service. areas: those it names. closed: what is said of one that has closed, or ""."""
    if closed:
        card = Markup('<div class="notice" role="note"><p>{}</p></div>').format(closed)
    else:
        is_mmhs = view.kind is ServiceKind.MMHS
        card = cards.mmhs_card(view) if is_mmhs else cards.service_card(view)
    where = Markup("<h2>{}</h2>{}").format(
        say("text_pages.service_areas"),
        _links(map(_area_link, areas)),
    )
    body = Markup("<h2>{}</h2>{}{}<p>{}</p>{}").format(
        view.kind_words,
        card,
        where if areas else _EMPTY,
        say("text_pages.service_find"),
        _links(
            (
                WayOn("/text/", say("text_pages.find")),
                WayOn(f"/text/sheet/{view.id}", say("text_pages.sheet_link")),
                WayOn(f"/text/correct?entry={view.id}", say("card.wrong")),
            )
        ),
    )
    return TextPage(
        title=view.name,
        heading=view.name,
        body=body,
        description=say(
            "text_pages.service_about", name=view.name, provider=view.provider or view.kind_words
        ),
        address=service_path(view.service),
        data=data_html(service_data(view, tuple(a.name for a in areas))),
    )


def _area_link(area: Area) -> WayOn:
    return WayOn(area_path(area), area_words(area.name))


def services_page(services: Iterable[Service]) -> TextPage:
    """Every service that has not closed, by kind, with what tells those of one name apart."""
    order = list(ServiceKind)
    by_kind = sorted(services, key=lambda s: (order.index(s.kind), s.name.casefold()))
    parts = [
        Markup("<h2>{}</h2><ul>{}</ul>").format(
            KIND(kind),
            _EMPTY.join(
                Markup('<li><a href="{}">{}</a> <span class="small">{}</span></li>').format(
                    here(service_path(s)), s.name, distinction(s)
                )
                for s in each
            ),
        )
        for kind, each in groupby(by_kind, key=lambda s: s.kind)
    ]
    return TextPage(
        title=say("text_pages.services"),
        heading=say("text_pages.services"),
        body=_EMPTY.join((*parts, whole_html())),
        description=say("text_pages.services_about"),
        address="/text/services",
    )


def councils_page(councils: Iterable[Area]) -> TextPage:
    """The councils of England by NHS region."""
    by_region = sorted(councils, key=lambda a: (a.region, a.name))
    parts = [
        Markup("<h2>{}</h2>{}").format(region, _links(map(_area_link, each)))
        for region, each in groupby(by_region, key=lambda a: a.region)
    ]
    body = Markup('<p>{}</p><div class="columns">{}</div>').format(
        say("text_pages.councils_intro"), _EMPTY.join(parts)
    )
    return TextPage(
        title=say("text_pages.councils"),
        heading=say("text_pages.councils"),
        body=body,
        description=say("text_pages.councils_about"),
        address="/text/councils",
    )


def professionals_page(
    form: SearchForm,
    found: Sequence[tuple[str, Sequence[Service]]],
    notices: Sequence[NoticeView],
    none_here: str,
    heading: str,
    nation: Nation | None = None,
) -> TextPage:
    """The sheets for a place. found: services under the word that marks them.

    nation: where the person lives, for the urgent numbers.
    """
    lists = [
        Markup("<h3>{}</h3>{}").format(
            mark, _links(WayOn(f"/text/sheet/{s.id}", f"{s.name} · {distinction(s)}") for s in each)
        )
        for mark, each in found
        if each
    ]
    result = (
        Markup("<h2>{}</h2>{}<p>{}</p>{}").format(
            heading, cards.notices_html(notices), none_here, _EMPTY.join(lists)
        )
        if heading
        else _EMPTY
    )
    body = Markup("<p>{}</p>{}<p>{}</p>{}<p>{} {}</p>").format(
        say("professional.intro"),
        result,
        say("text_pages.area_help"),
        search_html(form),
        say("text_pages.sheets_all"),
        Markup('<a href="{}">{}</a>').format(here("/text/services"), say("text_pages.services")),
    )
    personal = bool(heading or form.to_mend)
    return TextPage(
        title=say("page.professionals"),
        heading=say("page.professionals"),
        body=body,
        description=say("text_pages.professionals_about"),
        address="" if personal else "/text/professionals",
        nation=nation,
    )


def sheet_page(sheet: Sheet) -> TextPage:
    """A referral sheet, for somebody who refers."""
    body = Markup("{}{}<p>{}</p>{}").format(
        bar_html(sheet),
        sheet_html(sheet, "/text/sheet/{}"),
        say("professional.print_hint"),
        _links(
            (
                WayOn(pack_path(sheet.service), say("pack.title")),
                WayOn(service_path(sheet.service), say("text_pages.service_link")),
                WayOn("/text/professionals", say("page.professionals")),
            )
        ),
    )
    return TextPage(
        title=say("text_pages.sheet_title", name=sheet.service.name),
        heading=say("text_pages.sheet"),
        body=body,
        description=say("text_pages.sheet_about", name=sheet.service.name),
        address=f"/text/sheet/{sheet.service.id}",
    )


def pack_page(pack: ReferralPack) -> TextPage:
    """A referral pack, for somebody who refers."""
    body = Markup("<p>{}</p><h2>{}</h2>{}<p>{}</p>{}").format(
        say("pack.intro"),
        pack.service.name,
        pack_html(pack, "/text/sheet/{}", scripted=False),
        say("professional.print_hint"),
        _links(
            (
                WayOn(f"/text/sheet/{pack.service.id}", say("text_pages.sheet")),
                WayOn(service_path(pack.service), say("text_pages.service_link")),
                WayOn("/text/professionals", say("page.professionals")),
            )
        ),
    )
    return TextPage(
        title=pack.title,
        heading=say("pack.title"),
        body=body,
        description=say("pack.intro"),
        address=pack_path(pack.service),
    )


def coverage_page(
    measure: Measure, shares: Markup, regions: Sequence[tuple[str, str]], how: Markup
) -> TextPage:
    """England in shares, and the way to the table of each region. regions: slug and name."""
    asked = "" if measure is Measure.MMHS else f"?measure={measure.value}"
    body = Markup("{}{}<h2>{}</h2>{}{}").format(
        _measure_form("/text/coverage", measure),
        shares,
        say("text_pages.coverage_regions"),
        _links(WayOn(f"/text/coverage/{slug}{asked}", name) for slug, name in regions),
        how,
    )
    return TextPage(
        title=say("text_pages.coverage"),
        heading=say("text_pages.coverage"),
        body=body,
        description=say("text_pages.coverage_about"),
        address="/text/coverage",
    )


def region_page(
    measure: Measure, where: Where, shares: Markup, rows: Sequence[AreaRow]
) -> TextPage:
    """One NHS region: its shares, and its councils, those that are split with their parts."""
    slug = where_slug(where)
    caption = say(
        "coverage.table_caption",
        title=map_title(Level.COUNCIL, measure, where),
        count=len(rows),
    )
    body = Markup('{}{}<h2>{}</h2>{}<p><a href="{}">{}</a></p>').format(
        _measure_form(f"/text/coverage/{slug}", measure),
        shares,
        measure_words(measure),
        rows_html(rows, Level.COUNCIL, measure, caption),
        here("/text/coverage"),
        say("text_pages.coverage"),
    )
    title = say("text_pages.coverage_region", region=where.name)
    return TextPage(
        title=title,
        heading=title,
        body=body,
        description=say("text_pages.coverage_about"),
        address=f"/text/coverage/{slug}",
    )


def _measure_form(action: str, measure: Measure) -> Markup:
    return draw(
        "coverage.html",
        action=action,
        measure=measure.value,
        measures=[(m.value, measure_words(m)) for m in Measure],
        label=say("coverage.measure_label"),
        submit=say("text_pages.show"),
    )
