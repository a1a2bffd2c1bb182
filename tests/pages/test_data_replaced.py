"""A page is read while another directory takes the old one's place: no error, plain words."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest
from streamlit.testing.v1 import AppTest

from mmhs_finder import application as module
from mmhs_finder.application import Application
from mmhs_finder.channels.streamlit import site
from mmhs_finder.directory import Directory
from tests.pages.test_pages import page_text, ran, search, start

AREA = "E07000106"


def put_in_place(
    monkeypatch: pytest.MonkeyPatch, application: Application, directory: Directory
) -> None:
    monkeypatch.setattr(module, "_served", application.over(directory))


def without_service(directory: Directory, gone: str) -> Directory:
    return replace(
        directory,
        services=MappingProxyType({k: s for k, s in directory.services.items() if k != gone}),
        criteria=MappingProxyType({k: c for k, c in directory.criteria.items() if k != gone}),
        service_areas=tuple(a for a in directory.service_areas if a.service_id != gone),
    )


def without_area(directory: Directory, gone: str) -> Directory:
    kept = {code: area for code, area in directory.areas.items() if code != gone}
    return replace(
        directory,
        areas=MappingProxyType(kept),
        service_areas=tuple(a for a in directory.service_areas if a.area_code != gone),
        _shapes={
            detail: {
                **shapes,
                "features": [f for f in shapes["features"] if f["properties"]["id"] != gone],
            }
            for detail in (True, False)
            if (shapes := directory.shapes(detail))
        },
    )


def test_a_service_with_another_name_and_number_is_shown_at_the_next_run(
    monkeypatch: pytest.MonkeyPatch, application: Application, directory: Directory
) -> None:
    app = search(start(), "CT1 3NG")
    assert "Harbour" in page_text(app)
    harbour = directory.services["harbour"]
    other = harbour.model_copy(update={"name": "Lighthouse", "phone": "020 7946 0999"})
    services = MappingProxyType({**directory.services, "harbour": other})
    put_in_place(monkeypatch, application, replace(directory, services=services))
    text = page_text(ran(app.run()))
    assert "Lighthouse" in text and "Harbour Maternal" not in text


def test_a_service_that_is_gone_from_the_answer_and_from_the_list(
    monkeypatch: pytest.MonkeyPatch, application: Application, directory: Directory
) -> None:
    app = search(start(), "CT1 3NG")
    put_in_place(monkeypatch, application, without_service(directory, "harbour"))
    assert ">Harbour</h2>" not in page_text(ran(app.run()))


def test_an_area_that_moved_to_another_service(
    monkeypatch: pytest.MonkeyPatch, application: Application, directory: Directory
) -> None:
    app = search(start(), "CT1 3NG")
    moved = tuple(
        replace_area(row) if row.service_id == "harbour" else row for row in directory.service_areas
    )
    put_in_place(monkeypatch, application, replace(directory, service_areas=moved))
    text = page_text(ran(app.run()))
    assert "Willow Maternal Team" in text and ">Harbour</h2>" not in text


def replace_area(row):  # type: ignore[no-untyped-def]
    return row.model_copy(update={"service_id": "willow"})


@pytest.mark.parametrize("page", [site.CHECK, site.PROFESSIONALS, site.SERVICES])
def test_other_pages_stand_a_service_that_is_gone(
    monkeypatch: pytest.MonkeyPatch, application: Application, directory: Directory, page: str
) -> None:
    app = search(start(), "CT1 3NG")
    ran(app.switch_page(page).run())
    put_in_place(monkeypatch, application, without_service(directory, "harbour"))
    ran(app.run())


def test_an_area_that_is_gone_is_said_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch, application: Application, directory: Directory
) -> None:
    app: AppTest = start(area=AREA)
    assert "Harbour" in page_text(app)
    put_in_place(monkeypatch, application, without_area(directory, AREA))
    text = page_text(ran(app.run()))
    assert "Our list of areas has changed" in text
    assert "999" in text
    assert ran(app.run()) is app
