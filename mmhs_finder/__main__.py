"""`python -m mmhs_finder`."""

import sys

from mmhs_finder.channels.terminal.commands import main

sys.exit(main())
