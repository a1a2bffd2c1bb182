"""Every route that we add to Streamlit's own, in one list: no other is let through.

Not for: what stands around them (`stack`), or the pages of the app (`channels.streamlit.site`).
"""

from __future__ import annotations

from starlette.routing import BaseRoute

from mmhs_finder.channels.api.rates import Rates
from mmhs_finder.channels.api.routes import routes as for_programs
from mmhs_finder.channels.embed.routes import routes as for_other_pages
from mmhs_finder.channels.open_referral.routes import routes as open_referral
from mmhs_finder.channels.shell import assets, files, health
from mmhs_finder.channels.shell.metrics import Metrics
from mmhs_finder.channels.shell.reload import Reloads
from mmhs_finder.channels.shell.stopping import Stopping
from mmhs_finder.channels.text.routes import routes as text_pages


def our_routes(stopping: Stopping, reloads: Reloads, metrics: Metrics) -> list[BaseRoute]:
    """The routes of a process, in the order in which they are tried. Raises `BadSetting`."""
    rates = Rates()  # one count of everything that programs ask for
    return [
        *assets.routes(),
        *files.routes(),
        *text_pages(),
        *for_programs(rates=rates),
        *open_referral(rates=rates),
        *for_other_pages(),
        *health.routes(stopping, reloads, metrics),
    ]
