"""The referral pack without a script: `/text/referral/ID`."""

from __future__ import annotations

import re

import pytest

from mmhs_finder.directory.models import Audience, PhoneStatus, Status
from mmhs_finder.directory.ways import number_for_referrers
from mmhs_finder.render.html.pack import pack_html
from mmhs_finder.views.referral_pack import referral_pack
from mmhs_finder.words import say
from tests.made_up.records import SUNDAY_NIGHT


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def test_the_page_is_the_pack_of_the_app_but_for_what_needs_a_script(client, finder, directory):
    reply = client.get("/text/referral/willow")
    assert reply.status_code == 200 and "public" in reply.headers["cache-control"]
    pack = referral_pack(finder, directory.services["willow"], at=SUNDAY_NIGHT)
    assert str(pack_html(pack, "/text/sheet/{}", scripted=False)) in reply.text
    main = reply.text[reply.text.index("<main") :]
    assert "<form" not in main and "<button" not in main
    assert f"<h1>{say('pack.title')}</h1>" in reply.text


def test_the_sheet_leads_to_the_pack_and_back(client):
    assert 'href="/text/referral/willow"' in client.get("/text/sheet/willow").text
    assert 'href="/text/sheet/willow"' in client.get("/text/referral/willow").text


@pytest.mark.parametrize("key", ["nobody", "CT1%203NG", "%3Cb%3E"])
def test_what_is_no_service_has_no_pack(client, key):
    reply = client.get(f"/text/referral/{key}")
    assert reply.status_code == 404 and key not in reply.text


def test_every_service_has_a_pack_with_the_numbers_of_professionals_and_no_doubtful_one(
    client, directory
):
    seen = 0
    for of in directory.services.values():
        reply = client.get(f"/text/referral/{of.id}")
        assert reply.status_code == 200, of.id
        main = reply.text[reply.text.index("<main") : reply.text.index("</main>")]
        rung = {digits(x) for x in re.findall(r'href="tel:([^"]+)"', main)}
        number = digits(number_for_referrers(of))
        if number and of.status is not Status.CLOSED:
            seen += 1
            assert number in rung, of.id
            parents = client.get(f"/text/service/{of.id}").text
            assert f"tel:{number}" not in parents, of.id
        numbers = ((of.phone, of.phone_status), (of.referrer_phone, of.referrer_phone_status))
        for shown, status in numbers:
            if shown and status is not PhoneStatus.CONFIRMED:
                assert digits(shown) not in digits(main), of.id
    assert seen, "no made-up service has a number for professionals"
    assert any(s.phone_audience is Audience.PROFESSIONAL for s in directory.services.values())
