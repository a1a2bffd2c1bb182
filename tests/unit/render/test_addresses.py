from __future__ import annotations

import pytest

from mmhs_finder.render.addresses import here, inside, serve_below
from tests.made_up.standing import standing_below


def test_at_the_root_an_address_is_what_is_written() -> None:
    assert here("/text/") == inside("/text/") == "/text/"
    assert inside("/") == "/"


@pytest.mark.parametrize("said", ["tools/mmhs", "/tools/mmhs", "tools/mmhs/", "/tools/mmhs/"])
def test_below_a_path_every_address_of_ours_has_it(said: str) -> None:
    with standing_below(said):
        assert here("/text/") == "/tools/mmhs/text/"
        assert here("/") == "/tools/mmhs/"
        for other in ("#main", "tel:999", "https://example.org/", "?area=x"):
            assert here(other) == other


def test_what_is_asked_for_is_looked_at_without_it() -> None:
    with standing_below():
        assert inside("/tools/mmhs/text/") == "/text/"
        assert inside("/tools/mmhs/") == inside("/tools/mmhs") == "/"
        for other in ("/tools/mmhsx", "/text/", "/tools/mmhsx/text/"):
            assert inside(other) == other


@pytest.mark.parametrize("said", ["a b", 'x"><script>', "a?b", "a//b", "http://example.org", "a#b"])
def test_what_is_no_path_is_refused(said: str) -> None:
    with pytest.raises(ValueError, match="baseUrlPath"):
        serve_below(said)
    assert here("/") == "/", "and nothing has changed"
