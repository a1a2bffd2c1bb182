"""The web app. Start it with `make run`, or with `streamlit run app.py`.

One process serves the Streamlit pages, our own static files and the security headers, all from one
`Application`. Streamlit looks for the line `app = st.App(...)` in this file.
"""

import sys
from pathlib import Path

import streamlit as st

from mmhs_finder.answers.urgent import MissingUrgentNumber
from mmhs_finder.application import open_application, serve
from mmhs_finder.channels.shell import assets
from mmhs_finder.channels.shell.quiet_log import keep_typed_text_out_of_the_log
from mmhs_finder.channels.shell.stack import middleware
from mmhs_finder.channels.shell.warm import keeps_warm_and_tidy, together
from mmhs_finder.channels.streamlit.sessions import forget_gone_visitors
from mmhs_finder.channels.text.routes import routes as text_pages
from mmhs_finder.directory import BrokenDirectory
from mmhs_finder.render.addresses import serve_below
from mmhs_finder.words import UnknownLanguage, check_language

keep_typed_text_out_of_the_log()

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
    application = serve(open_application())
    around = middleware(application)
except UnknownLanguage as problem:
    print(problem, file=sys.stderr)
    sys.exit(1)
except (BrokenDirectory, MissingUrgentNumber) as problem:
    print(
        f"The directory in data/ cannot be used, so the app does not start.\n{problem}",
        file=sys.stderr,
    )
    print("To see every mistake: python -m mmhs_finder data check", file=sys.stderr)
    sys.exit(1)

application.index.start()

app = st.App(
    Path(__file__).parent / "mmhs_finder" / "channels" / "streamlit" / "router.py",
    lifespan=together(forget_gone_visitors, keeps_warm_and_tidy),
    routes=[*assets.routes(), *text_pages(application)],
    middleware=around,
)
