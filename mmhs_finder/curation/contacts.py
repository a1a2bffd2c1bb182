"""The number and the address for parents and for people who refer, in the columns that hold them.

`phone` and `email` hold the ones for parents; where there are none, those for people who refer.
Not for: who may see which (`directory.ways`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mmhs_finder.directory.models import Audience, PhoneStatus


@dataclass(frozen=True)
class Contacts:
    """Numbers and addresses, "" for none. *_status: `PhoneStatus`, "" beside no number."""

    parents_phone: str = ""
    parents_status: str = ""
    referrers_phone: str = ""
    referrers_status: str = ""
    parents_email: str = ""
    referrers_email: str = ""

    @classmethod
    def of(cls, cells: Mapping[str, str]) -> Contacts:
        """Those of a row of `services.csv`. A number for nobody in particular is no parent's."""
        phone, status = cells.get("phone", ""), cells.get("phone_status", "")
        of_parents = cells.get("phone_audience") == Audience.PUBLIC
        beside, beside_status = (
            cells.get("referrer_phone", ""),
            cells.get("referrer_phone_status", ""),
        )
        email, email_beside = cells.get("email", ""), cells.get("referrer_email", "")
        mail_of_parents = cells.get("email_audience") == Audience.PUBLIC
        for_referrers = (beside, beside_status) if of_parents or beside else (phone, status)
        return cls(
            parents_phone=phone if of_parents else "",
            parents_status=status if of_parents else "",
            referrers_phone=for_referrers[0],
            referrers_status=for_referrers[1],
            parents_email=email if mail_of_parents else "",
            referrers_email=email_beside if mail_of_parents or email_beside else email,
        )

    @property
    def sure_phone(self) -> str:
        """The number for parents, if it is confirmed."""
        return self.parents_phone if self.parents_status == PhoneStatus.CONFIRMED else ""

    @property
    def sure_referrers_phone(self) -> str:
        """The number for people who refer, if it is confirmed."""
        return self.referrers_phone if self.referrers_status == PhoneStatus.CONFIRMED else ""

    def cells(self) -> dict[str, str]:
        """The cells of `services.csv`."""
        first = (self.parents_phone, self.parents_status, Audience.PUBLIC.value)
        second = (self.referrers_phone, self.referrers_status)
        if not self.parents_phone:
            first, second = (*second, Audience.PROFESSIONAL.value), ("", "")
        mail, mail_for, mail_beside = (
            (self.parents_email, Audience.PUBLIC.value, self.referrers_email)
            if self.parents_email
            else (self.referrers_email, Audience.PROFESSIONAL.value, "")
        )
        return {
            "phone": first[0],
            "phone_audience": first[2] if first[0] else "",
            "phone_status": first[1],
            "email": mail,
            "email_audience": mail_for if mail else "",
            "referrer_phone": second[0],
            "referrer_phone_status": second[1],
            "referrer_email": mail_beside,
        }
