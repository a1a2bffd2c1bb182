"""The web app. Start it with `make run`, or with `streamlit run app.py`.

One process serves the Streamlit pages, our own static files and the security headers, all from one
`Application`. Streamlit looks for the line `app = st.App(...)` in this file.
"""

import sys
from pathlib import Path

import streamlit as st

from mmhs_finder.answers.urgent import MissingUrgentNumber
from mmhs_finder.application import keep_for_a_run, open_application, serve, served
from mmhs_finder.channels.privates import run_of_now
from mmhs_finder.channels.shell.keeping import House, together
from mmhs_finder.channels.shell.limits import BadSetting, hang_up_on_who_says_nothing
from mmhs_finder.channels.shell.logs import write_events
from mmhs_finder.channels.shell.metrics import begin_counting
from mmhs_finder.channels.shell.ours import our_routes
from mmhs_finder.channels.shell.quiet_log import keep_the_log_quiet
from mmhs_finder.channels.shell.reload import DataWatch
from mmhs_finder.channels.shell.stack import middleware
from mmhs_finder.channels.shell.stopping import Stopping
from mmhs_finder.channels.streamlit.sessions import forget_gone_visitors
from mmhs_finder.directory import BrokenDirectory
from mmhs_finder.render.addresses import serve_below
from mmhs_finder.words import UnknownLanguage, check_language

write_events()
keep_the_log_quiet()
hang_up_on_who_says_nothing()
keep_for_a_run(run_of_now)

# Before any address is made.
try:
    serve_below(st.get_option("server.baseUrlPath"))
except ValueError as problem:
    print(problem, file=sys.stderr)
    sys.exit(1)

# Before anything is served: a language without words, or a directory with mistakes in it,
# must not answer anybody.
try:
    check_language()
    watch = DataWatch()
    serve(open_application())
    stopping = Stopping()
    metrics = begin_counting(served, watch.reloads)
    ours = our_routes(stopping, watch.reloads, metrics)
    around = middleware(served(), ours, served)
except (UnknownLanguage, BadSetting) as problem:
    print(problem, file=sys.stderr)
    sys.exit(1)
except (BrokenDirectory, MissingUrgentNumber) as problem:
    print(
        f"The directory in data/ cannot be used, so the app does not start.\n{problem}",
        file=sys.stderr,
    )
    print("To see every mistake: python -m mmhs_finder data check", file=sys.stderr)
    sys.exit(1)

served().index.start()
house = House(served, watch, stopping, metrics)

app = st.App(
    Path(__file__).parent / "mmhs_finder" / "channels" / "streamlit" / "router.py",
    lifespan=together(forget_gone_visitors, house.kept),
    routes=ours,
    middleware=around,
)
