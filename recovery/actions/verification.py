"""Looking at a certificate by its code or QR without using it: who may see it, and nobody else."""

from __future__ import annotations

import logging

from django.views.decorators.debug import sensitive_variables

from ..errors import CertificateNotFound
from ..models import Certificate
from .actor import Actor
from .authority import check_may
from .redemptions import _by_code, _by_token, _may_see

log = logging.getLogger("recovery.certificates")


@sensitive_variables("code", "token")
def find_certificate(*, by: Actor, code: str = "", token: str = "") -> Certificate:
    """The certificate of a code or of the token of its QR, to be looked at. Nothing is written.

    Mistyped, unknown and not visible to this person are one refusal, as when redeeming.

    :raises NotAllowed: if this person may redeem nowhere.
    :raises CertificateNotFound: if there is nothing for this person to see.
    """
    check_may(by, "redeem_certificate", property_code="")
    certificate = _by_code(code) if code else _by_token(token)
    if certificate is None or not _may_see(by, certificate):
        log.warning("refused certificate try by %s", by.key)
        raise CertificateNotFound()
    return certificate
