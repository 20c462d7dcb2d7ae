"""One permission for each verb. The codename is the verb's name."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

#: Permission labels are stored by Django's migrate and never translated in the database.
VERB_PERMISSIONS: tuple[tuple[str, str], ...] = (
    ("open_complaint", _("Can open a complaint")),
    ("log_and_done", _("Can log a small matter as done")),
    ("add_contact", _("Can add a contact")),
    ("relink_guest", _("Can change which guest a complaint belongs to")),
    ("add_party", _("Can add a person to the story")),
    ("change_party", _("Can change what a person in the story may receive")),
    ("end_party", _("Can take a person out of the story")),
    ("stop_writing_to", _("Can record that a guest asked us not to write")),
    ("set_hold", _("Can put a complaint on hold")),
    ("lift_hold", _("Can lift a hold")),
    ("acknowledge", _("Can answer the guest as a person")),
    ("confirm_restatement", _("Can record that the guest confirmed the restatement")),
    ("set_stance", _("Can decide the stance")),
    ("assign", _("Can give a complaint to an owner")),
    ("name_staff", _("Can say which employees the guest named")),
    ("hand_over", _("Can offer a complaint to a colleague")),
    ("accept_hand_over", _("Can take over from a colleague")),
    ("log_duty", _("Can write into the duty log")),
    ("add_task", _("Can add a task or promise")),
    ("accept_task", _("Can accept a task")),
    ("start_task", _("Can start a task")),
    ("keep_task", _("Can record that a task is done")),
    ("move_task", _("Can move a task")),
    ("break_task", _("Can record that a promise was broken")),
    ("confirm_task", _("Can record that the guest confirmed a task")),
    ("withdraw_task", _("Can withdraw a task")),
    ("ask_next", _("Can ask the next colleague to do a task")),
    ("tell_happening", _("Can record that the guest was told that it is happening")),
    ("raise_urgency", _("Can make a complaint more urgent")),
    ("take_back_emergency", _("Can take an Emergency back")),
    ("set_at_risk", _("Can record that a guest is at risk")),
    ("run_playbook", _("Can start a playbook")),
    ("run_overlay", _("Can start an overlay, such as a colleague at risk")),
    ("record_answers", _("Can record what the guest answered")),
    ("acknowledge_playbook", _("Can say that a playbook was read")),
    ("edit_playbook", _("Can edit a playbook of a house")),
    ("restore_playbook", _("Can go back to the shipped playbook")),
    ("draft_letter", _("Can draft a letter")),
    ("release_letter", _("Can release a letter")),
    ("stop_letter", _("Can stop a letter")),
    ("print_letter", _("Can print a letter to be handed over")),
    ("record_hand_delivery", _("Can record that a letter was handed over")),
    ("record_spoken_apology", _("Can record a spoken apology")),
    ("grant_compensation", _("Can grant compensation")),
    ("fulfil_compensation", _("Can record that compensation was fulfilled")),
    ("issue_certificate", _("Can issue a free-night certificate")),
    ("redeem_certificate", _("Can redeem a certificate")),
    ("redeem_without_code", _("Can redeem a certificate without its code")),
    ("reverse_redemption", _("Can give redeemed nights back")),
    ("void_certificate", _("Can void a certificate")),
    ("retry_delivery", _("Can try a failed delivery again")),
    ("mark_solved", _("Can mark a complaint solved")),
    ("tell_guest", _("Can record that the guest was told")),
    ("close", _("Can close a complaint")),
    ("reopen", _("Can reopen a complaint")),
)

#: What somebody may ask who may do nothing: a host's marketing system.
READ_PERMISSIONS: tuple[tuple[str, str], ...] = (
    ("view_suppression", _("Can ask whether a guest is left alone by marketing")),
)
