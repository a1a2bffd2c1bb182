"""The interface for programs: `/api/v1`, and a page that explains it.

Words, rules and views are those of the site's own pages; here is only how a program asks, and how
it is answered.
"""
