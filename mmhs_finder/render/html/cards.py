"""Services, lines and notices as HTML, in the order a person asks. Pure: answer in, markup out.

Every text from the directory is escaped by `markupsafe`. Not for: drawing (`html.render`) or rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from markupsafe import Markup, escape

from mmhs_finder.answers.types import Answer, Match, Offer
from mmhs_finder.directory.models import (
    Criteria,
    DevolvedService,
    Pathway,
    Service,
    ServiceKind,
    Status,
    UrgentStrip,
    YesNo,
    helps_with,
)
from mmhs_finder.hours import Opening, describe, today_hours
from mmhs_finder.render.html.pieces import definition_list, link, tag, tag_list
from mmhs_finder.views.wording import (
    dialled,
    distance_words,
    period_words,
    plain_date,
    referral_words,
    script_text,
    sentence,
    source_names,
)
from mmhs_finder.words import join_words, say

_EMPTY = Markup("")


# --- small parts ------------------------------------------------------------------------------


def call_link(number: str, label: str = "") -> Markup:
    """A telephone link to a number that the public may ring."""
    return link(f"tel:{dialled(number)}", label or number)


def _paragraph(text: str | Markup, css: str = "") -> Markup:
    if not text:
        return _EMPTY
    return (
        Markup('<p class="{}">{}</p>').format(css, text)
        if css
        else Markup("<p>{}</p>").format(text)
    )


def _opening(opening: Opening, at: datetime, hours_text: str) -> Markup | str:
    words = describe(opening, at)
    if not words:
        return sentence(hours_text)
    head, _, rest = words.partition(".")
    shown = Markup("<strong>{}.</strong>{}").format(head, rest)
    return Markup("{} {}").format(shown, sentence(hours_text)) if hours_text else shown


def _wrap(heading: str, level: int) -> Markup:
    return Markup("<h{level}>{text}</h{level}>").format(level=level, text=heading)


# --- the MMHS card ----------------------------------------------------------------------------


def mmhs_card(match: Match, needs: Sequence[Pathway], at: datetime) -> Markup:
    """The local service: contact first, then hours, help, who it is for, and the source."""
    service = match.service
    parts = [
        Markup("<h3>{}</h3>").format(service.name),
        _paragraph(_subtitle(match), "muted"),
        _unconfirmed(service),
        _contact(match),
        _script(match, needs),
        _row_block(say("card.open"), _hours_or_unknown(match, at)),
        _helps(match, needs),
        _who(match),
        source_line(service),
    ]
    return Markup('<article class="card" id="{}">{}</article>').format(
        f"service-{service.id}", _EMPTY.join(parts)
    )


def _subtitle(match: Match) -> str:
    bits = [say(f"kind.{match.kind.value}")]
    if match.service.provider:
        bits.append(match.service.provider)
    if match.areas:
        bits.append(say("card.serves", areas=join_words([a.name for a in match.areas])))
    return " · ".join(bits)


def _unconfirmed(service: Service) -> Markup:
    if service.status is Status.OPEN:
        return _EMPTY
    return Markup("<p>{} {}</p>").format(
        tag("unknown", say("card.unconfirmed")), say("card.unconfirmed_text")
    )


def _contact(match: Match) -> Markup:
    service = match.service
    state = service.self_referral.value
    parts: list[Markup] = [_wrap(say(f"contact.{state}"), 4)]
    if service.status is not Status.OPEN:
        parts.append(_paragraph(say("contact.unconfirmed_text", name=service.name)))
    elif service.self_referral is YesNo.YES:
        if not service.public_phone and not service.public_email:
            parts.append(_paragraph(say("contact.yes_none")))
    else:
        parts.append(_paragraph(referral_words(service)))
    parts.append(_public_contacts(service))
    parts.append(_paragraph(sentence(service.referral_note)))
    return Markup('<section class="contact">{}</section>').format(_EMPTY.join(parts))


def _public_contacts(service: Service) -> Markup:
    """Ways open to the public: confirmed number, public e-mail, the page by its right name."""
    items: list[Markup] = []
    if service.public_phone and service.status is Status.OPEN:
        items.append(
            Markup("{} {}").format(
                say("contact.yes_phone", name=service.name), call_link(service.public_phone)
            )
        )
    if service.public_email:
        items.append(
            Markup("{} {}").format(
                say("contact.email"), link(f"mailto:{service.public_email}", service.public_email)
            )
        )
    if service.referral_url and service.self_referral is YesNo.YES:
        items.append(link(service.referral_url, say("contact.referral_link"), service.name))
    if service.website and service.website_kind:
        label = say(f"contact.website_{service.website_kind.value}")
        items.append(link(service.website, label, service.name))
    return _list(items, "ways")


def _list(items: Sequence[Markup], css: str) -> Markup:
    if not items:
        return _EMPTY
    rows = _EMPTY.join(Markup("<li>{}</li>").format(item) for item in items)
    return Markup('<ul class="{}">{}</ul>').format(css, rows)


def _script(match: Match, needs: Sequence[Pathway]) -> Markup:
    if match.service.self_referral is YesNo.YES:
        return _EMPTY
    lines = [line for line in script_text(match.service, needs).splitlines() if line.strip()]
    body = _EMPTY.join(_paragraph(line) for line in lines)
    return Markup(
        '<details class="script"><summary>{}</summary><p>{}</p>'
        "<blockquote>{}</blockquote></details>"
    ).format(say("script.heading"), say("script.intro"), body)


def _row_block(term: str, value: Markup | str) -> Markup:
    return definition_list([(term, value)])


def _hours_or_unknown(match: Match, at: datetime) -> Markup | str:
    shown = _opening(match.opening, at, match.service.hours_text)
    today = sentence(today_hours(match.opening))
    return Markup("{} {}").format(shown, today) if shown else _not_published()


def _not_published() -> Markup:
    return Markup("{} {}").format(tag("unknown", say("tag.unknown")), say("card.not_published"))


def _helps(match: Match, needs: Sequence[Pathway]) -> Markup:
    """Yes, no or not published for each pathway, in words and signs; chosen ones first."""
    order = [*needs, *(p for p in Pathway if p not in needs)]
    tags = tag_list(pathway_tag(p, helps_with(match.criteria, p)) for p in order)
    return _row_block(say("card.helps"), tags)


def pathway_tag(pathway: Pathway, state: YesNo) -> Markup:
    name = say(f"pathway.{pathway.value}")
    if state is YesNo.YES:
        return tag("yes", name)
    return tag(state.value, f"{say(f'tag.{state.value}')}: {name[0].lower()}{name[1:]}")


def _who(match: Match) -> Markup:
    """What is published of who they see; what is not is named in one line, never dropped."""
    service, criteria = match.service, match.criteria
    rows: list[tuple[str, Markup | str]] = []
    silent: list[str] = []

    def add(term: str, value: Markup | str) -> None:
        if value:
            rows.append((say(f"card.{term}"), value))
        else:
            silent.append(say(f"card.{term}").lower())

    add("who", sentence(service.who_for))
    if criteria:
        add("severity", sentence(criteria.severity))
        add("time_limit", _time_words(criteria))
        add("pregnancy", _pregnancy_words(service, criteria))
        add("prior", _prior_words(criteria))
        if criteria.other_presentations:
            also = "; ".join(p.strip() for p in criteria.other_presentations.split(";"))
            add("also", sentence(also))
        if criteria.exclusions:
            add("not_for", sentence(criteria.exclusions))
    add("age", say("card.age_min", years=service.min_age) if service.min_age else "")
    add("partners", _partner_words(service))
    basis = join_words([say(f"card.basis_{b}") for b in service.area_basis])
    add("basis", sentence(basis))
    if service.therapies:
        add("therapies", sentence("; ".join(service.therapies)))
    if service.delivery:
        add("how", sentence(join_words([say(f"card.delivery_{d}") for d in service.delivery])))
    add("where", _where_words(match))
    if silent:
        silence = sentence(join_words(silent)) + " " + say("card.not_published")
        rows.append((say("tag.unknown"), silence))
    return definition_list(rows)


def _time_words(criteria: Criteria) -> str:
    words = []
    if criteria.min_weeks_since_event is not None:
        words.append(say("card.time_min", weeks=criteria.min_weeks_since_event))
    if criteria.max_months_since_event is not None:
        words.append(say("card.time_max", period=period_words(criteria.max_months_since_event)))
    if criteria.any_time:
        words.append(say("card.time_any"))
    if words and criteria.limits_only_for:
        needs = join_words([say(f"criteria_need.{p}") for p in criteria.limits_only_for])
        words.append(say("card.time_only_for", needs=needs))
    return " ".join(words)


def _pregnancy_words(service: Service, criteria: Criteria) -> str:
    words = []
    if criteria.accepts_pregnant is YesNo.YES:
        words.append(say("card.pregnancy_yes"))
    elif criteria.accepts_pregnant is YesNo.NO:
        words.append(say("card.pregnancy_no"))
    if criteria.max_gestation_weeks is not None:
        words.append(say("card.gestation_max", weeks=criteria.max_gestation_weeks))
    notes = dict.fromkeys(n for n in (criteria.gestation_note, service.period_note) if n)
    words += [sentence(n) for n in notes]
    return " ".join(words)


def _prior_words(criteria: Criteria) -> str:
    return say("card.prior_yes") if criteria.prior_treatment_required is YesNo.YES else ""


def _partner_words(service: Service) -> str:
    if service.partner_support is YesNo.YES:
        return say("card.partners_yes")
    return say("card.partners_no") if service.partner_support is YesNo.NO else ""


def _where_words(match: Match) -> str:
    service = match.service
    if not service.is_real_base:
        return ""
    place = service.address or service.location_name
    if service.postcode not in place:
        place = f"{place}, {service.postcode}"
    distance = distance_words(match.distance_km)
    return sentence(f"{place} ({distance})" if distance else place)


def source_line(service: Service) -> Markup:
    """The pages a service's facts come from, and when they were read."""
    names = source_names(service.source_urls)
    links = [link(url, name) for url, name in zip(service.source_urls, names, strict=True)]
    text = escape(say("card.source_text", links="{}", date="{}")).format(
        Markup(", ").join(links), plain_date(service.checked_on.isoformat())
    )
    if service.source_date:
        text += " " + say("card.source_newest", date=plain_date(service.source_date))
    if service.confidence.value == "low":
        text += " " + say("card.source_low")
    return Markup('<p class="footnote">{} {}</p>').format(say("card.source"), text)


# --- alternatives, neighbours, lines ----------------------------------------------------------


def service_card(match: Match, at: datetime) -> Markup:
    """A local alternative or a neighbouring MMHS, short."""
    service = match.service
    subtitle = [say(f"kind.{match.kind.value}")]
    if service.provider:
        subtitle.append(service.provider)
    if match.distance_km is not None:
        subtitle.append(distance_words(match.distance_km))
    tags = [tag("yes", say("contact.yes"))] if service.self_referral is YesNo.YES else []
    if service.self_referral is YesNo.NO:
        tags.append(tag("no", say("contact.no")))
    if service.status is not Status.OPEN:
        tags.append(tag("unknown", say("card.unconfirmed")))
    about = sentence(service.who_for)
    if not about and match.kind is not ServiceKind.MMHS:
        about = say(f"kind_help.{match.kind.value}")
    opening = _opening(match.opening, at, service.hours_text)
    parts = [
        Markup("<h3>{}</h3>").format(service.name),
        _paragraph(" · ".join(subtitle), "muted"),
        tag_list(tags) if tags else _EMPTY,
        _paragraph(about),
        _neighbour_pathways(match),
        _paragraph(referral_words(service) if service.self_referral is not YesNo.YES else ""),
        _public_contacts(service),
        _paragraph(sentence(service.referral_note)),
        _paragraph(opening),
        _paragraph(_where_words(match)),
        source_line(service),
    ]
    return Markup('<article class="card card-small" id="{}">{}</article>').format(
        f"service-{service.id}", _EMPTY.join(parts)
    )


def _neighbour_pathways(match: Match) -> Markup:
    if match.kind is not ServiceKind.MMHS or match.certainty is not None:
        return _EMPTY
    tags = tag_list(pathway_tag(p, helps_with(match.criteria, p)) for p in Pathway)
    names = say("card.serves", areas=join_words([a.name for a in match.areas]))
    return Markup("<p>{}</p>{}").format(sentence(names), tags)


def offer_card(offer: Offer, at: datetime, *, heading: str = "") -> Markup:
    """A national line, charity or route: what it is, who for, and every way to reach it."""
    row = offer.support
    parts = [
        Markup("<h3>{}</h3>").format(heading or row.name),
        _paragraph(sentence(row.what_it_offers)),
        _paragraph(
            Markup("<strong>{}:</strong> {}").format(say("offer.who"), sentence(row.who_for))
        )
        if row.who_for
        else _EMPTY,
        offer_ways(offer),
        _paragraph(_opening(offer.opening, at, row.phone_hours_text)),
        _paragraph(
            Markup("<strong>{}:</strong> {}").format(
                say("offer.languages"), sentence(row.languages_access)
            )
        )
        if row.languages_access
        else _EMPTY,
    ]
    return Markup('<article class="card card-small" id="{}">{}</article>').format(
        f"offer-{row.id}", _EMPTY.join(parts)
    )


def service_row(match: Match, at: datetime) -> Markup:
    """A local service in one line of a list: its name, the ways to reach it, open now or not."""
    service = match.service
    return _row(service.name, _public_contacts(service), describe(match.opening, at))


def offer_row(offer: Offer, at: datetime) -> Markup:
    """A national line, charity or finder in one line of a list."""
    return _row(offer.support.name, offer_ways(offer), describe(offer.opening, at))


def devolved_row(row: DevolvedService) -> Markup:
    """A service of another nation of the UK in one line of a list."""
    return _row(f"{row.service_name} ({row.board_or_trust})", _devolved_ways(row), "")


def _row(name: str, ways: Markup, opening: str) -> Markup:
    return Markup('<strong>{}</strong>{}<p class="muted small">{}</p>').format(name, ways, opening)


def open_day_and_night(urgent: Sequence[Offer], at: datetime) -> Markup:
    """At an hour when no line of a list is open: those of a crisis's lines that always are."""
    rows = _EMPTY.join(
        Markup("<li>{}</li>").format(offer_row(offer, at))
        for offer in urgent
        if offer.opening.always and offer.support.urgent_strip is not UrgentStrip.EMERGENCY
    )
    return Markup('<p>{}</p><ul class="rows">{}</ul>').format(say("result.national_closed"), rows)


def offer_ways(offer: Offer) -> Markup:
    row = offer.support
    items: list[Markup] = []
    if row.public_phone:
        free = f" ({say('offer.free')})" if row.cost == "free" else ""
        items.append(
            Markup("{} {}{}").format(say("offer.call_label"), call_link(row.public_phone), free)
        )
    elif row.phone:
        items.append(Markup("{}").format(say("offer.phone_unconfirmed")))
    if row.text_number:
        number = re.sub(r"\D", "", row.text_number)
        items.append(
            Markup("{} {}").format(say("offer.text_label"), link(f"sms:{number}", row.text_number))
        )
    if row.email:
        items.append(
            Markup("{} {}").format(say("offer.email_label"), link(f"mailto:{row.email}", row.email))
        )
    if row.finder_url:
        items.append(link(row.finder_url, say("offer.finder_label"), row.name))
    elif row.website:
        items.append(link(row.website, say("offer.website_label"), row.name))
    if not items:
        items.append(Markup("{}").format(say("offer.contact_none")))
    return _list(items, "ways")


def devolved_card(row: DevolvedService) -> Markup:
    """A service of another nation of the UK; its phone only where a public line is sure."""
    parts = [
        Markup("<h3>{}</h3>").format(row.service_name),
        _paragraph(row.board_or_trust, "muted"),
        _paragraph(say(f"contact.{row.self_referral.value}")),
        _paragraph(sentence(row.what_it_offers)),
    ]
    parts.append(_devolved_ways(row))
    return Markup('<article class="card card-small">{}</article>').format(_EMPTY.join(parts))


def _devolved_ways(row: DevolvedService) -> Markup:
    items = []
    if row.public_phone:
        items.append(Markup("{} {}").format(say("offer.call_label"), call_link(row.public_phone)))
    if row.website:
        items.append(link(row.website, say("offer.website_label"), row.service_name))
    if not items:
        items.append(Markup("{}").format(say("offer.contact_none")))
    return _list(items, "ways")


def notices_html(answer: Answer) -> Markup:
    if not answer.notices:
        return _EMPTY
    body = _EMPTY.join(_paragraph(n.text) for n in answer.notices)
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
