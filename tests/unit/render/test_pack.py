"""A referral pack as a page, as plain text and as a PDF: the same, whatever the directory says.

`python -m tests.unit.render.test_pack` writes the golden file anew, to be read before it is kept.
"""

from __future__ import annotations

import html
import re
from datetime import datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from pypdf import PdfReader

from mmhs_finder.application import open_application
from mmhs_finder.directory.models import Status
from mmhs_finder.hours import LONDON
from mmhs_finder.render.documents.pdf import pack_pdf
from mmhs_finder.render.html.pack import pack_html
from mmhs_finder.render.pack_text import pack_text
from mmhs_finder.views.pack_paper import pack_paper
from mmhs_finder.views.referral_pack import ReferralPack, referral_pack
from mmhs_finder.words import say
from tests.made_up.folder import lay_out

AT = datetime(2026, 11, 24, 12, tzinfo=LONDON)
GOLDEN = Path(__file__).parent / "pack_of_willow.txt"
EVERY_FEW = 4
HOSTILE = '<script>alert(1)</script>"\'</textarea>{{7*7}} #eval("1")'


def packs(finder):
    """Of every MMHS, and of a few of the other services."""
    services = sorted(finder.directory.services.values(), key=lambda s: (s.kind != "mmhs", s.id))
    mmhs = [s for s in services if s.kind == "mmhs"]
    for each in (*mmhs, *services[len(mmhs) :: EVERY_FEW]):
        yield referral_pack(finder, each, at=AT)


def letters(text: str) -> str:
    """Without spaces, signs and capitals, which each form sets in its own way."""
    return re.sub(r"[\W_]+", "", text).casefold()


def told(pack: ReferralPack) -> list[str]:
    """Every text of a pack that all forms tell."""
    found = [pack.subtitle, pack.notice]
    for part in pack.parts:
        found += [part.heading, part.intro]
        for row in part.rows:
            found += [row.term]
            for line in row.lines:
                found += [line.text, *(words for _, words in line.sheets), line.rest]
    return [text for text in (*found, *pack.letter.splitlines()) if text]


def plain(markup: str) -> str:
    return letters(html.unescape(re.sub(r"<[^>]+>", " ", markup)))


def pdf_text(pack: ReferralPack) -> tuple[str, str]:
    """All its text, and that of its last page."""
    pages = [p.extract_text() for p in PdfReader(BytesIO(pack_pdf(pack, AT))).pages]
    foot = say("sheet.pdf_foot", name=pack.service.name, date="24 November 2026")
    clean = [re.sub(r"Page \d+ of \d+", "", page).replace(foot, "") for page in pages]
    return letters("".join(clean)), letters(clean[-1])


def test_page_and_text_tell_all_of_every_pack(finder):
    number = 0
    for pack in packs(finder):
        number += 1
        page, text = plain(str(pack_html(pack))), letters(pack_text(pack_paper(pack, AT)))
        for each in told(pack):
            assert letters(each) in page, (pack.service.id, each)
            assert letters(each) in text, (pack.service.id, each)
        urls = {x.url for part in pack.parts for row in part.rows for x in row.lines if x.url}
        links = {html.unescape(u) for u in re.findall(r'href="([^"]+)"', str(pack_html(pack)))}
        assert urls <= links
    assert number


def test_the_pdf_tells_the_same_and_has_the_letter_on_a_page_of_its_own(finder):
    for key in ("harbour", "willow", "beech", "oak"):
        pack = referral_pack(finder, finder.directory.services[key], at=AT)
        text, last = pdf_text(pack)
        for each in told(pack):
            assert letters(each) in text, (key, each)
        assert last.startswith(letters(say("pack.letter_label") + say("pack_letter.date")))


def test_one_that_has_closed_has_no_letter_in_any_form(finder):
    of = finder.directory.services["willow"].model_copy(update={"status": Status.CLOSED})
    pack = referral_pack(finder, of, at=AT)
    markup = str(pack_html(pack))
    assert "<textarea" not in markup and "<button" not in markup
    assert letters(say("pack.letter_label")) not in pdf_text(pack)[0]
    assert say("pack.letter_label").upper() not in pack_text(pack_paper(pack, AT))


def test_nothing_can_be_typed_or_sent(finder):
    markup = str(pack_html(referral_pack(finder, finder.directory.services["willow"], at=AT)))
    assert not re.search(r"<(input|form|select)", markup)
    (box,) = re.findall(r"<textarea[^>]*>", markup)
    assert " readonly" in box and "name=" not in box
    (named,) = re.findall(r'<label for="([^"]+)"', markup)
    assert f'id="{named}"' in box


def test_without_scripts_there_is_no_button_that_does_nothing(finder):
    pack = referral_pack(finder, finder.directory.services["willow"], at=AT)
    markup = str(pack_html(pack, "/text/sheet/{}", scripted=False))
    assert "<button" not in markup and pack.letter.splitlines()[0] in markup
    assert "data-in-app" not in markup


def test_hostile_cells_stay_text(finder):
    of = finder.directory.services["willow"].model_copy(
        update={
            "name": HOSTILE,
            "provider": HOSTILE,
            "consultation": HOSTILE,
            "after_referral": HOSTILE,
            "referral_url": "javascript:alert(1)",
            "website": "javascript:alert(1)",
            "referrer_email": 'x@example.org"onclick="alert(1)',
        }
    )
    pack = referral_pack(finder, of, at=AT)
    markup = str(pack_html(pack))
    assert "<script" not in markup and 'href="javascript' not in markup
    assert not re.search(r"<[^>]*\sonclick=", markup)
    assert markup.count("</textarea>") == 1
    assert pack_pdf(pack, AT).startswith(b"%PDF-")


def test_the_pack_of_willow_is_as_somebody_has_read_it(finder):
    pack = referral_pack(finder, finder.directory.services["willow"], at=AT)
    assert pack_text(pack_paper(pack, AT)) == GOLDEN.read_text(encoding="utf-8")


if __name__ == "__main__":
    with TemporaryDirectory() as made_up:
        WITH = open_application(lay_out(Path(made_up) / "data"), checked=False).finder_of_councils
        WILLOW = referral_pack(WITH, WITH.directory.services["willow"], at=AT)
        GOLDEN.write_text(pack_text(pack_paper(WILLOW, AT)), encoding="utf-8")
