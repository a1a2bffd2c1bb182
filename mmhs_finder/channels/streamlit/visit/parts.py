"""What a visit knows on each page: one class a page, the names of its widgets with it.

Not for: the search, which every page knows (`Visit`), the pages for planners (`planners`), or how a
value is kept (`kept`).
"""

from __future__ import annotations

from collections.abc import Collection, MutableMapping, Sequence
from typing import Any

from mmhs_finder.channels.streamlit.bulk_job import Job, ListOpening, Upload
from mmhs_finder.channels.streamlit.visit.kept import Kept, PartOfVisit
from mmhs_finder.directory.models import Pathway
from mmhs_finder.views.suggesting import CorrectionTold


class AnswersOfForm(PartOfVisit):
    """The answers of one set of questions, each under its own name."""

    def __init__(self, prefix: str, session: MutableMapping[Any, Any] | None = None) -> None:
        """prefix: "answer" for a person's own, "case" for those of somebody who refers."""
        super().__init__(session)
        self.prefix = prefix

    def key(self, question: str) -> str:
        return f"{self.prefix}_{question}"

    def said(self, question: str) -> str | None:
        """The choice that was taken, or None."""
        value = self.session.get(self.key(question))
        return value if isinstance(value, str) else None

    @property
    def opened(self) -> str | None:
        """The question that is unfolded when the page opens; the same until she begins again, so
        that nothing folds up while she answers.
        """
        return self.session.get(self._opened)

    def open_first(self, question: str) -> None:
        self.session.setdefault(self._opened, question)

    @property
    def _opened(self) -> str:
        return f"{self.prefix}-opened"

    @property
    def safety_key(self) -> str:
        return self.key("safety")

    @property
    def include_key(self) -> str:
        """Whether the answers stand on the page to take along."""
        return self.key("include")

    def clear(self) -> None:
        """Empties every answer. One that were only deleted would still look chosen in the
        browser."""
        self.forget(self._opened)
        for key in self.keys_of(f"{self.prefix}_"):
            self.session[key] = False if isinstance(self.session[key], bool) else None

    def choose_none(self, question: str) -> None:
        """Empties a question of which several choices may be taken."""
        self.session[self.key(question)] = []


class ScriptFields(PartOfVisit):
    """The words to use, as a person has changed them."""

    _round = Kept[int]("script_round", 0)  # how often she has begun again: the fields are new ones

    def key(self, name: str, needs: Sequence[Pathway]) -> str:
        """name: the service's id, or "none"."""
        return f"script_{self._round}_{name}_{'_'.join(needs)}"

    @staticmethod
    def download_key(name: str) -> str:
        return f"download_{name}"

    def clear(self) -> None:
        """Gives back our own words."""
        before = self._round
        for key in self.keys_of("script_"):
            del self.session[key]
        self._round = before + 1


class ReferralChoices(PartOfVisit):
    """What is chosen on the page for professionals."""

    view = Kept[str | None]("professional_view", None)
    link_followed = Kept[str | None]("professional_asked", None)  # what a link has asked for

    def __init__(self, searches: int, session: MutableMapping[Any, Any] | None = None) -> None:
        """searches: of this visit; after each one the choices are new ones."""
        super().__init__(session)
        self._searches = searches

    @property
    def service_key(self) -> str:
        return f"professional_service_{self._searches}"

    @property
    def services_key(self) -> str:
        return f"professional_services_{self._searches}"

    @property
    def has_chosen(self) -> bool:
        """Whether a service or a list of them is chosen, by hand or by a link."""
        one, several = self.session.get(self.service_key), self.session.get(self.services_key)
        return one is not None or bool(several)

    def follow_link(self, link: str, service: str, view: str) -> None:
        """Shows what a link has of one service. link: what it asks for."""
        self.link_followed, self.session[self.service_key] = link, service
        self.view = view

    def follow_list(self, link: str, services: Sequence[str], view: str) -> None:
        """Shows the services that a link names, in its order."""
        self.link_followed, self.session[self.services_key] = link, list(services)
        self.view = view

    def leave_sheet(self) -> None:
        """Somebody is on the list of services: the next link to a sheet is followed anew."""
        self.forget(ReferralChoices.link_followed.key)


class ListChoices(PartOfVisit):
    """Filters, order and page of the list of services."""

    text = Kept[str | None]("listing_text", None)
    sort = Kept[str | None]("listing_sort", None)
    page = Kept[int | None]("listing_page", None)
    kinds = Kept[str | None]("services_kinds", None)  # no filter: "clear" leaves it
    shows_map = Kept[bool]("services_map", False)
    PREVIOUS = "listing-previous"
    NEXT = "listing-next"
    MAP = "listing-map-view"

    @staticmethod
    def key(name: str) -> str:
        """Where the values of a filter are kept."""
        return f"listing_{name}"

    def clear(self) -> None:
        for key in self.keys_of("listing_"):
            del self.session[key]


class UploadedList(PartOfVisit):
    """A list of postcodes that somebody has brought: what it is, and the work on it."""

    upload = Kept[Upload | None]("bulk_upload", None)
    of_sheet = Kept[Upload | None]("bulk_of_sheet", None)  # the sheet that was chosen
    opening = Kept[ListOpening | None]("bulk_opening", None)
    job = Kept[Job | None]("bulk_job", None)
    said = Kept[str]("bulk_said", "")
    deletions = Kept[int]("bulk_deletions", 0)
    CANCEL = "bulk_cancel"
    AGAIN = "bulk_again"
    SAMPLE = "bulk_sample"
    DOWNLOAD = "bulk_download"
    DELETE = "bulk_delete"

    @property
    def file_key(self) -> str:
        """Of the upload's box: after "delete" it is a new, empty one."""
        return f"bulk_file_{self.deletions}"

    @staticmethod
    def column_key(file_id: str, sheet: str = "") -> str:
        return f"bulk_column_{file_id}_{sheet}"

    @staticmethod
    def sheet_key(file_id: str) -> str:
        return f"bulk_sheet_{file_id}"

    def take_said(self) -> str:
        """What there is to be said about the last thing done; once."""
        return str(self.forget(UploadedList.said.key) or "")

    def take_job(self) -> Job | None:
        job: Job | None = self.forget(UploadedList.job.key)
        return job

    def take_opening(self) -> ListOpening | None:
        opening: ListOpening | None = self.forget(UploadedList.opening.key)
        return opening

    def take_upload(self) -> Upload | None:
        self.forget(UploadedList.of_sheet.key)
        upload: Upload | None = self.forget(UploadedList.upload.key)
        return upload


class ChangesChoices(PartOfVisit):
    """What is chosen on the page "What has changed", and the link that opened it."""

    place = Kept[str]("changes_place", "")
    what = Kept[str]("changes_what", "")
    month = Kept[str]("changes_month", "")
    page = Kept[int]("changes_page", 1)
    link_followed = Kept[str | None]("changes_asked", None)  # what it asked for, as a query
    NEWER = "changes-newer"
    OLDER = "changes-older"

    def begin_list(self) -> None:
        """The list at its first page: it is of something else now."""
        self.page = 1

    def keep_within(self, key: str, known: Collection[str]) -> None:
        """Leaves a choice that there is no more, as after the directory has changed."""
        if self.session.get(key, "") not in known:
            self.session[key] = ""


class CorrectionForm(PartOfVisit):
    """What somebody says about an entry, until it is sent."""

    entry = Kept[str | None]("correction_entry", None)
    fact = Kept[str | None]("correction_fact", None)
    right = Kept[str | None]("correction_right", None)
    how = Kept[str | None]("correction_how", None)
    link = Kept[str | None]("correction_link", None)
    told = Kept[CorrectionTold | None]("correction_told", None)  # what came of the last
    sent = Kept[int]("correction_sent", 0)
    entry_key = "correction_entry"
    fact_key = "correction_fact"
    right_key = "correction_right"
    how_key = "correction_how"
    link_key = "correction_link"

    def clear(self) -> None:
        """Empties the form."""
        for key in (self.entry_key, self.fact_key, self.how_key):
            self.session[key] = None
        self.session[self.right_key] = self.session[self.link_key] = ""
