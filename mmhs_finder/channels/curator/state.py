"""What the curators' app keeps while it is open: names of boxes, and what a service said at first.

Not for: what a visitor of the public app says (`channels.streamlit.visit`).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from mmhs_finder.channels.streamlit.visit.kept import Kept, PartOfVisit
from mmhs_finder.curation.applying import Proposed

WHOLE: Final = "all"
"""The evidence of every answer that has none of its own."""


class DeskState(PartOfVisit):
    """What is kept whichever service is open."""

    search = Kept[str]("desk_search", "")
    kinds = Kept[str]("desk_kinds", "mmhs")
    shown = Kept[int]("desk_shown", 0)
    history_shown = Kept[int]("desk_history_shown", 0)
    chosen = Kept[str | None]("desk_chosen", None)
    saved = Kept[tuple[str, tuple[Proposed, ...]] | None]("desk_saved", None)
    """The service and the changes that were saved last, as long as its page is not left."""
    told = Kept[str]("desk_told", "")
    """What is said once, above the page."""


class Sitting(PartOfVisit):
    """One service while it is worked on. Its boxes have their names here."""

    def __init__(self, service: str) -> None:
        super().__init__()
        self.service = service

    def box(self, question: str, part: str = "") -> str:
        """The name of the box of a question. part: of one that has several, such as a day."""
        return f"box:{self.service}:{self._round}:{question}:{part}"

    def evidence(self, whose: str, field: str) -> str:
        """The name of a box for evidence. whose: a question, or `WHOLE`."""
        return f"evidence:{self.service}:{self._round}:{whose}:{field}"

    @property
    def _round(self) -> int:
        """How often it was begun again. A browser keeps what stands in a box of the same name."""
        return int(self.session.get(f"round:{self.service}", 0))

    def said(self, key: str) -> str:
        """What stands in a box that holds text."""
        return str(self.session.get(key) or "")

    @property
    def first(self) -> Mapping[str, str]:
        """What was held when the boxes were filled, by question."""
        found: Mapping[str, str] = self.session.get(f"first:{self.service}", MappingProxyType({}))
        return found

    @first.setter
    def first(self, held: Mapping[str, str]) -> None:
        self.session[f"first:{self.service}"] = MappingProxyType(dict(held))

    def begin_again(self) -> None:
        """Forgets what was answered: the boxes are filled anew with what is held."""
        for kind in ("box", "evidence"):
            for key in self.keys_of(f"{kind}:{self.service}:"):
                self.forget(key)
        self.forget(f"first:{self.service}")
        self.session[f"round:{self.service}"] = self._round + 1
