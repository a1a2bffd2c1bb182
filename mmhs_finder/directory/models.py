"""The records of the directory, one class for each CSV file in `data/`.

A record has the columns of its file as attributes. Lists (`;` in the file) are tuples. A blank text
cell is `""`; another blank is `None`: "no source read says".
Not for: reading files (`loading`), or saying what is wrong with them (`curation`).
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import ConfigDict

from mmhs_finder.directory.linked import Linked
from mmhs_finder.directory.vocabularies import (
    AreaBasis,
    ComplexNeedsOffer,
    Delivery,
    EarlierHelp,
    LimitException,
    PartnerSupport,
    PtsdRule,
    Read,
    Referrer,
    Region,
    SupportAudience,
    SupportKind,
    SupportNation,
    TerminationReasons,
    ToldHow,
    Topic,
)
from mmhs_finder.nation import Nation


class YesNo(StrEnum):
    """A published yes or no, or `unknown`: not seen in what was read of its pages (`Read`)."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class PathwayOffer(StrEnum):
    """Whether a service helps with something, as its own pages have it.

    not_listed: its list of what it helps with leaves it out; that is no word against anybody.
    """

    YES = "yes"
    NO = "no"
    NOT_LISTED = "not_listed"
    UNKNOWN = "unknown"


class SelfReferral(StrEnum):
    """Whether a person can refer herself. The last two are used by national rows only."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    VARIES = "varies"
    LIMITED = "limited"


class Pathway(StrEnum):
    """The four pathways of an MMHS, in the order the pages show them."""

    BIRTH_TRAUMA = "birth_trauma"
    LOSS = "loss"
    TOKOPHOBIA = "tokophobia"
    SEPARATION = "separation"


class FurtherNeed(StrEnum):
    """What may have happened beside the four pathways, and has a column of its own."""

    SEPARATION_ILLNESS = "separation_illness"
    FAILED_FERTILITY_TREATMENT = "failed_fertility_treatment"


Need = Pathway | FurtherNeed
"""Anything that a person can say has happened."""


class ServiceKind(StrEnum):
    MMHS = "mmhs"
    PERINATAL_TEAM = "perinatal_team"
    TALKING_THERAPIES = "talking_therapies"
    MOTHER_BABY_UNIT = "mother_baby_unit"
    BEREAVEMENT = "bereavement"
    BIRTH_REFLECTIONS = "birth_reflections"
    COUNSELLING = "counselling"
    PEER_SUPPORT = "peer_support"
    PARENT_INFANT = "parent_infant"
    SEPARATION = "separation"
    OTHER = "other"


class LossKind(StrEnum):
    MISCARRIAGE = "miscarriage"
    ECTOPIC = "ectopic"
    TERMINATION = "termination"
    STILLBIRTH = "stillbirth"
    NEONATAL_DEATH = "neonatal_death"
    INFANT_DEATH = "infant_death"
    OTHER = "other_loss"


class UrgentStrip(StrEnum):
    """The gaps in the sentence about urgent help on every page, in the order of urgency."""

    EMERGENCY = "emergency"
    MENTAL_HEALTH_LINE = "mental_health_line"  # 111, then press 2
    NATION_LINE = "nation_line"  # a nation's own line, called by its name
    LISTENING_LINE = "listening_line"
    TEXT_LINE = "text_line"


class Status(StrEnum):
    """closed: a report or the provider says so; it is named, and offered to nobody."""

    OPEN = "open"
    UNKNOWN = "unknown"
    CLOSED = "closed"


class Audience(StrEnum):
    """For whom a phone number or e-mail address was published."""

    PUBLIC = "public"
    PROFESSIONAL = "professional"


class PhoneStatus(StrEnum):
    CONFIRMED = "confirmed"
    CHECK = "check"


class WebsiteKind(StrEnum):
    SERVICE_PAGE = "service_page"
    NEWS = "news"
    LISTING = "listing"


class LocationKind(StrEnum):
    SERVICE_BASE = "service_base"
    HOSPITAL_SITE = "hospital_site"
    PROVIDER_OFFICE = "provider_office"
    NONE = "none"


class Certainty(StrEnum):
    """How sure the directory is that a service serves an area."""

    STATED = "stated"
    INFERRED = "inferred"


class Confidence(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Record(Linked):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Service(Record):
    """A service run in a place: one row of `services.csv`."""

    id: str
    kind: ServiceKind
    name: str
    alt_names: tuple[str, ...] = ()
    provider: str = ""
    partners: tuple[str, ...] = ()
    status: Status
    closed_said_by: str = ""  # who says that it closed; its date is `source_date`
    area_text: tuple[str, ...] = ()
    area_basis: tuple[AreaBasis, ...] = ()
    pregnant_area_basis: tuple[AreaBasis, ...] = ()  # asked for as well, of people pregnant now
    takes_from_anywhere: YesNo | None = None  # yes: from all over England, so it has no areas
    address: str = ""
    postcode: str = ""
    location_kind: LocationKind
    location_name: str = ""
    office_postcode: str = ""
    phone: str = ""
    phone_audience: Audience | None = None
    phone_status: PhoneStatus | None = None
    email: str = ""
    email_audience: Audience | None = None
    referrer_phone: str = ""  # for people who refer, beside one for parents: never a parent's
    referrer_phone_status: PhoneStatus | None = None
    referrer_email: str = ""
    website: str = ""
    website_kind: WebsiteKind | None = None
    referral_url: str = ""
    hours_text: str = ""
    hours_osm: str = ""
    self_referral: YesNo
    self_referral_except: tuple[Pathway, ...] = ()  # for what it is not published, though it is yes
    new_referrals: YesNo | None = None  # no: it takes none now, whoever asks
    wait_assessment_weeks: int | None = None  # usual weeks until the first appointment
    wait_therapy_weeks: int | None = None  # usual weeks from it until the therapy begins
    availability_as_of: date | None = None  # the day of new_referrals and the waits
    referrers: tuple[Referrer, ...] = ()
    referral_note: str = ""
    consent_required: YesNo | None = None
    min_age: int | None = None  # years
    who_for: str = ""
    period_note: str = ""
    partner_support: tuple[PartnerSupport, ...] = ()
    therapies: tuple[str, ...] = ()
    delivery: tuple[Delivery, ...] = ()
    perinatal_priority: YesNo | None = None
    only_for: tuple[Pathway, ...] = ()  # what it is for, where its source names nothing else
    with_a_baby: YesNo | None = None  # yes: for a parent with her baby
    after_referral: str = ""
    lived_experience: str = ""
    consultation: str = ""  # for professionals
    disagreement: str = ""  # for professionals: where its pages contradict each other
    told_on: date | None = None  # the service itself answered: see `confirming.standing`
    told_by: str = ""  # a role, never a name
    told_how: ToldHow | None = None
    told_proof: str = ""  # the domain, or the number rung and its page: never shown
    source_urls: tuple[str, ...] = ()
    source_date: str = ""  # YYYY, YYYY-MM or YYYY-MM-DD, as precise as the source
    read: Read
    read_basis: str = ""  # the curators' words that `read` rests on: never shown
    checked_on: date
    confidence: Confidence
    curator_notes: str = ""  # never shown, never parsed

    @property
    def is_real_base(self) -> bool:
        """True when `postcode` is where care is given, so that it has an address and a distance."""
        return bool(self.postcode) and self.location_kind in (
            LocationKind.SERVICE_BASE,
            LocationKind.HOSPITAL_SITE,
        )

    @property
    def known_partner_support(self) -> frozenset[PartnerSupport]:
        """What is done for partners, or that nothing is; empty where nothing is stated."""
        return frozenset(self.partner_support) - {PartnerSupport.UNKNOWN}


class Criteria(Record):
    """The published referral criteria of one MMHS: one row of `mmhs_criteria.csv`.

    A blank limit is not "no limit" unless the service's own text says so.
    """

    service_id: str
    birth_trauma: PathwayOffer
    loss: PathwayOffer
    tokophobia: PathwayOffer
    separation: PathwayOffer
    separation_illness: PathwayOffer | None = None  # kept apart by illness or a long hospital stay
    failed_fertility_treatment: PathwayOffer | None = None
    loss_kinds: tuple[LossKind, ...] = ()  # the kinds that its list names; () where it names none
    termination_reasons: TerminationReasons | None = None
    max_child_age_months: int | None = None  # until what age of a child that died
    only_if_pregnant: tuple[Pathway, ...] = ()  # helped with only in a pregnancy
    only_if_not_pregnant: tuple[Pathway, ...] = ()
    birth_trauma_only_if: str = ""  # where birth_trauma is yes: the condition, in its own words
    loss_only_if: str = ""
    tokophobia_only_if: str = ""
    separation_only_if: str = ""
    other_presentations: str = ""
    severity: str = ""
    min_weeks_since_event: int | None = None
    max_months_since_event: int | None = None
    no_time_limit: YesNo | None = None  # yes: its own text says that it may be long ago
    limits_only_for: tuple[Pathway, ...] = ()  # what the time limits were published for; () for all
    max_months_except: tuple[LimitException, ...] = ()  # who is seen although it was longer ago
    max_gestation_weeks: int | None = None
    gestation_note: str = ""
    accepts_pregnant: YesNo
    ptsd_required: PtsdRule
    prior_treatment_required: EarlierHelp
    earlier_help: tuple[str, ...] = ()  # ids of the services that it names as the first to ask
    multiple_events: YesNo | None = None  # several losses or traumas asked for
    care_coordinator: YesNo | None = None  # asked for where needs are complex
    complex_needs_offer: ComplexNeedsOffer | None = None  # what it then does
    exclusions: str = ""

    def offers(self, need: Need) -> PathwayOffer:
        return PathwayOffer(getattr(self, need.value) or PathwayOffer.UNKNOWN)

    def only_if(self, need: Need) -> str:
        """The condition on which it helps with something, in its own words; "" for none."""
        return str(getattr(self, f"{need.value}_only_if", ""))

    @property
    def publishes_time_limit(self) -> bool:
        """It says until when after the event, or that it does not matter."""
        return self.any_time or self.max_months_since_event is not None

    @property
    def any_time(self) -> bool:
        """Its own text says that it does not matter how long ago it was. A blank says nothing."""
        return self.no_time_limit is YesNo.YES


def helps_with(criteria: Criteria | None, pathway: Pathway) -> PathwayOffer:
    """Whether a service helps with something; unknown where it has no criteria on record."""
    return criteria.offers(pathway) if criteria else PathwayOffer.UNKNOWN


class ServiceArea(Record):
    """A service serving a council area (or a part of one): one row of `service_areas.csv`."""

    service_id: str
    area_code: str
    certainty: Certainty


class Area(Record):
    """An English council, or a part of one (`parent` set): one row of `areas.csv`."""

    code: str
    name: str
    parent: str = ""
    region: Region
    icb_2026_code: str
    icb_2026: str
    icb_2026_others: tuple[str, ...] = ()
    icb_2024: tuple[str, ...] = ()
    births_year_to_mid_2020: int | None = None
    women_15_44_mid_2021: int | None = None
    imd_2025_average_score: float | None = None


class NationalSupport(Record):
    """A national line, charity or route: one row of `national_support.csv`."""

    id: str
    name: str
    kind: SupportKind
    status: Status
    organisation: str = ""
    nations: tuple[SupportNation, ...] = ()  # blank: not stated
    who_for: str = ""
    what_it_offers: str = ""
    pathways: tuple[Topic, ...] = ()
    for_loss_kinds: tuple[LossKind, ...] = ()  # there for these kinds of loss: shown first for them
    with_a_baby: YesNo | None = None  # yes: for a parent with her baby
    max_age: int | None = None  # years; where it is for younger people only
    audience: tuple[SupportAudience, ...] = ()
    urgent_strip: UrgentStrip | None = None  # the gap it fills in the urgent-help sentence
    phone: str = ""
    phone_status: PhoneStatus | None = None
    phone_hours_text: str = ""
    phone_hours_osm: str = ""
    text_number: str = ""
    text_keyword: str = ""  # the word to send to it
    email: str = ""
    webchat_url: str = ""
    website: str = ""
    finder_url: str = ""
    cost: str = ""
    self_referral: SelfReferral | None = None
    languages_access: str = ""
    source_urls: tuple[str, ...] = ()
    source_date: str = ""
    read: Read
    checked_on: date
    confidence: Confidence
    curator_notes: str = ""  # never shown, never parsed


class DevolvedService(Record):
    """What exists in a board or trust outside England: one row of `devolved_nations.csv`."""

    nation: Nation
    board_or_trust: str
    service_name: str
    status: Status
    phone: str = ""
    website: str = ""
    self_referral: YesNo
    what_it_offers: str = ""
    with_a_baby: YesNo | None = None  # yes: for a parent with her baby
    source_urls: tuple[str, ...] = ()
    source_date: str = ""
    checked_on: date
    confidence: Confidence
    notes: str = ""  # for curators: never shown

    @property
    def names_a_service(self) -> bool:
        """False for a row that only says that nothing was found: its name stands in brackets."""
        return not self.service_name.startswith("(")
