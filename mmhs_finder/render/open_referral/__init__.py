"""The feed for other directories: records as the Open Referral UK profile has them (HSDS-UK 3).

Human Services Data Specification: an Open Referral resource (https://openreferral.org/), CC BY-SA
4.0. Nothing of its text is copied here. What is not known has no field. `docs/open-referral.md` is
the table of what becomes what. Not for: which entries there are (`views.feed`).
"""
