"""The closed sets of words in the lists and texts of the directory, one enum for each column.

Values stand in the CSV files as they are here; their order is that of the pages. Enums of single
columns that several records share are in `models`. Not for: words that the public reads (`words`).
"""

from __future__ import annotations

from enum import StrEnum


class AreaBasis(StrEnum):
    """What decides whether somebody belongs to a service's area.

    Column `area_basis` of `services.csv`.
    """

    LIVES_IN = "lives_in"
    GP_REGISTERED = "gp_registered"
    MATERNITY_BOOKED = "maternity_booked"


class Referrer(StrEnum):
    """Who may refer somebody to a service.

    Column `referrers` of `services.csv`.
    """

    GP = "gp"
    MIDWIFE = "midwife"
    HEALTH_VISITOR = "health_visitor"
    OBSTETRICIAN = "obstetrician"
    PERINATAL_TEAM = "perinatal_team"
    TALKING_THERAPIES = "talking_therapies"
    ANY_HEALTH_PROFESSIONAL = "any_health_professional"
    SOCIAL_CARE = "social_care"
    VOLUNTARY = "voluntary"
    SELF = "self"


class Read(StrEnum):
    """How much of a row's own page somebody has read: what a blank cell can be said to mean.

    whole: to its end, so what it does not say is not published there. part: the copy broke off, or
    it is not clear. none: there was no page of its own; what is known comes from elsewhere.
    second_hand: for national rows, as other directories give it; nobody opened its own page.
    Column `read` of `services.csv` and `national_support.csv`.
    """

    WHOLE = "whole"
    PART = "part"
    NONE = "none"
    SECOND_HAND = "second_hand"


class ToldHow(StrEnum):
    """How it was known that an answer came from the service itself.

    sender_domain: from an address of its own organisation. call_back: somebody rang back on a
    number of the organisation's own page. not_known: then it was only told to us.
    Column `told_how` of `services.csv`.
    """

    SENDER_DOMAIN = "sender_domain"
    CALL_BACK = "call_back"
    NOT_KNOWN = "not_known"


class PartnerSupport(StrEnum):
    """What a service does for partners. yes: something, and not said what; no: nothing.

    Column `partner_support` of `services.csv`.
    """

    SIGNPOSTING = "signposting"
    ASSESSMENT = "assessment"
    SESSIONS = "sessions"
    COUPLES = "couples"
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class PtsdRule(StrEnum):
    """Whether signs of post-traumatic stress are asked for; `psychological_trauma`: that it is
    what the service treats.

    Column `ptsd_required` of `mmhs_criteria.csv`.
    """

    YES = "yes"
    NO = "no"
    PSYCHOLOGICAL_TRAUMA = "psychological_trauma"
    UNKNOWN = "unknown"


class EarlierHelp(StrEnum):
    """Whether other treatment comes first; preferred: they say so, and their triage decides.

    Column `prior_treatment_required` of `mmhs_criteria.csv`.
    """

    YES = "yes"
    PREFERRED = "preferred"
    NO = "no"
    UNKNOWN = "unknown"


class LimitException(StrEnum):
    """Who is seen although it was longer ago than the limit.

    Column `max_months_except` of `mmhs_criteria.csv`.
    """

    PREGNANT = "pregnant"


class TerminationReasons(StrEnum):
    """For which reasons a pregnancy was ended, where a service says so.

    Column `termination_reasons` of `mmhs_criteria.csv`.
    """

    ANY = "any"
    MEDICAL = "medical"


class ComplexNeedsOffer(StrEnum):
    """What a service does for people with complex needs who have a care co-ordinator.

    Column `complex_needs_offer` of `mmhs_criteria.csv`.
    """

    ASSESSMENT_OR_ADVICE = "assessment_or_advice"
    TREATMENT = "treatment"


class Delivery(StrEnum):
    """How care is given.

    Column `delivery` of `services.csv`.
    """

    IN_PERSON = "in_person"
    VIDEO = "video"
    PHONE = "phone"
    GROUP = "group"


class Region(StrEnum):
    """The seven NHS regions, from north to south.

    Column `region` of `areas.csv`.
    """

    NORTH_EAST_AND_YORKSHIRE = "North East and Yorkshire"
    NORTH_WEST = "North West"
    MIDLANDS = "Midlands"
    EAST_OF_ENGLAND = "East of England"
    LONDON = "London"
    SOUTH_EAST = "South East"
    SOUTH_WEST = "South West"


class SupportKind(StrEnum):
    """What a national line, charity or route is.

    Column `kind` of `national_support.csv`.
    """

    CRISIS = "crisis"
    DOMESTIC_ABUSE = "domestic_abuse"
    GP = "gp"
    HEALTH_VISITOR = "health_visitor"
    MATERNITY = "maternity"
    SPECIALIST_MENTAL_HEALTH_MIDWIFE = "specialist_mental_health_midwife"
    PERINATAL_MENTAL_HEALTH_TEAM = "perinatal_mental_health_team"
    NHS_TALKING_THERAPIES = "nhs_talking_therapies"
    COMMUNITY_MENTAL_HEALTH_TEAM = "community_mental_health_team"
    ADJACENT_MMHS = "adjacent_mmhs"
    BEREAVEMENT_SERVICE = "bereavement_service"
    VOLUNTARY_SECTOR = "voluntary_sector"
    PEER_SUPPORT = "peer_support"
    PARTNER_SUPPORT = "partner_support"
    SOCIAL_PRESCRIBING = "social_prescribing"
    CHILDRENS_CENTRE = "childrens_centre"
    DRUG_AND_ALCOHOL = "drug_and_alcohol"
    FAITH = "faith"
    LEGAL_RIGHTS = "legal_rights"
    MONEY_HOUSING = "money_housing"
    RACIALISED_COMMUNITIES = "racialised_communities"
    REFUGEES_MIGRANTS = "refugees_migrants"
    YOUNG_PARENTS = "young_parents"
    YOUNG_PEOPLE = "young_people"


class SupportNation(StrEnum):
    """Where a national line is there for people.

    Column `nations` of `national_support.csv`.
    """

    ENGLAND = "England"
    SCOTLAND = "Scotland"
    WALES = "Wales"
    NORTHERN_IRELAND = "Northern Ireland"
    UK = "UK"
    JERSEY = "Jersey"
    GUERNSEY = "Guernsey"
    ISLE_OF_MAN = "Isle of Man"


class Topic(StrEnum):
    """What national help is about: more than the four pathways of an MMHS.

    Column `pathways` of `national_support.csv`.
    """

    BIRTH_TRAUMA = "birth_trauma"
    LOSS = "loss"
    TOKOPHOBIA = "tokophobia"
    SEPARATION = "separation"
    DEPRESSION_ANXIETY = "depression_anxiety"
    PSYCHOSIS = "psychosis"
    OCD = "ocd"
    PARTNER = "partner"
    CRISIS = "crisis"
    ANY = "any"
    DOMESTIC_ABUSE = "domestic_abuse"


class SupportAudience(StrEnum):
    """Whom a national line is there for.

    Column `audience` of `national_support.csv`.
    """

    PARENT = "parent"
    PARTNER = "partner"
    FAMILY = "family"
    PROFESSIONAL = "professional"
    YOUNG_PERSON = "young_person"
