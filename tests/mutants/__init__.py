"""Do the tests notice a mistake? `make mutants` puts small ones into a copy, one at a time.

Not for: pytest. What the figures mean, and the last table: docs/mutants.md.
"""
