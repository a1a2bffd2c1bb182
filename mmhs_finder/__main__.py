"""`python -m mmhs_finder`."""

import sys

from mmhs_finder.cli import main

sys.exit(main())
