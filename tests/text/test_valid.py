"""Every kind of page is valid HTML. All of them: `tests/audit/test_text_pages.py`."""

from __future__ import annotations

from mmhs_finder.directory.models import ServiceKind, Status
from mmhs_finder.views.support import TOPICS
from tests.text.test_routes import HERS, KEPT, SENT
from tests.text.validator import problems


def one_of_each_kind(client, directory):
    """By a name for each."""
    yield from ((f"kept-{path}", client.get(f"/text/{path}")) for path in KEPT)
    yield from ((f"sent-{path}", client.post(f"/text/{path}", data=HERS)) for path in SENT)
    for kind in ServiceKind:
        for status in Status:
            found = [s for s in directory.services_of(kind) if s.status is status]
            if found:
                yield f"service-{kind}-{status}", client.get(f"/text/service/{found[0].id}")
                yield f"sheet-{kind}-{status}", client.get(f"/text/sheet/{found[0].id}")
                yield f"pack-{kind}-{status}", client.get(f"/text/referral/{found[0].id}")
    for topic in TOPICS:
        sent = {**HERS, "topic": topic, "open_only": "yes"}
        yield f"topic-{topic}", client.post("/text/support", data=sent)
    for postcode in ("EH1 1YZ", "JE2 3QA", "TD15", "TS24 7BT", "nothing", "Margate"):
        yield f"place-{postcode}", client.post("/text/", data={"postcode": postcode})
    for safety in ("unsafe", "not_sure"):
        sent = {**HERS, "safety": safety, "pregnant_now": "yes", "weeks_pregnant": "99"}
        yield f"safety-{safety}", client.post("/text/outcome", data=sent)
    mend = {**HERS, "need": "tokophobia", "pregnant_now": "yes", "weeks_pregnant": "99"}
    yield "mend", client.post("/text/outcome", data=mend)
    yield "list", client.post("/text/", data={"by": "council", "council": "", "need": "loss"})
    nowhere = {**HERS, "postcode": "nothing"}
    for path in ("check", "words", "link", "outcome"):
        yield f"mend-{path}", client.post(f"/text/{path}", data=nowhere)
    yield "unsafe-somewhere", client.post("/text/outcome", data={**nowhere, "safety": "unsafe"})
    yield "clear", client.post("/text/check", data={**HERS, "has_baby": "no"})
    yield "region", client.get("/text/coverage/midlands?measure=loss")
    yield "changes", client.get("/text/changes?icb=E54000032&what=where")
    yield "link", client.get(f"/text/area/{directory.councils()[0].code}?need=loss")
    yield "nowhere", client.get("/text/nowhere")
    yield "wrong", client.put("/text/")
    yield "refused", client.post("/text/", json={})


def test_one_page_of_each_kind_is_valid(client, directory, tmp_path):
    pages = {
        name.replace("/", "-"): reply.text for name, reply in one_of_each_kind(client, directory)
    }
    assert len(pages) > 40
    assert problems(pages, tmp_path) == []


def test_the_validator_finds_what_is_wrong(tmp_path):
    page = '<!DOCTYPE html><html lang="en-GB"><title>x</title><p id="a"><p id="a"></html>'
    assert any("Duplicate ID" in problem for problem in problems({"wrong": page}, tmp_path))
