"""The list of all services: every filter, and files that programs and people open."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date

import pytest

from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import (
    Pathway,
    PhoneStatus,
    ServiceKind,
    Status,
    YesNo,
)
from mmhs_finder.directory.vocabularies import Region
from mmhs_finder.views.listing import (
    COLUMNS,
    Filters,
    Freshness,
    ListedService,
    Sort,
    freshness,
    listing,
    rows,
    to_csv,
    to_json,
)

TODAY = date(2026, 11, 22)


def found(
    directory: Directory, sort: Sort = Sort.NAME, **filters: object
) -> tuple[ListedService, ...]:
    return listing(directory, Filters(**filters), sort, TODAY)


def test_without_filters_every_service_is_listed(directory: Directory) -> None:
    assert {r.id for r in found(directory)} == set(directory.services)


def test_each_kind(directory: Directory) -> None:
    total = 0
    for kind in ServiceKind:
        of_kind = found(directory, kinds=(kind,))
        assert {r.kind for r in of_kind} <= {kind.value}
        total += len(of_kind)
    assert total == len(directory.services)


def test_each_region_and_several_at_once(directory: Directory) -> None:
    for region in Region:
        assert all(region in r.regions for r in found(directory, regions=(region,)))
    one = found(directory, regions=("South West",))
    both = found(directory, regions=("South West", "North West"))
    assert [r.id for r in one] == ["alder", "lamp"]
    assert [r.id for r in both] == ["alder", "lamp", "lime"]


def test_each_icb_of_2026(directory: Directory) -> None:
    listed = found(directory, icbs=("NHS Kent and Medway",))
    kent = {"harbour", "harbour-therapies", "harbour-perinatal", "shore", "pier", "tide", "cove"}
    assert {r.id for r in listed} == kent | {"brook", "cradle"}
    assert all("NHS Kent and Medway" in r.icbs for r in listed)
    assert found(directory, icbs=("NHS Hampshire and Isle of Wight",)) == ()


def test_pathways_are_all_wanted(directory: Directory) -> None:
    def ids(*pathways: Pathway) -> list[str]:
        return [r.id for r in found(directory, pathways=pathways)]

    assert ids(Pathway.SEPARATION) == ["harbour", "willow"]
    fear = ["ash", "birch", "harbour", "hazel", "holly", "larch", "willow-south", "willow"]
    assert ids(Pathway.TOKOPHOBIA) == fear
    assert ids(Pathway.LOSS, Pathway.SEPARATION) == ["harbour", "willow"]
    assert ids(Pathway.LOSS, Pathway.TOKOPHOBIA) == fear[1:]


@pytest.mark.parametrize("value", list(YesNo))
def test_self_referral(directory: Directory, value: YesNo) -> None:
    listed = found(directory, self_referral=(value,))
    assert listed and {r.self_referral for r in listed} == {value.value}


@pytest.mark.parametrize("value", list(Status))
def test_status(directory: Directory, value: Status) -> None:
    assert {r.status for r in found(directory, statuses=(value,))} == {value.value}


def test_freshness_parts_the_list(directory: Directory) -> None:
    parts = [found(directory, freshness=(f,)) for f in Freshness]
    assert sum(map(len, parts)) == len(directory.services)
    assert all(parts)


@pytest.mark.parametrize(
    ("source_date", "age"),
    [
        ("", Freshness.UNDATED),
        ("2026", Freshness.RECENT),
        ("2024-11", Freshness.RECENT),
        ("2024-10-31", Freshness.OLD),
        ("2017", Freshness.OLD),
    ],
)
def test_age_of_a_source(source_date: str, age: Freshness) -> None:
    assert freshness(source_date, TODAY) is age


@pytest.mark.parametrize(
    ("typed", "service_id"),
    [
        ("WILLOW", "willow"),
        ("balt", "lamp"),
        ("Canterbury", "harbour"),
    ],
)
def test_text_finds_names_and_councils(directory: Directory, typed: str, service_id: str) -> None:
    assert service_id in {r.id for r in found(directory, text=typed)}


def test_no_fit_is_an_empty_list(directory: Directory) -> None:
    assert found(directory, text="zzzqqq") == ()
    assert found(directory, text="harbour", kinds=(ServiceKind.MOTHER_BABY_UNIT,)) == ()


@pytest.mark.parametrize("sort", list(Sort))
def test_sorting_keeps_every_row(directory: Directory, sort: Sort) -> None:
    assert len(found(directory, sort)) == len(directory.services)


def test_sorted_by_date_what_has_none_comes_last(directory: Directory) -> None:
    for sort in (Sort.NEWEST, Sort.OLDEST):
        dates = [r.evidence_date for r in found(directory, sort)]
        assert dates[0] and not dates[-1]
        dated = [d for d in dates if d]
        assert dated == sorted(dated, reverse=sort is Sort.NEWEST)


def test_no_unconfirmed_number_no_office_no_curators_note(directory: Directory) -> None:
    text = to_csv(found(directory)).decode("utf-8-sig") + to_json(found(directory)).decode()
    for service in directory.services.values():
        if service.curator_notes:
            assert service.curator_notes not in text
        if service.phone and service.phone_status is PhoneStatus.CHECK:
            mine = next(r for r in found(directory) if r.id == service.id)
            assert not mine.public_phone and not mine.professional_phone
    assert all(not r.postcode or directory.services[r.id].is_real_base for r in found(directory))


def test_the_csv_is_whole_and_formula_safe(directory: Directory) -> None:
    listed = list(rows(directory, TODAY))
    hostile = ListedService(
        **{**listed[0].__dict__, "name": "=1+1", "provider": "@SUM(1)", "area": ("-x",)}
    )
    data = to_csv([hostile, *listed])
    assert data.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert tuple(read[0]) == COLUMNS
    assert len(read) == len(listed) + 2
    assert not [c for line in read for c in line if re.match(r"\s*[=+\-@\t\r]", c)]


def test_the_json_has_lists_and_the_columns(directory: Directory) -> None:
    data = json.loads(to_json(found(directory, kinds=(ServiceKind.MMHS,))))
    assert tuple(data["columns"]) == COLUMNS
    assert len(data["services"]) == len(directory.services_of(ServiceKind.MMHS))
    willow = next(s for s in data["services"] if s["id"] == "willow")
    assert willow["pathways"] == [p.value for p in Pathway]
    assert willow["area"] == ["East Midshire", "Waveney"]


def test_every_column_is_documented() -> None:
    for column in COLUMNS:
        assert re.search(rf"\b{column}\b", ListedService.__doc__ or ""), column


def test_rows_are_made_once_a_day_for_a_directory(directory: Directory) -> None:
    assert rows(directory, TODAY) is rows(directory, TODAY)
    other = replace(directory, services={})
    assert rows(other, TODAY) == ()
    assert len(rows(directory, date(2020, 1, 1))) == len(rows(directory, TODAY))
