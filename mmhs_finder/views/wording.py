"""How facts of the directory are worded, wherever they are shown: on a card or on a printed page.

Pure: values in, text out. Not for: HTML (`ui.cards`), or the words themselves (`words`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

from mmhs_finder.answers.suited import referrer_suits, situation
from mmhs_finder.answers.types import Match
from mmhs_finder.directory.models import Pathway, Service, YesNo
from mmhs_finder.directory.named import REFERRER, REFERRERS
from mmhs_finder.directory.said import helps_with_none
from mmhs_finder.directory.ways import asks_herself, has_own_page, number_for_referrers
from mmhs_finder.views.silence import self_referral_unknown
from mmhs_finder.words import join_words, kept, say, texts

KM_PER_MILE: Final = 1.609344
_REFERRER_ORDER = (
    "gp",
    "midwife",
    "health_visitor",
    "obstetrician",
    "perinatal_team",
    "talking_therapies",
    "social_care",
    "voluntary",
    "any_health_professional",
)

HAPPENED: Final = texts("script.happened_{}", Pathway)
"""What happened, in the words that a person can use herself."""


def distance_words(km: float | None) -> str:
    """Miles, as people in England say them; "" when no distance is known."""
    if km is None:
        return ""
    miles = km / KM_PER_MILE
    if miles < 1:
        return say("names.distance_near")
    return say("names.distance", count=round(miles))


def unbroken(number: str) -> str:
    """A telephone number that does not break over two lines."""
    return number.replace(" ", "\N{NO-BREAK SPACE}")


def period_words(months: int) -> str:
    """12 -> "1 year", 60 -> "5 years", 18 -> "18 months"."""
    if months % 12:
        return say("period.months", count=months)
    return say("period.years", count=months // 12)


def sentence(text: str) -> str:
    """A published text as a sentence: first letter large, full stop at the end."""
    text = text.strip()
    if not text:
        return ""
    text = text[0].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else f"{text}."


def listed(text: str) -> str:
    """A published list as a sentence: one space behind each semicolon, however it was typed."""
    return sentence("; ".join(part.strip() for part in text.split(";")))


def first_of(names: Sequence[str], most: int) -> str:
    """The first of some names, and how many more there are: "Kent, Surrey, and 3 more"."""
    shown = list(names[:most])
    if len(names) > most:
        shown.append(say("names.more", count=len(names) - most))
    return ", ".join(shown)


def referrers_words(codes: Sequence[str]) -> str:
    """ "your GP, your midwife or any health professional you see"; "" when nobody is named."""
    named = [code for code in codes if code in REFERRERS]
    named.sort(key=lambda code: _REFERRER_ORDER.index(code))
    return join_words([REFERRER(code) for code in named], "or")


def referral_words(service: Service, needs: Sequence[Pathway] = ()) -> str:
    """Who can ask for the person, and her consent. needs: what happened; not all may be named.

    The number for those who ask stands in the words for them only (`script_text`).
    """
    who = referrers_words([r for r in service.referrers if referrer_suits(r, situation(needs))])
    if service.self_referral is YesNo.NO:
        text = say("contact.no_text", referrers=who) if who else say("contact.no_text_plain")
    elif who:
        asked = say("contact.unknown_then_referrers", referrers=who[0].upper() + who[1:])
        text = f"{self_referral_unknown(service)} {asked}"
    else:
        text = f"{self_referral_unknown(service)} {say('contact.unknown_then')}"
    if service.consent_required is YesNo.YES:
        text += " " + say("contact.consent")
    return text


def script_text(service: Service, needs: Sequence[Pathway]) -> str:
    """Words to use with a GP, midwife or health visitor, in the first person."""
    happened = " ".join(HAPPENED(n) for n in needs)
    if number := number_for_referrers(service):
        how = say("script.how_phone", phone=number)
    elif has_own_page(service) and service.unanswered(service.website) is None:
        how = say("script.how_website", website=service.website)
    else:
        how = say("script.how_unknown")
    provider = " " + say("script.provider", provider=service.provider) if service.provider else ""
    return say(
        "script.text",
        name=service.name,
        provider=provider,
        happened=happened or say("script.happened_other"),
        how=how,
    )


def elsewhere_text(service: Service, needs: Sequence[Pathway]) -> str:
    """Words to ask who helps with what this service says that it does not help with."""
    happened = " ".join(HAPPENED(n) for n in needs)
    return say("script.elsewhere", name=service.name, happened=happened)


def words_for(match: Match, needs: Sequence[Pathway]) -> str:
    """The words to use about one service; "" where she turns to it herself."""
    if helps_with_none(match.criteria, needs):
        return elsewhere_text(match.service, needs)
    return "" if asks_herself(match.service, needs) else script_text(match.service, needs)


def source_names(urls: Sequence[str]) -> list[str]:
    """What a link to each page is called: its host, with a number where a host has several."""
    hosts = [_host(url) for url in urls]
    return [
        say("source.one_of", host=host, number=hosts[: place + 1].count(host))
        if hosts.count(host) > 1
        else host
        for place, host in enumerate(hosts)
    ]


_BETTER: Final = {
    "feeds.bbci.co.uk": "bbc.co.uk",
    "cdn-www.shropshirestar.mna.arcpublishing.com": "shropshirestar.com",
}
"""Hosts that only machines know, and the site that people know."""

_MACHINE: Final = re.compile(r"(?:^|[.-])(?:staging|cdn|dev|test)(?:[.-]|$)|\.cloudfront\.net$")


@kept(4096)
def _host(url: str) -> str:
    """The host of a page; of a copy on a machine's host, that it is one."""
    host = (urlsplit(url).hostname or url).removeprefix("www.")
    if host in _BETTER:
        return _BETTER[host]
    return say("source.copy") if _MACHINE.search(host) else host


def without_brackets(name: str) -> str:
    """A name without what stands in brackets behind it: "Tommy's midwives"."""
    return name.partition(" (")[0]
