"""The verbs: the only writers. Every door calls exactly one of them.

All are keyword-only and take ``by`` (an ``Actor``), and, where a button can send twice,
``request_key``: the same key returns the first answer. ``version`` is the version of the complaint
that the person saw; a newer one refuses with ``stale_page``.
"""

from .actor import Actor
from .authority import may
from .certificates import expire_due_certificates, issue_certificate, void_certificate
from .compensation import fulfil_compensation, grant_compensation
from .complaints import assign, open_complaint
from .contacts import add_contact
from .deliveries import retry_delivery
from .duty_log import log_duty
from .guest_wishes import stop_writing, stop_writing_to
from .hand_overs import accept_hand_over, hand_over, hand_over_all
from .handlers import HANDLERS
from .holds import lift_hold, set_hold
from .joining import joinable, receive_report
from .letter_texts import lock_letter_text, withdraw_letter_text, word_letter_text
from .letters import (
    LetterWords,
    SetAside,
    draft_letter,
    print_letter,
    record_hand_delivery,
    record_spoken_apology,
    release_letter,
    send_written_apology,
    stop_letter,
)
from .lifecycle import close, mark_solved, reopen, tell_guest
from .morning_sheets import plan_morning_sheets
from .named import name_staff
from .parties import GuestInput, relink_guest
from .people import add_party, change_party, end_party
from .playbook_answers import record_answers
from .playbook_editing import edit_playbook, restore_playbook
from .playbook_reading import acknowledge_playbook
from .playbooks import run_overlay, run_playbook
from .promises import add_task, ask_next, break_task, move_task, tell_happening
from .redemptions import redeem_certificate, redeem_without_code, reverse_redemption
from .rosters import take_roster
from .setup import prepare_property
from .shifts import change_shifts, inherit_work, keep_shifts
from .small_matters import log_and_done
from .tasks import (
    accept_task,
    confirm_task,
    keep_task,
    start_task,
    withdraw_task,
)
from .understanding import acknowledge, confirm_restatement, set_stance
from .urgency import raise_urgency, set_at_risk, take_back_emergency

__all__ = [
    "HANDLERS",
    "Actor",
    "GuestInput",
    "LetterWords",
    "SetAside",
    "accept_hand_over",
    "accept_task",
    "acknowledge",
    "acknowledge_playbook",
    "add_contact",
    "add_party",
    "add_task",
    "ask_next",
    "assign",
    "break_task",
    "change_party",
    "change_shifts",
    "close",
    "confirm_restatement",
    "confirm_task",
    "draft_letter",
    "edit_playbook",
    "end_party",
    "expire_due_certificates",
    "fulfil_compensation",
    "grant_compensation",
    "hand_over",
    "hand_over_all",
    "inherit_work",
    "issue_certificate",
    "joinable",
    "keep_shifts",
    "keep_task",
    "lift_hold",
    "lock_letter_text",
    "log_and_done",
    "log_duty",
    "mark_solved",
    "may",
    "move_task",
    "name_staff",
    "open_complaint",
    "plan_morning_sheets",
    "prepare_property",
    "print_letter",
    "raise_urgency",
    "receive_report",
    "record_answers",
    "record_hand_delivery",
    "record_spoken_apology",
    "redeem_certificate",
    "redeem_without_code",
    "release_letter",
    "relink_guest",
    "reopen",
    "restore_playbook",
    "retry_delivery",
    "reverse_redemption",
    "run_overlay",
    "run_playbook",
    "send_written_apology",
    "set_at_risk",
    "set_hold",
    "set_stance",
    "start_task",
    "stop_letter",
    "stop_writing",
    "stop_writing_to",
    "take_back_emergency",
    "take_roster",
    "tell_guest",
    "tell_happening",
    "void_certificate",
    "withdraw_letter_text",
    "withdraw_task",
    "word_letter_text",
]
