"""The curators' app. Start it with `make edit`.

Streamlit looks for the line `with suppress(BrokenDirectory):
    Folder().now()  # read now: nobody waits for it on the first page

app = st.App(...)` in this file.
Not for: visitors. Theirs is `app.py` beside `pages/`.
"""

import sys
from contextlib import suppress
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from mmhs_finder.channels.curator.first_page import FirstPage
from mmhs_finder.channels.curator.keeping_open import Folder
from mmhs_finder.channels.curator.own_computer import (
    NotOnThisComputer,
    OnlyThisComputer,
    check_address,
)
from mmhs_finder.channels.shell.headers import SecurityHeaders
from mmhs_finder.channels.shell.quiet_log import keep_the_log_quiet
from mmhs_finder.directory import BrokenDirectory

keep_the_log_quiet()

try:
    check_address(st.get_option("server.address"))
except NotOnThisComputer as problem:
    print(problem, file=sys.stderr)
    sys.exit(1)

with suppress(BrokenDirectory):
    Folder().now()  # read now: nobody waits for it on the first page

app = st.App(
    Path(__file__).with_name("desk.py"),
    middleware=[
        Middleware(SecurityHeaders),
        Middleware(OnlyThisComputer),
        Middleware(FirstPage),
    ],
)
