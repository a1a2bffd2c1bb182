"""Every way in which a whole answer is drawn. A new one is added here, and one contract holds it.

`tests/contract/test_contract.py` runs each over the same views and compares them fact by fact.
Not for: drawing one part (a card, a map), which the renderers below do.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from mmhs_finder.render.html.answer import answer_html
from mmhs_finder.render.json import answer_json
from mmhs_finder.render.text import answer_text
from mmhs_finder.views.answer import AnswerView

RENDERERS: Final[Mapping[str, Callable[[AnswerView], str]]] = MappingProxyType(
    {
        "html": answer_html,
        "text": answer_text,
        "json": lambda view: json.dumps(answer_json(view), ensure_ascii=False),
    }
)
"""Name to renderer: an answer in, all of it as text out."""
