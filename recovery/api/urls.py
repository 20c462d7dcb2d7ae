"""``path("recovery/api/", include("recovery.api.urls"))`` in the host's URLconf.

A complaint is addressed by its reference, which says nothing; a certificate by its uuid.
"""

from __future__ import annotations

import importlib.util
from typing import Any

from django.urls import include, path, re_path, register_converter
from django.urls.converters import StringConverter

from .views import complaints, giving, guests, letter_texts, letters, nowhere, playbooks, shifts, tasks

app_name = "recovery_api"


class ReferenceConverter(StringConverter):
    """``R-7K3M-9QXC``; small letters will do. Nothing else reaches the database."""

    regex = "[Rr]-[0-9A-Za-z]{4}-[0-9A-Za-z]{4}"

    def to_python(self, value: str) -> str:
        return value.upper()


class KeyConverter:
    """A primary key that every database can hold."""

    regex = "[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: object) -> str:
        return str(value)


class PlaybookConverter(StringConverter):
    """``P03``."""

    regex = "[A-Z][A-Z0-9]{0,11}"


class TextConverter(StringConverter):
    """``apology_letter``."""

    regex = "[a-z][a-z_]{0,23}"


class LanguageConverter(StringConverter):
    """``da``, ``pt-br``."""

    regex = "[a-zA-Z]{2,3}(?:[-_][a-zA-Z0-9]{2,8})?"


register_converter(TextConverter, "recovery_text")
register_converter(LanguageConverter, "recovery_language")
register_converter(PlaybookConverter, "recovery_playbook")
register_converter(ReferenceConverter, "recovery_reference")
register_converter(KeyConverter, "recovery_key")


def _at(route: str, view: Any, name: str) -> Any:
    return path(route, view.as_view(), name=name)


of_complaint = [
    _at("", complaints.Complaint, "complaint"),
    _at("parties/", complaints.Parties, "complaint-parties"),
    _at("timeline/", complaints.Timeline, "complaint-timeline"),
    _at("contacts/", complaints.Contacts, "complaint-contacts"),
    _at("guest/", complaints.Guest, "complaint-guest"),
    _at("acknowledgement/", complaints.Acknowledgement, "complaint-acknowledgement"),
    _at("restatement/", complaints.Restatement, "complaint-restatement"),
    _at("stance/", complaints.Stance, "complaint-stance"),
    _at("owner/", complaints.Owner, "complaint-owner"),
    _at("named-staff/", complaints.NamedStaff, "complaint-named-staff"),
    _at("urgency/", complaints.Urgency, "complaint-urgency"),
    _at("emergency-retraction/", complaints.EmergencyRetraction, "complaint-emergency-retraction"),
    _at("risk/", complaints.Risk, "complaint-risk"),
    _at("hold/", complaints.Hold, "complaint-hold"),
    _at("hold-lifting/", complaints.HoldLifting, "complaint-hold-lifting"),
    _at("hand-over/", tasks.HandingOver, "complaint-hand-over"),
    _at("playbooks/", complaints.Playbooks, "complaint-playbooks"),
    _at("overlays/", complaints.Overlays, "complaint-overlays"),
    _at("answers/", complaints.Answers, "complaint-answers"),
    _at("tasks/", tasks.ComplaintTasks, "complaint-tasks"),
    _at("letters/", letters.ComplaintLetters, "complaint-letters"),
    _at("apology/", letters.Apology, "complaint-apology"),
    _at("spoken-apologies/", letters.SpokenApologies, "complaint-spoken-apologies"),
    _at("compensations/", giving.ComplaintCompensations, "complaint-compensations"),
    _at("certificates/", giving.ComplaintCertificates, "complaint-certificates"),
    _at("solution/", complaints.Solution, "complaint-solution"),
    _at("told/", complaints.Told, "complaint-told"),
    _at("closing/", complaints.Closing, "complaint-closing"),
    _at("reopening/", complaints.Reopening, "complaint-reopening"),
]

of_task = [
    _at("", tasks.Task, "task"),
    _at("acceptance/", tasks.Acceptance, "task-acceptance"),
    _at("hand-over/", tasks.TakingOver, "task-hand-over"),
    _at("start/", tasks.Start, "task-start"),
    _at("completion/", tasks.Completion, "task-completion"),
    _at("asking/", tasks.Asking, "task-asking"),
    _at("happening/", tasks.Happening, "task-happening"),
    _at("move/", tasks.Move, "task-move"),
    _at("breaking/", tasks.Breaking, "task-breaking"),
    _at("confirmation/", tasks.Confirmation, "task-confirmation"),
    _at("withdrawal/", tasks.Withdrawal, "task-withdrawal"),
]

of_letter = [
    _at("", letters.Letter, "letter"),
    _at("release/", letters.Release, "letter-release"),
    _at("stop/", letters.Stop, "letter-stop"),
    _at("print/", letters.Print, "letter-print"),
    _at("hand-delivery/", letters.HandDelivery, "letter-hand-delivery"),
    _at("retry/", letters.Retry, "letter-retry"),
]

of_text = [
    _at("", letter_texts.LetterText, "letter-text"),
    _at("wording/", letter_texts.Wording, "letter-text-wording"),
    _at("withdrawal/", letter_texts.WordingWithdrawal, "letter-text-withdrawal"),
    _at("lock/", letter_texts.WordingLock, "letter-text-lock"),
]

of_party = [
    _at("change/", complaints.PartyChange, "party-change"),
    _at("ending/", complaints.PartyEnding, "party-ending"),
    _at("writing/", complaints.PartyWriting, "party-writing"),
]

described = [
    _at("complaints/", complaints.Complaints, "complaints"),
    path("complaints/<recovery_reference:reference>/", include(of_complaint)),
    path("parties/<recovery_key:party>/", include(of_party)),
    _at("small-matters/", complaints.SmallMatters, "small-matters"),
    _at("guests/suppression/", guests.Suppression, "guest-suppression"),
    _at("reports/", complaints.Reports, "reports"),
    _at("duty-log/", tasks.DutyLog, "duty-log"),
    _at("morning-sheet/", shifts.MorningSheet, "morning-sheet"),
    _at("readiness/", shifts.Readiness, "readiness"),
    _at("staff/", tasks.Staff, "staff"),
    _at("staff/<recovery_key:staff>/hand-over/", shifts.HandingOverAll, "staff-hand-over"),
    _at("playbooks/", playbooks.Playbooks, "playbooks"),
    _at("playbooks/<recovery_playbook:playbook>/", playbooks.Playbook, "playbook"),
    _at("playbooks/<recovery_playbook:playbook>/reading/", playbooks.Reading, "playbook-reading"),
    _at("letter-texts/", letter_texts.LetterTexts, "letter-texts"),
    path("letter-texts/<recovery_text:kind>/<recovery_language:language>/", include(of_text)),
    _at("tasks/", tasks.Tasks, "tasks"),
    path("tasks/<recovery_key:task>/", include(of_task)),
    _at("letters/", letters.Letters, "letters"),
    path("letters/<recovery_key:letter>/", include(of_letter)),
    _at("compensations/", giving.Compensations, "compensations"),
    _at("compensations/<recovery_key:compensation>/", giving.Compensation, "compensation"),
    _at(
        "compensations/<recovery_key:compensation>/fulfilment/", giving.Fulfilment, "compensation-fulfilment"
    ),
    _at("certificates/", giving.Certificates, "certificates"),
    _at("certificates/redemptions/", giving.Redemptions, "redemptions"),
    _at("certificates/verification/", giving.Verification, "verification"),
    _at("certificates/<uuid:certificate>/", giving.Certificate, "certificate"),
    _at("certificates/<uuid:certificate>/void/", giving.Voiding, "certificate-void"),
    _at(
        "certificates/<uuid:certificate>/redemptions/",
        giving.RedemptionWithoutCode,
        "certificate-redemptions",
    ),
    _at("redemptions/<recovery_key:entry>/reversal/", giving.Reversal, "redemption-reversal"),
]

urlpatterns = [*described]
if importlib.util.find_spec("drf_spectacular") is not None:
    from .views.schema import Schema  # because the library is optional

    urlpatterns += [path("schema/", Schema.as_view(patterns=described), name="schema")]
urlpatterns += [re_path("", nowhere.Nowhere.as_view())]
