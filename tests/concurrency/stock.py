"""What races are about: certificates by the dozen, and complaints to work on."""

from __future__ import annotations

from recovery.actions.links import code_of
from recovery.models import Certificate, Complaint
from tests.factories import House, make_certificate, make_complaint


def make_certificates(house: House, count: int, *, nights: int = 1, each: int = 5) -> list[Certificate]:
    """Certificates, ``each`` of them for one complaint, not told to any guest."""
    made: list[Certificate] = []
    while len(made) < count:
        complaint = make_complaint(house=house)
        for number in range(1, min(each, count - len(made)) + 1):
            reason = "one for every night of the stay" if number > 1 else ""
            made.append(
                make_certificate(
                    house=house,
                    complaint=complaint,
                    nights=nights,
                    number=number,
                    reason=reason,
                    send=False,
                )
            )
    return made


def codes_of(certificates: list[Certificate]) -> list[str]:
    return [code_of(certificate) for certificate in certificates]


def make_complaints(house: House, count: int) -> list[Complaint]:
    return [make_complaint(house=house) for _ in range(count)]
