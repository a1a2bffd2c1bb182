"""The referral sheet, and sheets side by side: `views.sheet`, `views.comparison`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from mmhs_finder.directory.models import (
    Area,
    FurtherNeed,
    Pathway,
    Service,
    ServiceKind,
    Status,
    YesNo,
)
from mmhs_finder.directory.named import NEED_TERM
from mmhs_finder.views import sheet_words
from mmhs_finder.views.comparison import MOST_COMPARED, compare, table_csv
from mmhs_finder.views.names import label
from mmhs_finder.views.sheet import Sheet, SheetGroup, referral_sheet
from mmhs_finder.views.sheet_lines import SheetLine
from mmhs_finder.words import say
from tests.made_up.records import TODAY, criteria, service
from tests.made_up.texts import assert_told_in_full
from tests.made_up.world import MIDDLE, directory

PHONE = {"phone": "0300 1", "phone_audience": "public", "phone_status": "confirmed"}
FOR_GPS = {**PHONE, "phone_audience": "professional"}
_OF_SERVICE = frozenset(type(service()).model_fields)


def sheet(
    *others: Service,
    serves: Iterable[tuple[str, ...]] = (("made-up", "E01"),),
    places: tuple[Area, ...] = (),
    **columns: Any,
) -> Sheet:
    of = service(**{k: v for k, v in columns.items() if k in _OF_SERVICE})
    own = criteria(**{k: v for k, v in columns.items() if k not in _OF_SERVICE})
    made = directory([of, *others], serves, criteria=[own])
    found = referral_sheet(made, of, places, today=TODAY)
    assert_told_in_full([line.text for row in found.rows for line in row.lines])
    return found


def lines(row_id: str, **columns: Any) -> list[tuple[str, str]]:
    row = sheet(**columns).row(row_id)
    assert row is not None
    return [(x.text, x.url) for x in row.lines]


def texts(row_id: str, **columns: Any) -> list[str]:
    return [text for text, _ in lines(row_id, **columns)]


# --- the referral sheet ---------------------------------------------------------------------------


def test_the_rows_of_a_sheet_and_their_order():
    found = sheet()
    by_group = {g: [r.id for r in found.rows if r.group is g] for g in SheetGroup}
    assert [r.id for r in found.rows] == [i for ids in by_group.values() for i in ids]
    assert by_group == {
        SheetGroup.REFERRAL: [
            "how",
            "who_may_refer",
            "self_referral",
            "new_referrals",
            "status",
            "consent",
            "area",
            "area_basis",
            "wait",
            "hours",
        ],
        SheetGroup.CRITERIA: [
            "birth_trauma",
            "loss",
            "tokophobia",
            "separation",
            "separation_illness",
            "failed_fertility_treatment",
            "loss_kinds",
            "other_presentations",
            "who_for",
            "severity",
            "min_weeks",
            "max_months",
            "period",
            "pregnant",
            "gestation",
            "min_age",
            "ptsd",
            "earlier_treatment",
            "exclusions",
        ],
        SheetGroup.OFFER: ["partners", "therapies", "delivery"],
        SheetGroup.CONTACT: ["website", "address"],
        SheetGroup.SILENT: ["silent"],
        SheetGroup.WAITING: ["while_waiting"],
        SheetGroup.NAMED: [],
        SheetGroup.SOURCE: ["backing", "source", "source_date", "checked_on", "confidence"],
    }
    groups = [(heading, rows[0].group) for heading, rows in found.groups()]
    told = [g for g in SheetGroup if any(r.published for r in found.rows if r.group is g)]
    assert groups == [(say(f"sheet.group_{g.value}"), g) for g in told]
    assert SheetGroup.OFFER not in told and SheetGroup.SILENT in told
    terms = {need.value: NEED_TERM(need) for need in (*Pathway, *FurtherNeed)}
    assert all(r.heading == (terms.get(r.id) or say(f"sheet_row.{r.id}")) for r in found.rows)
    assert found.label == label(found.service) and found.row("nothing") is None


def test_a_service_of_another_kind_has_no_criteria_but_its_own_words():
    found = sheet(kind="talking_therapies", who_for="adults", min_age=18, period_note="soon")
    ids = [r.id for r in found.rows if r.group is SheetGroup.CRITERIA]
    assert ids == ["who_for", "min_age", "period"]
    told = {i: found.row(i).text for i in ids}
    assert told == {
        "who_for": "Adults.",
        "min_age": say("sheet.min_age", count=18),
        "period": "Soon.",
    }
    assert found.row("perinatal_priority") is not None
    assert sheet(kind="peer_support").row("perinatal_priority") is None


@pytest.mark.parametrize("read", ["whole", "part", "none"])
def test_what_no_source_says_is_blank_in_words_that_say_whose_fault_it_is(read):
    found = sheet(read=read)
    blank = sheet_words.BLANK(read)
    (consent,) = (r for r in found.rows if r.id == "consent")
    assert (consent.text, consent.published) == (blank, False)
    assert {r.blank for r in found.rows} == {blank}
    assert found.row("status").published


@pytest.mark.parametrize("read", ["whole", "part", "none"])
def test_what_is_not_published_is_named_in_one_place_and_no_part_has_a_blank(read):
    found = sheet(read=read, severity="moderate", **PHONE)
    blanks = [r.heading for r in found.rows if not r.published]
    headings, whose = found.row("silent").lines
    assert headings.text == "; ".join(blanks) + "."
    assert whose.text == f"{sheet_words.BLANK(read)}."
    assert len(blanks) > 10
    assert all(row.published for _, rows in found.groups() for row in rows)


EXTRA = {
    "disagreement": "two pages",
    "consultation": "ring us",
    "after_referral": "they call",
    "lived_experience": "peers",
}


def test_some_rows_are_there_only_where_something_is_said():
    ids = [r.id for r in sheet(**EXTRA, complex_needs_offer="treatment").rows]
    assert ids[9:13] == ["hours", "disagreement", "consultation", "after_referral"]
    assert ids[ids.index("therapies") + 1] == "lived_experience"
    assert ids[ids.index("earlier_treatment") + 1] == "complex_needs"
    assert texts("consultation", **EXTRA) == ["Ring us."]
    assert texts("complex_needs", complex_needs_offer="treatment") == [
        say("sheet.complex_treatment")
    ]


YES, NO = say("sheet.yes"), say("sheet.no")
FORM, PAGE = "https://a.example/form", "https://a.example"
TO_YEAR = say("sheet.max_months", period="1 year")
AFTER_SIX = say("sheet.min_weeks", count=6)
ONLY_LOSS = say("sheet.limits_only_for", needs=say("need_term.loss"))


@pytest.mark.parametrize(
    ("row", "columns", "said"),
    [
        ("status", {}, [say("sheet.status_open")]),
        ("status", {"status": "unknown"}, [say("sheet.status_unknown")]),
        (
            "who_may_refer",
            {"referrers": ("gp", "self", "midwife")},
            [f"{say('sheet_referrer.gp')} and {say('sheet_referrer.midwife')}."],
        ),
        ("self_referral", {"self_referral": "yes"}, [YES]),
        ("self_referral", {"self_referral": "no"}, [NO]),
        ("self_referral", {}, []),
        ("self_referral", {"kind": "talking_therapies"}, [say("sheet.national_rule")]),
        (
            "self_referral",
            {"self_referral": "yes", "new_referrals": YesNo.NO},
            [YES, f"{say('contact.full')}."],
        ),
        ("consent", {"consent_required": YesNo.YES}, [YES]),
        ("consent", {"consent_required": YesNo.UNKNOWN}, []),
        (
            "area_basis",
            {"area_basis": ("lives_in", "gp_registered")},
            [f"{say('sheet.basis_lives_in')} or {say('sheet.basis_gp_registered')}."],
        ),
        ("hours", {"hours_text": "weekdays"}, ["Weekdays."]),
        ("loss", {"loss": "yes"}, [YES]),
        ("loss", {"loss": "no"}, [NO]),
        ("loss", {"loss": "not_listed"}, [say("sheet.not_listed")]),
        ("separation_illness", {"separation_illness": "yes"}, [YES]),
        (
            "loss_kinds",
            {
                "loss_kinds": ("stillbirth", "ectopic"),
                "termination_reasons": "medical",
                "max_child_age_months": 12,
            },
            [
                f"{say('sheet_loss.stillbirth')} and {say('sheet_loss.ectopic')}.",
                say("sheet.termination_medical"),
                say("sheet.child_age", period="1 year"),
            ],
        ),
        (
            "other_presentations",
            {"other_presentations": "grief;fear ; anger"},
            ["Grief; fear; anger."],
        ),
        ("who_for", {"who_for": "parents"}, ["Parents."]),
        ("severity", {"severity": "moderate"}, ["Moderate."]),
        ("min_weeks", {"min_weeks_since_event": 6}, [AFTER_SIX]),
        ("min_weeks", {"limits_only_for": ("loss",)}, []),
        (
            "min_weeks",
            {"min_weeks_since_event": 6, "limits_only_for": ("loss",)},
            [AFTER_SIX, ONLY_LOSS],
        ),
        ("max_months", {"max_months_since_event": 12}, [TO_YEAR]),
        ("max_months", {"limits_only_for": ("loss",)}, []),
        (
            "max_months",
            {"max_months_since_event": 12, "limits_only_for": ("loss",)},
            [TO_YEAR, ONLY_LOSS],
        ),
        (
            "max_months",
            {"max_months_since_event": 12, "no_time_limit": "yes"},
            [say("sheet.no_time_limit")],
        ),
        ("period", {"period_note": "soon"}, ["Soon."]),
        ("pregnant", {"accepts_pregnant": "no"}, [NO]),
        ("gestation", {"max_gestation_weeks": 30}, [say("sheet.gestation", count=30)]),
        ("gestation", {"gestation_note": "late"}, ["Late."]),
        ("gestation", {"gestation_note": "late", "period_note": "late"}, []),
        ("min_age", {"min_age": 0}, [say("sheet.min_age", count=0)]),
        ("ptsd", {"ptsd_required": "psychological_trauma"}, [say("sheet.psychological_trauma")]),
        ("earlier_treatment", {"prior_treatment_required": "preferred"}, [say("sheet.preferred")]),
        ("exclusions", {"exclusions": "addiction"}, ["Addiction."]),
        (
            "partners",
            {"partner_support": ("couples", "unknown", "signposting")},
            [f"{say('sheet.signposting')} and {say('sheet.couples')}".capitalize() + "."],
        ),
        ("therapies", {"therapies": ("EMDR", "CBT")}, ["EMDR; CBT."]),
        ("lived_experience", {"lived_experience": "peers"}, ["Peers."]),
        (
            "perinatal_priority",
            {"kind": "talking_therapies", "perinatal_priority": YesNo.YES},
            [YES],
        ),
        ("source_date", {"source_date": "2026-01"}, ["January 2026."]),
        ("source_date", {"source_date": ""}, []),
        (
            "checked_on",
            {"source_date": ""},
            [say("source_read.undated", date="22 November 2026"), say("sheet.read_whole")],
        ),
        ("confidence", {"confidence": "low"}, [say("sheet.confidence_low")]),
    ],
    ids=str,
)
def test_what_a_row_says(row, columns, said):
    assert [t.casefold() for t in texts(row, **columns)] == [t.casefold() for t in said]


def test_a_closed_service_says_who_says_so():
    (status,) = texts("status", status="closed", closed_said_by="a report", source_date="2025")
    assert status == say("notice.closed", name="Made Up Service", who="a report", when="2025")


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({}, []),
        ({"referral_url": FORM}, [(say("sheet.how_form"), FORM)]),
        ({"referral_note": "ask"}, [("Ask.", "")]),
        (
            {"email": "a@b.example", "website": PAGE, **FOR_GPS},
            [
                (say("sheet.phone_professional", phone="0300 1"), "tel:03001"),
                (say("sheet.email_professional", email="a@b.example"), "mailto:a@b.example"),
            ],
        ),
        (
            {"referral_note": "ask", "referral_url": FORM, **PHONE},
            [
                (say("sheet.phone_public", phone="0300 1"), "tel:03001"),
                (say("sheet.how_form"), FORM),
                ("Ask.", ""),
            ],
        ),
    ],
    ids=str,
)
def test_how_to_refer(columns, said):
    assert lines("how", **columns) == said


@pytest.mark.parametrize(
    ("columns", "text", "url"),
    [
        (PHONE, say("sheet.phone_public", phone="0300 1"), "tel:03001"),
        (FOR_GPS, say("sheet.phone_professional", phone="0300 1"), "tel:03001"),
        (
            {**PHONE, "phone_status": "check"},
            f"{say('sheet.phone_public', phone='0300 1')} {say('sheet.not_confirmed')}",
            "",
        ),
    ],
    ids=str,
)
def test_a_number_stands_with_its_audience_and_one_that_is_not_confirmed_cannot_be_pressed(
    columns, text, url
):
    assert lines("how", **columns) == [(text, url)]


def test_the_way_is_the_page_only_where_there_is_no_number_address_or_form():
    own = (say("sheet.website_service_page"), PAGE)
    for columns, expected in (
        ({"website": PAGE}, [own]),
        ({"website": PAGE, "website_kind": "news"}, [(say("sheet.website_news"), PAGE)]),
        ({"website": PAGE, "referral_url": FORM}, [(say("sheet.how_form"), FORM)]),
        ({}, []),
    ):
        found = sheet(**columns)
        assert [(x.text, x.url) for x in found.ways] == expected
    assert lines("website", website=PAGE) == [own]
    assert lines("website") == lines("how") == []


def test_an_address_stands_with_whom_it_is_for():
    public = say("sheet.email_public", email="a@b.example")
    assert lines("how", email="a@b.example", email_audience="public") == [
        (public, "mailto:a@b.example")
    ]


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"postcode": "MS1 1AA", "address": "Here"}, []),
        (
            {"postcode": "MS1 1AA", "address": "here", "location_kind": "service_base"},
            ["Here, MS1 1AA."],
        ),
        (
            {"postcode": "MS1 1AA", "location_name": "ward", "location_kind": "hospital_site"},
            ["Ward, MS1 1AA."],
        ),
        (
            {"postcode": "MS1 1AA", "address": "At MS1 1AA", "location_kind": "service_base"},
            ["At MS1 1AA."],
        ),
    ],
    ids=str,
)
def test_an_address_is_only_where_care_is_given(columns, said):
    assert texts("address", **columns) == said


def test_the_areas_stand_by_how_sure_they_are():
    found = sheet(
        serves=[("made-up", "E02", "inferred"), ("made-up", "E01"), ("made-up", "E03")]
    ).row("area")
    assert [x.text for x in found.lines] == [
        say("sheet.area_stated", areas="Eastshire and Westshire"),
        say("sheet.area_inferred", areas="Middleshire"),
    ]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("The waiting list is long", "The waiting list is long"),
        ("See us. Waiting times are 3 months; ring.", "Waiting times are 3 months"),
        ("You may wait up to six weeks.", "You may wait up to six weeks"),
        ("A 12 week wait", "A 12 week wait"),
        ("A wait of a month after the birth is advised", None),
        ("Ask while you wait", None),
    ],
)
@pytest.mark.parametrize("column", ["who_for", "referral_note", "period_note", "hours_text"])
def test_only_a_text_about_a_waiting_list_is_quoted_as_one(column, text, quoted):
    said = [say("sheet.wait_read", text=quoted)] if quoted else []
    assert texts("wait", **{column: text}) == said


def test_the_sources_are_named_and_lead_there():
    columns = {"source_urls": ("https://www.a.example/1", "https://b.example")}
    assert lines("source", **columns) == [
        ("a.example", "https://www.a.example/1"),
        ("b.example", "https://b.example"),
    ]


@pytest.mark.parametrize(
    ("url", "written"),
    [(PAGE, f"Page: {PAGE}"), ("tel:111", "Page"), ("mailto:a@b.example", "Page"), ("", "Page")],
)
def test_where_nothing_can_be_pressed_only_an_address_of_the_web_is_written_out(url, written):
    assert SheetLine("Page", url).written == written


def peer(key: str, **changes: Any) -> Service:
    return service(**{"id": key, "name": key, "kind": ServiceKind.PEER_SUPPORT, **changes})


def test_while_waiting_names_three_of_a_kind_those_she_can_ask_herself_first():
    others = [peer(n) for n in "ecdb"] + [peer("a", self_referral="yes")]
    others += [
        peer("f", status=Status.UNKNOWN),
        service(id="mmhs two", name="mmhs two"),
        peer("team", kind=ServiceKind.PERINATAL_TEAM),
        peer("elsewhere"),
    ]
    serves = [(s.id, "E01") for s in others[:-1]] + [("made-up", "E01"), ("elsewhere", "E02")]
    row = sheet(*others, serves=serves).row("while_waiting")
    herself, more = say("sheet.waiting_self", name="a"), say("names.more", count=2)
    assert [x.written for x in row.lines] == [
        f"{say('kind.perinatal_team')}: team.",
        f"{say('kind.peer_support')}: {herself}; b; c; {more}.",
        say("sheet.waiting_always"),
    ]
    assert [key for x in row.lines for key, _ in x.sheets] == ["team", "a", "b", "c"]
    near = sheet(*others, serves=serves, places=(MIDDLE,)).row("while_waiting")
    assert [x.written for x in near.lines] == [
        f"{say('kind.peer_support')}: elsewhere.",
        say("sheet.waiting_always"),
    ]


def test_exactly_three_of_a_kind_are_all_there_are():
    others = [peer(n) for n in "abc"]
    row = sheet(*others, serves=[(n, "E01") for n in ("a", "b", "c", "made-up")]).row(
        "while_waiting"
    )
    assert row.lines[0].written == f"{say('kind.peer_support')}: a; b; c."


# --- side by side ---------------------------------------------------------------------------------


def compared(*columns: dict[str, Any]) -> Any:
    return compare([sheet(**c) for c in columns])


def row_of(found: Any, row_id: str) -> Any:
    return next(r for r in found.rows if r.id == row_id)


@pytest.mark.parametrize(
    ("columns", "note", "differs"),
    [
        (({"loss": "yes"}, {"loss": "yes"}), "same", False),
        (({"loss": "yes"}, {"loss": "no"}), "differs", True),
        (({"loss": "yes"}, {}), "some_silent", True),
        (({}, {}), "nobody_says", False),
        (({"loss": "yes"}, {"loss": "no"}, {}), "differs", True),
    ],
    ids=str,
)
def test_whether_services_differ_is_said_in_words(columns, note, differs):
    found = row_of(compared(*columns), "loss")
    assert (found.note, found.differs) == (say(f"compare.{note}"), differs)
    assert found.heading == say("need_term.loss") and len(found.cells) == len(columns)


def test_of_one_service_alone_and_of_what_tells_services_apart_nothing_is_said():
    alone = row_of(compared({"loss": "yes"}), "loss")
    assert (alone.note, alone.differs, alone.cells) == ("", False, (YES,))
    two = compared({**PHONE}, {"source_date": ""})
    for row in ("how", "area", "website", "address"):
        assert (row_of(two, row).note, row_of(two, row).differs) == ("", False)
    assert {"source_date", "checked_on", "confidence"} <= {r.id for r in two.rows}
    assert not {"source", "silent", "while_waiting"} & {r.id for r in two.rows}


def test_the_same_in_other_letters_is_the_same():
    found = row_of(compared({"who_for": "Parents"}, {"who_for": "parents."}), "who_for")
    assert (found.differs, found.note) == (False, say("compare.same"))


def test_a_row_that_one_service_does_not_have_is_said_not_to_be_kept():
    found = compared({"kind": "peer_support"}, {"loss": "yes"})
    assert row_of(found, "loss").cells == (say("compare.not_kept"), YES)
    ids = [r.id for r in found.rows]
    assert ids.index("who_for") < ids.index("partners") and ids.index("loss") < ids.index("website")
    assert found.differing == sum(r.differs for r in found.rows)


def test_no_more_than_five_are_compared_and_the_file_has_them_all():
    found = compared(*({"name": str(i), "loss": "yes"} for i in range(6)))
    assert len(found.sheets) == MOST_COMPARED == len(found.columns) == 5
    assert found.columns == tuple(s.label for s in found.sheets)
    head, *rest = table_csv(found).decode("utf-8-sig").splitlines()
    assert head.startswith(say("compare.criterion")) and head.endswith(say("compare.difference"))
    assert head.count("Made Up Trust") == 5
    loss = next(x for x in rest if x.startswith(say("need_term.loss")))
    assert loss.count(YES) >= 5 and loss.endswith(say("compare.same"))
