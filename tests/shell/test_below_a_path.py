"""What stands around the app, below a path of its host."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from mmhs_finder.channels.shell.index_page import rewrite
from mmhs_finder.render import static
from mmhs_finder.render.html.frame import PageLink, footer_html, menu_html
from mmhs_finder.render.html.pieces import sheet_link
from mmhs_finder.render.html.urgent import urgent_section
from mmhs_finder.render.maps.frame import frame_url
from mmhs_finder.render.maps.shapes_files import DETAIL, ShapesFiles
from tests.made_up.standing import PATH, outside, standing_below
from tests.shell.conftest import INDEX, STRIP, app_around


@pytest.fixture
def below(application) -> Iterator[TestClient]:
    with standing_below():
        yield TestClient(app_around(application))


def test_the_first_page_asks_for_everything_inside() -> None:
    with standing_below():
        page = rewrite(INDEX, STRIP)
    assert outside(page) == []
    assert f'data-home="{PATH}/"' in page
    assert f'src="{PATH}/assets/shell.js' in page, "the way out first of all"
    assert f'action="{PATH}/text/"' in page


def test_every_file_is_there_with_its_own_headers(below: TestClient, files: ShapesFiles) -> None:
    names = [*static.BUNDLES]
    urls = [
        frame_url(),
        files.url(DETAIL),
        static.app_file_url("leave.js"),
        static.app_file_url("icon.svg"),
        *(static.bundle_url(name) for name in names),
    ]
    for url in urls:
        answer = below.get(url)
        assert url.startswith(f"{PATH}/assets/")
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
        assert "<title>Streamlit" not in answer.text and 'id="leave"' not in answer.text
    assert outside(below.get(frame_url()).text) == []
    assert below.get(frame_url()).headers["referrer-policy"] == "strict-origin"
    assert "tile.openstreetmap.org" in below.get(frame_url()).headers["content-security-policy"]


def test_streamlits_files_are_compressed_and_others_left_alone(
    below: TestClient,
) -> None:
    page = below.get(f"{PATH}/").text
    script = re.search(r'src="\./(static/js/index[^"]+)"', page)
    assert script
    answer = below.get(f"{PATH}/{script[1]}", headers={"Accept-Encoding": "br"})
    assert answer.headers["content-encoding"] == "br"
    assert below.get(f"{PATH}/component/other/index.html").status_code == 404


def test_links_that_the_app_draws_stay_inside() -> None:
    about = PageLink("/about", "About")
    with standing_below():
        drawn = [
            footer_html([about], [about], "/about"),
            menu_html([about], "/about"),
            urgent_section(STRIP, "/other-support", in_app=True),
            sheet_link("x", "X", "/text/sheet/{}"),
        ]
        assert [outside(html) for html in drawn] == [[]] * len(drawn)
        assert all(f'href="{PATH}/' in html for html in drawn)
        assert 'aria-current="page"' in drawn[0]
