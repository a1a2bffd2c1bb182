"""The page "Tell us if something is wrong" that needs no script.

Not for: what it asks and what comes of it (`views.suggesting`).
"""

from __future__ import annotations

from mmhs_finder.channels.text.asking import Ask, Reply
from mmhs_finder.channels.text.forms import Form
from mmhs_finder.render.html.pages.correcting import correct_page
from mmhs_finder.views.suggesting import ENTRY, FIELDS, CorrectionTyped, entries, tell


def correct(ask: Ask) -> Reply:
    """The form; sent, what came of it. An address may name the entry and nothing else."""
    directory = ask.application.directory
    if not ask.is_form:
        named = CorrectionTyped(entry=ask.query.get(ENTRY, ("",))[0])
        return Reply(correct_page(entries(directory), named))
    typed = _typed(ask.form)
    told = tell(typed, directory, ask.at.date())
    return Reply(correct_page(entries(directory), typed, told), personal=True)


def _typed(form: Form) -> CorrectionTyped:
    return CorrectionTyped(**{name: form.one(name) for name in FIELDS})
