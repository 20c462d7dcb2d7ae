"""What refusals are filled in with – names of fields, and what is missing – marked for translators.

Rules and verbs say these as plain English, because they know no language; the door translates them.
"""

from __future__ import annotations

from .root import _

FIELDS = (
    _("how the guest agreed"),
    _("part in the story"),
    _("what they may receive"),
    _("certificate code"),
    _("confirmation"),
    _("link"),
    _("note"),
    _("overlay"),
    _("question"),
    _("summary"),
    _("supplier"),
    _("the answer"),
    _("the playbook"),
    _("the text"),
    _("what to give"),
    _("when it was said"),
    _("when they must be there"),
)
MOMENTS = (
    _("The due time"),
    _("The follow-up"),
    _("The hand-over"),
    _("The new time"),
    _("its release"),
    _("now"),
    _("the guest's first word"),
    _("the old one"),
    _("today"),
)
MISSING = (
    _("apologise, or give the reason why no apology is owed"),
    _("first finish the step that finds and holds the other room"),
    _("first issue a certificate"),
    _("first record what was done (mark solved)"),
    _("first tell the guest that it is solved"),
    _("first withdraw the certificate"),
    _("no admission while fault is open"),
    _("say what we pay at the other hotel, or grant it first"),
    _("say whether the guest was recovered"),
    _("the sentence that names what went wrong"),
)
PROBLEMS = (
    _("a marker without a meaning is left in it"),
    _("it is graver than 2"),
    _("its words have changed since it was released"),
    _("somebody may have been harmed"),
    _("the guest has complained before"),
    _("the guest is not content"),
    _("there is no playbook for this kind of failure"),
    _("these facts hold no certificate"),
    _("write it as {“receipt”: “off”}"),
)
