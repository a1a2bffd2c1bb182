"""How facts of the directory are worded, wherever they are shown: on a card or on a printed page.

Pure: values in, text out. Not for: HTML (`ui.cards`), or the words themselves (`words`).
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from mmhs_finder.directory.models import Pathway, Service, YesNo
from mmhs_finder.directory.ways import number_for_referrers
from mmhs_finder.views.silence import self_referral_unknown
from mmhs_finder.words import join_words, say

KM_PER_MILE = 1.609344
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
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


def plain_date(text: str) -> str:
    """ "2023-08" -> "August 2023"; "2026-11-22" -> "22 November 2026"."""
    parts = text.split("-")
    if len(parts) == 1:
        return text
    month = f"{_MONTHS[int(parts[1]) - 1]} {parts[0]}"
    return month if len(parts) == 2 else f"{int(parts[2])} {month}"


def distance_words(km: float | None) -> str:
    """Miles, as people in England say them; "" when no distance is known."""
    if km is None:
        return ""
    miles = km / KM_PER_MILE
    if miles < 1:
        return say("card.distance_near")
    if round(miles) == 1:
        return say("card.distance_one")
    return say("card.distance", miles=round(miles))


def unbroken(number: str) -> str:
    """A telephone number that does not break over two lines."""
    return number.replace(" ", "\N{NO-BREAK SPACE}")


def period_words(months: int) -> str:
    """12 -> "1 year", 60 -> "5 years", 18 -> "18 months"."""
    if months % 12:
        return f"{months} months"
    return "1 year" if months == 12 else f"{months // 12} years"


def sentence(text: str) -> str:
    """A published text as a sentence: first letter large, full stop at the end."""
    text = text.strip()
    if not text:
        return ""
    text = text[0].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else f"{text}."


def referrers_words(codes: Sequence[str]) -> str:
    """ "your GP, your midwife or any health professional you see"; "" when nobody is named."""
    names = [say(f"referrer.{code}") for code in codes if code != "self"]
    order = {say(f"referrer.{code}"): place for place, code in enumerate(_REFERRER_ORDER)}
    return join_words(sorted(names, key=lambda name: order.get(name, 99)), "or")


def referral_words(service: Service) -> str:
    """Who can ask for the person, and her consent.

    The number for those who ask stands in the words for them only (`script_text`).
    """
    who = referrers_words(service.referrers)
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
    happened = " ".join(say(f"script.happened_{n.value}") for n in needs)
    if number := number_for_referrers(service):
        how = say("script.how_phone", phone=number)
    elif service.website:
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


def source_names(urls: Sequence[str]) -> list[str]:
    """What a link to each page is called: its host, with a number where a host has several."""
    hosts = [(urlsplit(url).hostname or url).removeprefix("www.") for url in urls]
    return [
        say("card.source_one_of", host=host, number=hosts[: place + 1].count(host))
        if hosts.count(host) > 1
        else host
        for place, host in enumerate(hosts)
    ]
