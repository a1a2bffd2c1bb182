"""Services, lines and notices as HTML. Pure: views in, markup out; every text is escaped.

Not for: what is told, or in which order (`views`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

from mmhs_finder.directory.models import PathwayOffer
from mmhs_finder.render.html.pieces import definition_list, link, tag, tag_list
from mmhs_finder.views.hours import HoursView
from mmhs_finder.views.line import DevolvedView, LineView
from mmhs_finder.views.notices import NoticeView
from mmhs_finder.views.service import PathwayView, ServiceView
from mmhs_finder.views.sources import SourceView
from mmhs_finder.views.ways import WayView
from mmhs_finder.words import kept, say

_EMPTY = Markup("")


# --- small parts ------------------------------------------------------------------------------


def _paragraph(text: str | Markup, css: str = "") -> Markup:
    if not text:
        return _EMPTY
    if css:
        return Markup('<p class="{}">{}</p>').format(css, text)
    return Markup("<p>{}</p>").format(text)


def _wrap(heading: str, level: int) -> Markup:
    return Markup("<h{level}>{text}</h{level}>").format(level=level, text=heading)


def _article(css: str, html_id: str, parts: Iterable[Markup]) -> Markup:
    named = Markup(' id="{}"').format(html_id) if html_id else _EMPTY
    return Markup('<article class="{}"{}>{}</article>').format(css, named, _EMPTY.join(parts))


def way_html(way: WayView) -> Markup:
    """One way: the words before it, its link or text, and what follows."""
    shown = link(way.link, way.text, way.whose) if way.link else escape(way.text)
    before = Markup("{} ").format(way.words) if way.words else _EMPTY
    return Markup("{}{}{}").format(before, shown, way.after)


def ways_html(ways: Sequence[WayView]) -> Markup:
    if not ways:
        return _EMPTY
    rows = _EMPTY.join(Markup("<li>{}</li>").format(way_html(way)) for way in ways)
    return Markup('<ul class="ways">{}</ul>').format(rows)


def _hours(hours: HoursView) -> Markup:
    """Now, and as published; blank where nothing is known."""
    if not hours.now:
        return escape(hours.published)
    head, rest = hours.state
    parts = [Markup("<strong>{}</strong>").format(head), *(t for t in (rest, hours.published) if t)]
    return Markup(" ").join(parts)


def pathway_tag(pathway: PathwayView) -> Markup:
    """Help on a condition has the sign of what is to ask, never that of a yes."""
    if pathway.only_if:
        return tag("unknown", pathway.text)
    return tag(pathway.state.value, pathway.text, say("tag.yes") if pathway.is_plain_yes else "")


@kept(1024)
def source_line(source: SourceView) -> Markup:
    """The pages a row's facts come from, behind a fold that says how many and when they were read.

    Who stands behind them, where it is more than a page, and what there is to doubt are in sight.
    """
    told = _paragraph(source.told, "footnote") + _paragraph(source.doubt, "footnote")
    if not source.links and source.told:
        return told
    links = _EMPTY.join(Markup("<li>{}</li>").format(link(url, name)) for name, url in source.links)
    read = source.read
    if source.newest:
        read += " " + say("source.newest", date=source.newest)
    return Markup(
        '{}<details class="sources"><summary>{}</summary><ul>{}</ul><p>{}</p></details>'
    ).format(told, source.fold, links, read)


# --- services ---------------------------------------------------------------------------------


def mmhs_card(view: ServiceView) -> Markup:
    """The local service: contact first, then help, who it is for, and the source."""
    parts = [
        _wrap(view.name, 3),
        _paragraph(" · ".join(view.subtitle), "muted"),
        _unconfirmed(view),
        contact_html(view),
        words_html(view.script, f"words-{view.id}") if view.script else _EMPTY,
        helps_html(view),
        facts_html(view),
        source_line(view.source),
    ]
    return _article("card", f"service-{view.id}", parts)


def helps_html(view: ServiceView) -> Markup:
    """What they help with, as tags; what of it is not known to us in one sentence."""
    known = [p for p in view.helps if p.state is not PathwayOffer.UNKNOWN]
    tags = tag_list(pathway_tag(p) for p in known) if known else _EMPTY
    return Markup("<h3>{}</h3>{}{}").format(say("card.helps"), tags, _paragraph(view.helps_unknown))


def facts_html(view: ServiceView) -> Markup:
    """When it is open, whom it sees, and what no source says."""
    facts: list[tuple[str, str | Markup]] = [(say("card.open"), _hours_or_unknown(view))]
    facts += [(fact.term, fact.text) for fact in view.facts]
    facts.append((view.blank_tag, view.silent))
    return definition_list(facts)


def words_html(script: str, name: str) -> Markup:
    """The words to use with a GP, behind a fold. name: by which a button or link finds them."""
    lines = [line for line in script.splitlines() if line.strip()]
    body = _EMPTY.join(_paragraph(line) for line in lines)
    return Markup(
        '<details class="script"><summary>{}</summary><p>{}</p>'
        '<blockquote id="{}" tabindex="-1">{}</blockquote></details>'
    ).format(say("script.heading"), say("script.intro"), name, body)


def _unconfirmed(view: ServiceView) -> Markup:
    if not view.unconfirmed:
        return _EMPTY
    shown = tag("unknown", view.unconfirmed)
    return Markup("<p>{} {}</p>").format(shown, view.unconfirmed_text)


def contact_html(view: ServiceView) -> Markup:
    """Whether people can ask it themselves, who can for them, and every way to it."""
    parts = [
        _wrap(view.contact_heading, 4),
        *(_paragraph(text) for text in view.contact),
        ways_html(view.ways),
        _paragraph(view.note),
    ]
    return Markup('<section class="contact">{}</section>').format(_EMPTY.join(parts))


def _hours_or_unknown(view: ServiceView) -> Markup:
    if view.hours.known:
        return Markup("{} {}").format(_hours(view.hours), view.hours.today)
    return Markup("{} {}").format(tag("unknown", view.blank_tag), view.hours_unknown)


def service_card(view: ServiceView) -> Markup:
    """A local alternative or a neighbouring MMHS, short."""
    tags = [tag("yes", view.contact_heading)] if view.acts else []
    if view.unconfirmed:
        tags.append(tag("unknown", view.unconfirmed))
    parts = [
        _wrap(view.name, 3),
        _paragraph(" · ".join(view.short_subtitle), "muted"),
        tag_list(tags) if tags else _EMPTY,
        _paragraph(view.about),
        _neighbour_pathways(view),
        _paragraph(view.contact_short),
        _paragraph(view.available),
        ways_html(view.ways),
        _paragraph(view.note),
        _paragraph(_hours(view.hours)),
        _paragraph(view.where),
        source_line(view.source),
    ]
    return _article("card card-small", f"service-{view.id}", parts)


def _neighbour_pathways(view: ServiceView) -> Markup:
    if not view.neighbour:
        return _EMPTY
    tags = tag_list(pathway_tag(p) for p in view.helps)
    return Markup("<p>{}.</p>{}").format(view.serves, tags)


# --- lines, and services outside England ------------------------------------------------------


def line_card(view: LineView, *, named: bool = True) -> Markup:
    """A national line, charity or route: what it is, who for, and every way to reach it.

    named: False where the page may have it a second time: a name may stand in a page once.
    """
    parts = [
        _wrap(view.heading, 3),
        _paragraph(view.offers),
        _labelled(view.who_label, view.who),
        ways_html(view.ways),
        _paragraph(_hours(view.hours)),
        _labelled(view.languages_label, view.languages),
        _paragraph(view.source, "footnote"),
    ]
    return _article("card card-small", f"offer-{view.id}" if named else "", parts)


def _labelled(label: str, text: str) -> Markup:
    return _paragraph(Markup("<strong>{}:</strong> {}").format(label, text)) if text else _EMPTY


def row(view: ServiceView | LineView | DevolvedView) -> Markup:
    """Anything that can be reached, in one line of a list: its name, the ways, open now or not."""
    if isinstance(view, DevolvedView):
        name, now, no_way = view.full_name, "", ""
    elif isinstance(view, LineView):
        name, now, no_way = view.name, view.hours.now, ""
    else:
        name, now, no_way = view.name, view.hours.now, view.no_way
    return Markup('<strong>{}</strong>{}<p class="muted small">{}</p>{}').format(
        name, ways_html(view.ways), now, _paragraph(no_way)
    )


def rows(views: Iterable[ServiceView | LineView | DevolvedView]) -> Markup:
    items = _EMPTY.join(Markup("<li>{}</li>").format(row(view)) for view in views)
    return Markup('<ul class="rows">{}</ul>').format(items) if items else _EMPTY


# --- around the cards -------------------------------------------------------------------------


def notices_html(notices: Sequence[NoticeView]) -> Markup:
    if not notices:
        return _EMPTY
    body = _EMPTY.join(_paragraph(n.text) for n in notices)
    return Markup('<div class="notice" role="note">{}</div>').format(body)


def stack(cards: Iterable[Markup]) -> Markup:
    return Markup('<div class="stack">{}</div>').format(_EMPTY.join(cards))


def alert(heading: str, text: str) -> Markup:
    """What went wrong with the field above, and how to mend it."""
    return Markup(
        '<div class="alert" role="alert"><p><strong>{}</strong></p><p>{}</p></div>'
    ).format(heading, text)


def hint(text: str) -> Markup:
    return Markup('<p class="muted small no-print">{}</p>').format(text)
