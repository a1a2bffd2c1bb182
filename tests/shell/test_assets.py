from __future__ import annotations

import brotli
import pytest
from starlette.testclient import TestClient

from mmhs_finder.channels.privates import static_files
from mmhs_finder.render import static
from mmhs_finder.render.maps.frame import frame_url
from mmhs_finder.render.maps.shapes_files import ShapesFiles
from tests.shell.conftest import INDEX


@pytest.mark.parametrize(
    "url",
    [
        static.LEAFLET_JS,
        static.LEAFLET_CSS,
        static.app_file_url("leave.js"),
        static.app_css_url(),
        static.app_file_url("colours.css"),
        static.app_file_url("shell.css"),
        static.app_file_url("icon.svg"),
        static.app_file_url("map.js"),
        static.app_file_url("map.css"),
        static.app_file_url("map_shapes.js"),
        static.app_file_url("map_signs.js"),
        static.app_file_url("frame.js"),
        static.app_file_url("coverage.js"),
        frame_url(),
    ],
)
def test_our_files_are_served_and_kept_for_a_year(client: TestClient, url: str) -> None:
    answer = client.get(url)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("name", ["detail", "council", "icb", "region"])
def test_the_shapes_are_kept_for_a_year_and_come_compressed_or_not(
    client: TestClient, files: ShapesFiles, name: str
) -> None:
    url = files.url(name)
    with client.stream("GET", url, headers={"Accept-Encoding": "gzip, br"}) as answer:
        packed = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "br"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert brotli.decompress(packed) == files.content(name)
    assert client.get(url, headers={"Accept-Encoding": "gzip"}).content == files.content(name)
    plain = client.get(url, headers={"Accept-Encoding": "identity"})
    assert plain.content == files.content(name)
    assert plain.headers["content-type"] == "application/json"


@pytest.mark.parametrize("name", ["nothing", "..%2fareas_detail.geojson", "detail.json"])
def test_no_other_shapes_are_served(client: TestClient, name: str) -> None:
    assert "FeatureCollection" not in (answer := client.get(f"/assets/shapes/{name}")).text
    assert answer.status_code == 404 or "root" in answer.text


def test_without_a_version_files_are_kept_for_an_hour(client: TestClient) -> None:
    answer = client.get("/assets/app/leave.js")
    assert answer.headers["cache-control"] == "public, max-age=3600"


def test_nothing_outside_the_folders_is_served(client: TestClient) -> None:
    for path in ("/assets/app/../static.py", "/assets/app/%2e%2e/static.py", "/assets/leaflet/"):
        assert "def app_file_url" not in client.get(path).text


def test_scripts_are_compressed_and_come_out_the_same(client: TestClient) -> None:
    script = next((static_files() / "js").glob("index.*.js"))
    original = script.read_bytes()
    url = f"/static/js/{script.name}"
    with client.stream("GET", url, headers={"Accept-Encoding": "br"}) as answer:
        packed = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "br"
    assert answer.headers["content-type"].startswith("text/javascript")
    assert len(packed) < len(original) / 3
    assert brotli.decompress(packed) == original


@pytest.mark.parametrize(
    ("path", "accepted"),
    [
        ("/static/js/missing.js", "br"),
        ("/static/js/..%2f..%2findex.js", "br"),
        ("/static/js/missing.js", "gzip"),
        ("/static/js/missing.js", "identity"),
    ],
)
def test_everything_else_is_left_to_streamlit(client: TestClient, path: str, accepted: str) -> None:
    answer = client.get(path, headers={"Accept-Encoding": accepted})
    assert answer.headers.get("content-encoding") != "br"
    assert answer.text == INDEX
