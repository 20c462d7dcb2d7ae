"""What guests were given, and free-night certificates. A live code comes in, and never goes out."""

from __future__ import annotations

from typing import Any

from rest_framework.response import Response

from ... import actions
from ...actions.verification import find_certificate
from .. import answers, filters, inputs
from ..answers import CertificateAnswer, CompensationAnswer, EntryAnswer
from ..throttles import Calls, Codes
from ..view import Address, Doing, Listing, Reading
from .complaints import ComplaintVerb, OfComplaint


class ComplaintCompensations(OfComplaint, ComplaintVerb):
    """What the guest was given. POST grants something, within the caller's authority."""

    shows = CompensationAnswer
    filterset_class = filters.CompensationFilters
    verb = staticmethod(actions.grant_compensation)
    takes = inputs.Grant
    status = 201


class Compensations(Listing):
    """What was given in every complaint."""

    shows = CompensationAnswer
    filterset_class = filters.CompensationFilters


class Compensation(Reading):
    """One thing that was given."""

    shows = CompensationAnswer


class Fulfilment(Doing):
    """Record that the guest has it, with the number that proves it."""

    target = "compensation"
    shows = CompensationAnswer
    verb = staticmethod(actions.fulfil_compensation)
    takes = inputs.Fulfilment

    def find_target(self, **address: Any) -> Any:
        return self.find(CompensationAnswer, pk=address["compensation"])


# --- certificates ------------------------------------------------------------------------------


class ComplaintCertificates(OfComplaint, ComplaintVerb):
    """The free nights of a complaint. POST issues some, and with ``send`` tells the guest at once."""

    shows = CertificateAnswer
    lists = answers.CertificateRow
    filterset_class = filters.CertificateFilters
    verb = staticmethod(actions.issue_certificate)
    takes = inputs.CertificateIn
    status = 201


class Certificates(Listing):
    """Free nights of every complaint, issued by the caller's houses."""

    shows = CertificateAnswer
    lists = answers.CertificateRow
    filterset_class = filters.CertificateFilters


class Certificate(Reading):
    """One certificate with its ledger."""

    shows = CertificateAnswer
    by = "uuid"


class CertificateVerb(Doing):
    """A verb about a certificate of one of the caller's houses."""

    target = "certificate"

    def find_target(self, **address: Any) -> Any:
        return self.find(CertificateAnswer, uuid=address["certificate"])


class Voiding(CertificateVerb):
    """Withdraw a certificate. Letters that carry it and were not sent yet are stopped."""

    shows = CertificateAnswer
    verb = staticmethod(actions.void_certificate)
    takes = inputs.Reason


class RedemptionWithoutCode(CertificateVerb):
    """Use nights for a guest who lost the code: a manager, the name, an ID, and a reason."""

    shows = EntryAnswer
    verb = staticmethod(actions.redeem_without_code)
    takes = inputs.RedemptionWithoutCode
    takes_version = False
    status = 201


class Redemptions(Doing):
    """Use nights of a certificate for a stay, by its code or by the token of its QR."""

    needs = "redeem_certificate"  # because a desk may redeem what other houses issued
    throttle_classes = (Calls, Codes)
    shows = EntryAnswer
    verb = staticmethod(actions.redeem_certificate)
    takes = inputs.Redemption
    takes_version = False
    status = 201


class Verification(Address):
    """Look at a certificate by its code or token without using it. Needs no ``Idempotency-Key``.

    Mistyped, unknown and not visible to the caller are one refusal.
    """

    needs = "redeem_certificate"
    throttle_classes = (Calls, Codes)
    shows = answers.Face
    takes = inputs.CodeIn

    def post(self, request: Any) -> Response:
        given = self.takes(data=request.data)
        given.is_valid(raise_exception=True)
        certificate = find_certificate(by=self.sight.actor, **given.validated_data)
        return Response(self.show(certificate, self.shows))


class Reversal(Doing):
    """Give redeemed nights back: usable for at least 90 more days, whatever the face says."""

    target = "entry"
    shows = EntryAnswer
    verb = staticmethod(actions.reverse_redemption)
    takes = inputs.Reason
    status = 201

    def find_target(self, **address: Any) -> Any:
        return self.find(EntryAnswer, pk=address["entry"])
