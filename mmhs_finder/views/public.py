"""The one public view of the directory: what of it anybody may have, whoever asks and for what.

Programs, feeds, downloads and pages of others draw from here what the site's own pages tell: the
ways that a parent may use, numbers for professionals apart, a closed service by name and nothing to
turn to, domestic abuse only for who asks for it. Notes of those who keep the directory, what a
reading or an answer rests on, and numbers that are not confirmed are in none of these views.
Not for: an answer for a place (`views.answer`), the history (`views.history`), or drawing
(`render`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from types import MappingProxyType

from mmhs_finder.answers.national import HIDDEN_UNLESS_CHOSEN, NationalHelp
from mmhs_finder.answers.suited import (
    About,
    about_service,
    is_for_a_baby,
    line_suits,
    service_suits,
    situation,
)
from mmhs_finder.answers.types import Match, Offer
from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import (
    Area,
    Certainty,
    NationalSupport,
    Pathway,
    PathwayOffer,
    Service,
    ServiceKind,
    Status,
    YesNo,
    helps_with,
)
from mmhs_finder.directory.vocabularies import SupportKind, Topic
from mmhs_finder.hours import LONDON, Opening
from mmhs_finder.nation import Nation
from mmhs_finder.views.line import LineView, line_view
from mmhs_finder.views.service import ServiceView, service_view
from mmhs_finder.views.status import closed_text


@dataclass(frozen=True)
class PublicService:
    """A service wherever somebody lives: without a distance, and without "open now".

    serves: the councils and parts that its rows name. for_a_parent_with_a_baby: never to be shown
    after a loss or a separation, unless she says that she has a baby with her.
    """

    view: ServiceView
    serves: tuple[tuple[Area, Certainty], ...]
    for_a_parent_with_a_baby: bool

    @property
    def service(self) -> Service:
        return self.view.service


@dataclass(frozen=True)
class ClosedService:
    """A service that was reported closed: who says so and when, and no way to it."""

    service: Service
    text: str


@dataclass(frozen=True)
class PublicLine:
    """A national line, charity or route, at no moment. for_a_parent_with_a_baby: as above."""

    view: LineView
    for_a_parent_with_a_baby: bool


@dataclass(frozen=True)
class Wanted:
    """What services are asked for; None leaves nothing out.

    area: a code of a council or part. icb: a code of 2026. pathway: those that say that they help
    with it. status: None for all that are not closed.
    """

    kind: ServiceKind | None = None
    area: str | None = None
    icb: str | None = None
    pathway: Pathway | None = None
    self_referral: YesNo | None = None
    status: Status | None = None


class PublicDirectory:
    """One directory on one day, as anybody may have it, in the language of the moment.

    Safe to share by threads. The day matters to what grows old, and the hour to nothing.
    """

    def __init__(self, directory: Directory, day: date) -> None:
        self.directory = directory
        self.day = day
        self._at = datetime.combine(day, time(12), tzinfo=LONDON)

    @cached_property
    def services(self) -> tuple[PublicService, ...]:
        """Every service that has not closed, by kind, then by name."""
        order = list(ServiceKind)
        rows = [s for s in self.directory.services.values() if s.status is not Status.CLOSED]
        rows.sort(key=lambda s: (order.index(s.kind), s.name.casefold(), s.id))
        return tuple(self._service(row) for row in rows)

    @cached_property
    def closed(self) -> tuple[ClosedService, ...]:
        """Those that were reported closed, by name."""
        rows = [s for s in self.directory.services.values() if s.status is Status.CLOSED]
        rows.sort(key=lambda s: (s.name.casefold(), s.id))
        return tuple(ClosedService(row, closed_text(row)) for row in rows)

    def service(self, key: str) -> PublicService | ClosedService:
        """By its id. Raises KeyError."""
        return self._by_id[key]

    @cached_property
    def _by_id(self) -> MappingProxyType[str, PublicService | ClosedService]:
        every: Iterable[PublicService | ClosedService] = (*self.services, *self.closed)
        return MappingProxyType({each.service.id: each for each in every})

    def _service(self, row: Service) -> PublicService:
        is_mmhs = row.kind is ServiceKind.MMHS
        match = Match(
            service=row,
            opening=Opening(),
            certainty=Certainty.STATED if is_mmhs else None,
            criteria=self.directory.criteria.get(row.id),
        )
        return PublicService(
            service_view(match, (), self._at),
            self.directory.areas_of(row.id),
            about_service(row) is About.BABY,
        )

    def services_for(self, wanted: Wanted) -> tuple[PublicService | ClosedService, ...]:
        """The services that fit, in the order of `services`. Unknown codes fit nothing."""
        found: Iterable[PublicService | ClosedService]
        found = self.closed if wanted.status is Status.CLOSED else self.services
        codes = self._codes(wanted)
        return tuple(
            each
            for each in found
            if _fits(each.service, wanted)
            and (codes is None or each.service.id in codes)
            and (wanted.pathway is None or self._helps(each.service, wanted.pathway))
        )

    def _codes(self, wanted: Wanted) -> frozenset[str] | None:
        """Ids of the services of an area and of an ICB; None where neither is asked for."""
        found: frozenset[str] | None = None
        if wanted.area is not None:
            found = self._serving((wanted.area,))
        if wanted.icb is not None:
            areas = self.directory.areas.values()
            of_icb = self._serving(a.code for a in areas if a.icb_2026_code == wanted.icb)
            found = of_icb if found is None else found & of_icb
        return found

    def _serving(self, codes: Iterable[str]) -> frozenset[str]:
        directory = self.directory
        return frozenset(
            service.id
            for code in codes
            for service in (*(s for s, _ in directory.serving(code)), *directory.closed(code))
        )

    def _helps(self, service: Service, pathway: Pathway) -> bool:
        """Whether its own pages say that it helps with something, and it may be shown to who has
        said nothing but that."""
        if not service_suits(service, situation((pathway,))):
            return False
        criteria = self.directory.criteria.get(service.id)
        return pathway in service.only_for or helps_with(criteria, pathway) is PathwayOffer.YES

    def lines(
        self,
        nation: Nation | None = None,
        kind: SupportKind | None = None,
        topic: Topic | None = None,
    ) -> tuple[PublicLine, ...]:
        """National lines, charities and routes that are there, in the order of the file.

        nation: where they can be used; None for all. topic: what they help with. Domestic
        abuse is only in a list of that kind or topic. After a loss or a separation nothing for a
        parent with a baby is among them.
        """
        found = []
        for offer in self._offers(nation):
            row = offer.support
            hidden = row.kind == HIDDEN_UNLESS_CHOSEN and row.kind not in (kind, topic)
            if row.status is Status.CLOSED or hidden or (kind is not None and row.kind != kind):
                continue
            if topic is not None and not is_about(row, topic):
                continue
            found.append(PublicLine(line_view(offer, self._at), is_for_a_baby(row)))
        return tuple(found)

    def _offers(self, nation: Nation | None) -> Iterable[Offer]:
        if nation is None:
            return [Offer(row, Opening()) for row in self.directory.national]
        place = {row.id: at for at, row in enumerate(self.directory.national)}
        of_kind = NationalHelp(self.directory).of_kind
        offers = [offer for kind in SupportKind for offer in of_kind(kind, nation, self._at)]
        return sorted(offers, key=lambda offer: place[offer.support.id])


def _fits(service: Service, wanted: Wanted) -> bool:
    return (
        (wanted.kind is None or service.kind is wanted.kind)
        and (wanted.status is None or service.status is wanted.status)
        and (wanted.self_referral is None or service.self_referral is wanted.self_referral)
    )


def is_about(row: NationalSupport, topic: Topic) -> bool:
    """Whether a line says that it helps with something, and may be shown to who has said nothing
    but that."""
    if topic not in row.pathways:
        return False
    return topic not in {*Pathway} or line_suits(row, situation((Pathway(topic),)))
