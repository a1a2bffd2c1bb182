"""Whole pages of HTML that need nothing: no script, no cookie, no style but one small sheet.

Templates (Jinja2, everything escaped) stand beside the modules that fill them. What is told comes
from `views`; cards, tables and sheets are those of `render.html`.
Not for: what a form means, or addresses and headers (`channels.text`).
"""
