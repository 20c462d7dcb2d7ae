"""What the desk sees. Each page shows first, and a button runs one verb.

A host that registers its own classes sets ``RECOVERY = {"ADMIN_REGISTER": False}`` and builds them
from the mixins: ``class MyComplaintAdmin(ComplaintAdminMixin, MyModelAdmin)``.
"""

from __future__ import annotations

from django.contrib import admin

from .. import conf
from ..models import (
    AuthorityLimit,
    Brand,
    Certificate,
    Complaint,
    HouseProfile,
    LetterText,
    OutboxMessage,
    Playbook,
    Remedy,
    StaffMember,
)
from .brands import BrandAdmin, BrandAdminMixin
from .catalogue import AuthorityLimitAdmin, AuthorityLimitAdminMixin, RemedyAdmin, RemedyAdminMixin
from .certificates import CertificateAdmin, CertificateAdminMixin
from .complaints import ComplaintAdmin, ComplaintAdminMixin
from .host_pages import GuestAdminMixin, StayAdminMixin
from .house_profiles import HouseProfileAdmin, HouseProfileAdminMixin
from .letter_texts import LetterTextAdmin, LetterTextAdminMixin
from .outbox import OutboxAdmin, OutboxAdminMixin
from .people import StaffMemberAdmin, StaffMemberAdminMixin
from .playbooks import PlaybookAdmin, PlaybookAdminMixin

if conf.current().ADMIN_REGISTER:
    admin.site.register(Complaint, ComplaintAdmin)
    admin.site.register(Certificate, CertificateAdmin)
    admin.site.register(OutboxMessage, OutboxAdmin)
    admin.site.register(StaffMember, StaffMemberAdmin)
    admin.site.register(Brand, BrandAdmin)
    admin.site.register(HouseProfile, HouseProfileAdmin)
    admin.site.register(Remedy, RemedyAdmin)
    admin.site.register(AuthorityLimit, AuthorityLimitAdmin)
    admin.site.register(Playbook, PlaybookAdmin)
    admin.site.register(LetterText, LetterTextAdmin)

__all__ = [
    "AuthorityLimitAdmin",
    "AuthorityLimitAdminMixin",
    "BrandAdmin",
    "BrandAdminMixin",
    "CertificateAdmin",
    "CertificateAdminMixin",
    "ComplaintAdmin",
    "ComplaintAdminMixin",
    "GuestAdminMixin",
    "HouseProfileAdmin",
    "HouseProfileAdminMixin",
    "LetterTextAdmin",
    "LetterTextAdminMixin",
    "OutboxAdmin",
    "OutboxAdminMixin",
    "PlaybookAdmin",
    "PlaybookAdminMixin",
    "RemedyAdmin",
    "RemedyAdminMixin",
    "StaffMemberAdmin",
    "StaffMemberAdminMixin",
    "StayAdminMixin",
]
