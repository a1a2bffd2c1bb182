"""The files that a page offers to download, as a test reads them from the page."""

from __future__ import annotations

import re
from html import unescape

from streamlit.testing.v1 import AppTest

from mmhs_finder.channels.shell.offers import OFFERS, File

_LINK = re.compile(
    r'<a class="file-link[^>]* href="/files/([^"]+)".*?</span><span>(.*?)</span></a>'
)


def files(app: AppTest) -> dict[str, File]:
    """What stands behind each link, by the words of the link."""
    found = [one for html in app.get("html") for one in _LINK.findall(html.proto.body)]
    tokens = [token for token, _ in found]
    assert len(set(tokens)) == len(tokens), "two links lead to one file"
    offers = {unescape(words): OFFERS.find(token, "") for token, words in found}
    assert len(offers) == len(found), "two links have the same words"
    return {words: offer.file for words, offer in offers.items() if offer is not None}
