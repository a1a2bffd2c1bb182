from __future__ import annotations

import re
import threading
from urllib.parse import urljoin

import brotli
import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from mmhs_finder.channels.privates import loaded_first, static_files
from mmhs_finder.channels.shell.compressed import CompressedStatic
from mmhs_finder.render import static
from mmhs_finder.render.maps.frame import frame_url
from mmhs_finder.render.maps.shapes_files import ShapesFiles


@pytest.mark.parametrize(
    "url",
    [
        static.LEAFLET_JS,
        static.LEAFLET_CSS,
        static.app_file_url("leave.js"),
        *(static.bundle_url(name) for name in static.BUNDLES),
        static.app_file_url("fonts/text.woff2"),
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


def test_a_bundle_is_its_files_in_order_and_names_fonts_with_a_version(client: TestClient) -> None:
    for name, parts in static.BUNDLES.items():
        sent = client.get(f"/assets/{name}").text
        at = [sent.index((static.FILES / p).read_text("utf-8").splitlines()[0]) for p in parts]
        assert at == sorted(at)
    fonts = re.findall(r"url\(([^)]+)\)", client.get("/assets/shell.css").text)
    files = [static.app_file_url(f"fonts/{name}.woff2") for name in ("text", "icons")]
    assert [urljoin("/assets/shell.css", font) for font in fonts] == files


def test_the_style_sheet_of_streamlit_names_no_font_of_which_we_send_a_part(
    client: TestClient,
) -> None:
    (sheet,) = (static_files() / "css").glob("index.*.css")
    sent = client.get(f"/static/css/{sheet.name}", headers={"Accept-Encoding": "br"}).content
    for name in (b"SourceSansVF-Upright", b"MaterialSymbols"):
        assert name in sheet.read_bytes()
        assert name not in sent


def test_what_every_visit_loads_is_compressed_ahead() -> None:
    packs = CompressedStatic(PlainTextResponse("ok"), ahead=True)
    for thread in threading.enumerate():
        if thread.name == "compress":
            thread.join(60)
    names = loaded_first(static_files())
    assert len(names) > 10 and any(name.startswith("js/index.") for name in names)
    assert packs._packed.cache_info().currsize == len(names)


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
def test_a_file_that_is_not_there_is_not_the_app(
    client: TestClient, path: str, accepted: str
) -> None:
    answer = client.get(path, headers={"Accept-Encoding": accepted})
    assert answer.status_code == 404
    assert "root" not in answer.text
