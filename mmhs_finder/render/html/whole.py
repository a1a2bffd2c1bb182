"""The ways to the whole directory as files. Pure.

Not for: what is in the files (`channels.api.whole`).
"""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from mmhs_finder.render.addresses import here
from mmhs_finder.render.files.data_package import NAME
from mmhs_finder.words import say

WHOLE_AT: Final = "/download"
ZIP_AT: Final = f"{WHOLE_AT}/{NAME}.zip"
JSON_AT: Final = f"{WHOLE_AT}/{NAME}.json"


def whole_html() -> Markup:
    """What there is to take, and the ways to it."""
    links = Markup("").join(
        Markup('<li><a href="{}" download>{}</a></li>').format(here(at), words)
        for at, words in ((ZIP_AT, say("download.zip")), (JSON_AT, say("download.json")))
    )
    return Markup('<section class="whole"><h2>{}</h2><p>{}</p><ul>{}</ul></section>').format(
        say("download.heading"), say("download.offer"), links
    )
