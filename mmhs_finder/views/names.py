"""A service by name: how it is called so that nothing else is, and finding it from what is typed.

Not for: filters of the list (`listing`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import Service, ServiceKind
from mmhs_finder.words import join_words, language, say


def label(service: Service) -> str:
    """A service in one line that nothing else has: name, other names, provider and area.

    Two services are called Lotus and two MaLT: what tells them apart is always said.
    """
    others = [n for n in service.alt_names if n.casefold() not in service.name.casefold()]
    name = f"{service.name} ({'; '.join(others)})" if others else service.name
    return f"{name} · {distinction(service)}"


def distinction(service: Service) -> str:
    """What tells services of one name apart: who runs it, and where."""
    area = join_words(service.area_text) or say("sheet.area_unknown")
    provider = service.provider or say("sheet.provider_unknown")
    return f"{provider} · {area}"


@lru_cache(maxsize=2)
def _by_label(directory: Directory, _language: str) -> tuple[Service, ...]:
    return tuple(sorted(directory.services.values(), key=lambda s: label(s).casefold()))


def search(directory: Directory, text: str) -> tuple[Service, ...]:
    """Services whose name, other names, provider or area answer to what was typed, the best first.

    Every word typed has to begin a word of the service; where nothing does, near misses of a name
    are taken ("Thirve"). Nothing typed: all services by label.
    """
    typed = plain(text).split()
    services = _by_label(directory, language())
    if not typed:
        return services
    ranked = [(rank, s) for s in services if (rank := _rank(s, typed)) is not None]
    if not ranked:
        ranked = [(rank, s) for s in services if (rank := _near(s, " ".join(typed))) is not None]
    return tuple(s for _, s in sorted(ranked, key=lambda pair: pair[0]))


def plain(text: str) -> str:
    """Letters and digits only, without accents and in one case."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(c for c in decomposed if not unicodedata.combining(c))
    return re.sub(r"[^\w]+", " ", kept.replace("'", "").replace("’", "")).strip()


def _rank(service: Service, typed: Sequence[str]) -> float | None:
    """0 is a whole name, then words of a name, then provider and area; an MMHS before others."""
    names = [plain(n) for n in (service.name, *service.alt_names)]
    fields = (names, [plain(service.provider)], [plain(a) for a in service.area_text])
    whole = " ".join(typed)
    mmhs_first = 0.0 if service.kind is ServiceKind.MMHS else 0.5
    if whole in names:
        return mmhs_first
    seen: list[str] = []
    for place, field in enumerate(fields, start=1):
        seen += [word for entry in field for word in entry.split()]
        if all(any(word.startswith(t) for word in seen) for t in typed):
            return place + mmhs_first
    return None


def _near(service: Service, typed: str) -> float | None:
    names = [plain(n) for n in (service.name, *service.alt_names)]
    words = [*names, *(w for n in names for w in n.split())]
    best = max((SequenceMatcher(None, typed, w).ratio() for w in words), default=0.0)
    return 1 - best if best >= 0.8 else None
