"""MMHS Finder: from a postcode in England to the maternal mental health care that serves it.

All logic lives in this package. Only `mmhs_finder.channels.streamlit` imports Streamlit.
"""

__version__ = "0.1.0"
