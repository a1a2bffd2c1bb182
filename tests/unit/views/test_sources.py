"""How a blank, a source, a closed service and a notice are told."""

from __future__ import annotations

import pytest

from mmhs_finder.answers.notices import closed_notice
from mmhs_finder.directory.models import Status
from mmhs_finder.directory.vocabularies import Read
from mmhs_finder.places.place import Notice, NoticeCode
from mmhs_finder.views.notices import notice_text, notice_views
from mmhs_finder.views.silence import blank_tag, blank_text, self_referral_unknown
from mmhs_finder.views.sources import read_words, service_source
from mmhs_finder.views.status import closed_text, status_words
from mmhs_finder.words import say
from tests.made_up.records import READ_ON, TODAY, service


@pytest.mark.parametrize("read", Read)
def test_only_of_a_page_read_to_its_end_a_blank_is_called_not_published(read):
    tag = "tag.not_published" if read is Read.WHOLE else "tag.unknown"
    assert blank_tag(read) == say(tag)
    assert blank_text(read) == say(f"blank.{read.value}")
    known = "none" if read is Read.SECOND_HAND else read.value
    assert self_referral_unknown(service(read=read)) == say(f"contact.unknown_{known}")


@pytest.mark.parametrize(
    ("read", "source_date", "key"),
    [
        (Read.SECOND_HAND, "2026", "second_hand"),
        (Read.WHOLE, "2026", "dated"),
        (Read.PART, "", "undated"),
    ],
)
def test_when_and_how_a_page_was_read(read, source_date, key):
    words = say(f"source_read.{key}", date="22 November 2026")
    assert read_words(read, READ_ON, source_date) == words


def test_the_source_of_a_service():
    found = service_source(service(source_date="2026-01", confidence="low"), TODAY)
    assert found.links == (("example.org", "https://example.org/page"),)
    assert found.read == say("source_read.dated", date="22 November 2026")
    assert (found.newest, found.doubt) == ("January 2026", say("source.low"))
    assert (found.source_date, found.checked_on) == ("2026-01", READ_ON)
    bare = service_source(service(source_date="", confidence="medium"), TODAY)
    assert (bare.newest, bare.doubt, bare.source_date) == ("", "", "")
    assert bare.read == say("source_read.undated", date="22 November 2026")


def test_whether_it_runs_is_said_only_where_it_is_not_sure():
    assert status_words(service()).tag == status_words(service()).text == ""
    unsure = status_words(service(status=Status.UNKNOWN))
    assert (unsure.tag, unsure.text) == (say("status.unconfirmed"), say("status.unconfirmed_text"))
    gone = service(status=Status.CLOSED, closed_said_by="a report", source_date="2025-03")
    closed = status_words(gone)
    values = {"name": gone.name, "who": "a report", "when": "March 2025"}
    assert closed.tag == say("status.closed")
    assert closed.text == closed_text(gone) == say("notice.closed", **values)


def test_notices_keep_their_code_and_join_names_as_people_do():
    areas = Notice(NoticeCode.SHARED_AREA, {"place": ("A", "B", "C")})
    one = Notice(NoticeCode.NONE_PUBLISHED, {"place": "A"})
    first, second = notice_views([areas, one])
    assert (first.code, second.code) == (NoticeCode.SHARED_AREA, NoticeCode.NONE_PUBLISHED)
    assert first.text == say("notice.shared_area", place="A, B and C")
    assert second.text == notice_text(one) == say("notice.none_published", place="A")
    assert "None" not in notice_text(closed_notice(service(closed_said_by="a report")))
