"""The check of each criterion: what is published against what was said.

It is met, may not be met, or cannot be told. What is not known never counts against a person.
Each check is a pure function of both; None where it does not apply. By subject: `needs` (what they
help with), `access` (who gets in), `times` (when, and pregnancy), `burden` (how bad, what came
before). Not for: the order of the criteria and what they ask (`criteria`), or words (`outcomes`).
"""
