"""Closed lists of words. Stored values never change; labels may.

Nothing here is a field default or a field ``choices=`` that depends on settings, so a host's
settings can never create a migration inside this package.
"""

from __future__ import annotations

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """Who does what. Keys of the field; a property staffs only those that it has."""

    EMPLOYEE = "EMP", _("any employee")
    FRONT_DESK = "FD", _("front desk")
    HOUSEKEEPING = "HSK", _("housekeeping")
    ENGINEERING = "ENG", _("engineering")
    FOOD_BEVERAGE = "FB", _("food and beverage")
    SECURITY = "SEC", _("security")
    RESERVATIONS = "RES", _("reservations")
    FINANCE = "FIN", _("finance")
    LOYALTY = "LOY", _("loyalty desk")
    DUTY_MANAGER = "DM", _("duty manager")
    GENERAL_MANAGER = "GM", _("general manager")


class Channel(TextChoices):
    IN_PERSON = "in_person", _("in person")
    PHONE = "phone", _("phone")
    EMAIL = "email", _("e-mail")
    WEB = "web", _("web form")
    QR = "qr", _("QR code in the room")
    SMS = "sms", _("text message")
    LETTER = "letter", _("letter")
    PUBLIC = "public", _("public post")

    @property
    def is_spoken(self) -> bool:
        return self in (Channel.IN_PERSON, Channel.PHONE)


class Category(TextChoices):
    """What kind of service failure it was."""

    LOST_RESERVATION = "lost_reservation", _("lost or walked reservation")
    POWER = "power", _("power cut")
    NOISE = "noise", _("noise")
    DIRTY_ROOM = "dirty_room", _("dirty room")
    BROKEN_ROOM = "broken_room", _("heating, cooling, hot water, lift")
    BILLING = "billing", _("wrong charge")
    SLOW_SERVICE = "slow_service", _("slow service")
    STAFF_CONDUCT = "staff_conduct", _("rude or unfair treatment")
    SAFETY = "safety", _("safety, health, theft")
    LOST_PROPERTY = "lost_property", _("lost property")
    AMENITY = "amenity", _("closed amenity or event")
    PESTS = "pests", _("pests")
    WIFI = "wifi", _("Wi-Fi or TV")
    MISSED_PROMISE = "missed_promise", _("missed promise")
    RULE_SAYS_NO = "rule_says_no", _("a rule says no")
    NOT_AS_BOOKED = "not_as_booked", _("room not as booked or not ready")
    PRIVACY = "privacy", _("intrusion or privacy")
    DAMAGE = "damage", _("guest's property damaged")
    SMELL = "smell", _("smell, smoke, damp")
    OTHER = "other", _("something else")


class Severity(IntegerChoices):
    """What happened to the guest. Never how loud the guest is."""

    IRRITATION = 1, _("1 – irritation")
    IMPAIRED = 2, _("2 – part of the stay impaired")
    TOUCHED = 3, _("3 – sleep, meal or appointment touched")
    LOST = 4, _("4 – night, event, money or dignity lost")
    GRAVE = 5, _("5 – no room, safety, health, legal")


class Urgency(TextChoices):
    NORMAL = "normal", _("normal")
    FAST = "fast", _("fast")
    EMERGENCY = "emergency", _("Emergency")


class UrgencyCause(TextChoices):
    """Why a complaint became more urgent. Circumstances, never how loud somebody is."""

    SECOND_COMPLAINT = "second_complaint", _("the guest had to complain again")
    SAME_STAY = "same_stay", _("second complaint in the same stay")
    MISSED_PROMISE = "missed_promise", _("we missed a promise")
    RECURRENCE = "recurrence", _("it happened to this guest before")
    UNRECOVERED = "unrecovered", _("it happened before and was not put right")
    RAISED = "raised", _("a colleague raised it")


class AtRisk(TextChoices):
    """Signs that the guest is about to be lost."""

    NOT_SEEN = "", _("no sign")
    LEAVING = "leaving", _("is leaving")
    WILL_POST = "will_post", _("will post or has posted")
    THREATENED = "threatened", _("threatens us")


class AlarmReason(TextChoices):
    """Why somebody is rung. A closed list: whatever is not here waits for somebody to look."""

    GRAVE = "grave", _("severity 4 or 5")
    EMERGENCY = "emergency", _("Emergency")
    NOT_ACCEPTED = "not_accepted", _("NOT HAPPENING: nobody has said yes")
    NOT_STARTED = "not_started", _("NOT HAPPENING: said yes, not begun")
    UNSENT_DELAY = "unsent_delay", _("will be late, and the guest does not know")
    MISSED = "missed", _("a promise was missed")
    THIRD_COMPLAINT = "third_complaint", _("the guest had to complain a third time")
    APOLOGY_OUTSTANDING = "apology_due", _("solved, and nobody has apologised")
    HAND_OVER = "hand_over", _("a colleague hands over to you")
    UNSENT_LETTER = "unsent_letter", _("a guest text waits, and nobody has sent it")
    #: A question to whoever is asked first; it escalates nothing and counts as no alarm.
    ASKED = "asked", _("can you do this?")


class AlarmWay(TextChoices):
    """How a colleague was told."""

    HOTEL = "hotel", _("text message or push by the hotel's system")
    MAIL = "mail", _("e-mail")
    CALL = "call", _("a colleague rings: there is only a number")
    DIGEST = "digest", _("in a digest: too many alarms this shift")
    QUIET = "quiet", _("on the board only")


class GuestType(TextChoices):
    UNKNOWN = "", _("not known")
    FAMILY = "family", _("family")
    BUSINESS = "business", _("business")
    EVENT = "event", _("celebration or event guest")
    GROUP = "group", _("group or conference")
    LONG_STAY = "long_stay", _("long stay")
    ACCESSIBLE = "accessible", _("accessible needs")
    MEMBER = "member", _("loyalty member")
    FIRST_STAY = "first_stay", _("first stay")


class Stance(TextChoices):
    """*Regret* while fault is open; *responsibility* once it is established."""

    REGRET = "regret", _("regret (fault still open)")
    RESPONSIBILITY = "responsibility", _("responsibility (our fault)")


class ComplaintState(TextChoices):
    """Computed from dated facts by ``rules/transitions.py``; never stored."""

    OPEN = "open", _("open")
    HEARD = "heard", _("heard")
    RECOVERING = "recovering", _("in recovery")
    SOLVED = "solved", _("solved")
    TOLD = "told", _("guest told")
    FOLLOWED_UP = "followed_up", _("followed up")
    REVIEWED = "reviewed", _("reviewed")
    CLOSED = "closed", _("closed")


class Lamp(TextChoices):
    """What every guest is owed. Computed by ``rules/lamps.py``; never stored."""

    HEARD = "heard", _("heard")
    RESPECTED = "respected", _("respected")
    HANDLED = "handled", _("handled")


class LampGap(TextChoices):
    """Why a lamp is not on."""

    NOT_CONFIRMED = "not_confirmed", _("nobody has said it back to the guest")
    NO_ANSWER = "no_answer", _("no person has answered")
    NO_APOLOGY = "no_apology", _("nobody has apologised")
    APOLOGY_UNFIT = "apology_unfit", _("the apology does not fit where we stand")
    PROMISE_FAILED = "promise_failed", _("a promise was broken or late")
    BLAMED = "blamed", _("words went out that had been stopped")
    NOT_SOLVED = "not_solved", _("it is not solved")
    NOT_TOLD = "not_told", _("the guest does not know that it is solved")
    NOT_ASKED = "not_asked", _("nobody has asked whether it is right")


class Outcome(TextChoices):
    UNKNOWN = "unknown", _("not known")
    RECOVERED = "recovered", _("guest recovered")
    LOST = "lost", _("guest lost")


class Confirmation(TextChoices):
    """How we know that we understood the guest."""

    YES = "yes", _("guest said yes")
    CORRECTED = "corrected", _("guest corrected it; corrected words stored")
    NOT_POSSIBLE = "not_possible", _("guest could not be asked")


class PartyRole(TextChoices):
    SLEEPER = "sleeper", _("sleeper")
    BOOKER = "booker", _("booker")
    PAYER = "payer", _("payer")
    ORGANISER = "organiser", _("organiser")
    AGENCY = "agency", _("agency")
    GUARDIAN = "guardian", _("guardian")
    WITNESS = "witness", _("witness")
    LAWYER = "lawyer", _("lawyer")


class HoldKind(TextChoices):
    """Why nothing goes to a guest until a manager says so: others decide meanwhile."""

    LAWYER = "lawyer", _("a lawyer writes")
    INSURER = "insurer", _("an insurer decides")
    SAFETY = "safety", _("safety of a guest is looked into")
    STAFF_SAFETY = "staff_safety", _("a colleague is at risk")
    POLICE = "police", _("the police")
    AUTHORITY = "authority", _("an authority")
    CHARGEBACK = "chargeback", _("the card payment is disputed")
    PRESS = "press", _("the press")
    DATA_REQUEST = "data_request", _("a request about personal data")
    DEATH = "death", _("a death")


class AddressClass(TextChoices):
    """How far an e-mail address can be trusted with this guest's matter."""

    OWN = "own", _("guest's own")
    RELAY = "relay", _("relay of an agency")
    SHARED = "shared", _("shared by several guests")
    DUMMY = "dummy", _("placeholder, nobody reads it")
    UNPROVEN = "unproven", _("typed, not proven")
    NONE = "none", _("no e-mail address")


class LanguageSource(TextChoices):
    """How we know in which language a guest is written to."""

    SAID = "said", _("said by the guest")
    BOOKING = "booking", _("from the booking")
    GUESSED = "guessed", _("a guess")


class ContactKind(TextChoices):
    COMPLAINT = "complaint", _("complaint")
    QUESTION = "question", _("question")
    REQUEST = "request", _("request")
    THANKS = "thanks", _("thanks")
    ANSWER = "answer", _("answer to us")
    SAME_WORD = "same_word", _("same word, reported by a colleague")
    CHASER = "chaser", _("asking again")


class TaskKind(TextChoices):
    STEP = "step", _("playbook step")
    PROMISE = "promise", _("promise")
    CALL = "call", _("call the guest")
    HAND_DELIVERY = "hand_delivery", _("hand a letter over")
    DELIVERY = "delivery", _("a mail did not arrive")
    HOTEL_SYSTEM = "hotel_system", _("do it in the hotel system")
    LOCATE = "locate", _("find out where a colleague is")
    DELAY = "delay", _("tell the guest that it will be late")
    ALARM = "alarm", _("ring a colleague")
    HAND_OVER = "hand_over", _("take over from a colleague")
    LETTER = "letter", _("a guest text waits")
    OTHER = "other", _("other")


class TaskState(TextChoices):
    """Computed from the task's dated facts."""

    SAID = "said", _("said")
    ACCEPTED = "accepted", _("accepted")
    STARTED = "started", _("started")
    DONE = "done", _("done")
    CONFIRMED = "confirmed", _("confirmed by the guest")
    BROKEN = "broken", _("broken")
    WITHDRAWN = "withdrawn", _("withdrawn")


class AcceptedHow(TextChoices):
    SELF = "self", _("said so here")
    VOICE = "voice", _("said so to a colleague")
    LINK = "link", _("said so through the link in the alarm")


class PromiseOutcome(TextChoices):
    """How a promise ended, computed. *Late* is late by a second: the guest was told a time."""

    OPEN = "open", _("open")
    KEPT = "kept", _("kept")
    LATE = "late", _("late")
    MOVED = "moved", _("moved, the guest was told")
    BROKEN = "broken", _("broken")
    WITHDRAWN = "withdrawn", _("not needed any more")


class ApologyMode(TextChoices):
    SPOKEN = "spoken", _("spoken")
    WRITTEN = "written", _("written")


class ApologyPart(TextChoices):
    """The six components of an apology."""

    REGRET = "regret", _("regret")
    RESPONSIBILITY = "responsibility", _("responsibility")
    EXPLANATION = "explanation", _("what happened")
    REPENTANCE = "repentance", _("what changes")
    REPAIR = "repair", _("what we do")
    FORGIVENESS = "forgiveness", _("asking for forgiveness")


class LetterKind(TextChoices):
    """Guest texts of this release; rows of the mail contract."""

    RECEIPT = "receipt", _("receipt")
    ACKNOWLEDGEMENT = "acknowledgement", _("first answer")
    AGREED = "agreed", _("what we agreed")
    QUESTION = "question", _("question to the guest")
    QUESTION_REMINDER = "question_reminder", _("question, once more")
    UPDATE = "update", _("news")
    NO_NEWS = "no_news", _("still at it")
    DELAY = "delay", _("it takes longer")
    REPLY = "reply", _("reply")
    SOLVED = "solved", _("it is solved")
    WALK_BEFORE_TRAVEL = "walk_before_travel", _("no room, before the journey")
    WALK_CARD = "walk_card", _("walk card")
    PAYMENT_DONE = "payment_done", _("money on its way")
    APOLOGY = "apology_letter", _("written apology")
    CERTIFICATE = "certificate", _("certificate")
    REDEEMED = "certificate_redeemed", _("certificate redeemed")
    RESTORED = "certificate_restored", _("nights given back")
    CERTIFICATE_VOID = "certificate_void", _("certificate withdrawn")
    CARE_CONTACT = "care_contact", _("a person who cares for the guest")


class MailMode(TextChoices):
    AUTO = "auto", _("the system sends")
    VETO = "veto", _("goes by itself unless stopped")
    CLICK = "click", _("a person's button sends")
    PERSON = "person", _("never without a named person")


class HoldReason(TextChoices):
    """Why a text does not go although somebody or something asked for it."""

    PERSON = "person", _("a named person must send it")
    NEVER = "never", _("a text like this never goes by itself")
    UNANSWERED = "unanswered", _("the guest has written, and nobody has answered yet")
    ENOUGH = "enough", _("this guest got enough mail from us lately: telephone")
    TOO_LATE = "too_late", _("it would come too late: telephone")
    STOPPED = "stopped", _("the guest asked us not to write")
    ON_HOLD = "on_hold", _("the complaint is on hold")
    ENDED = "ended", _("the complaint was withdrawn or is a duplicate")
    BOUNCED = "bounced", _("the last mail to this address came back: telephone")
    ADDRESS = "address", _("nobody reads this address: telephone")
    QUESTION = "question", _("another question to the guest is still open")
    MERGED = "merged", _("a letter that waits says it, too")


class PartyRight(TextChoices):
    """What a person in the story may receive from us."""

    APOLOGY = "apology", _("the apology")
    MONEY = "money", _("money")
    CERTIFICATE = "certificate", _("the certificate")
    STATUS = "status", _("how it stands")


class LetterState(TextChoices):
    """Where a guest text stands. Computed from its dated facts."""

    DRAFT = "draft", _("draft")
    RELEASED = "released", _("released")
    SENT = "sent", _("sent")
    HANDED_OVER = "handed_over", _("handed over")
    STOPPED = "stopped", _("stopped")


class Layer(TextChoices):
    """The three kinds of money."""

    OWED = "owed", _("owed")
    MAKE_WHOLE = "make_whole", _("make whole")
    GOODWILL = "goodwill", _("goodwill")


class RemedyKey(TextChoices):
    FREE_NIGHT = "free_night", _("free night")
    REFUND = "refund", _("refund")
    FOLIO_CREDIT = "folio_credit", _("folio credit")
    POINTS = "points", _("points")
    ROOM_MOVE = "room_move", _("room move")
    UPGRADE = "upgrade", _("upgrade")
    AMENITY = "amenity", _("amenity")
    TRANSPORT = "transport", _("transport")
    DINNER = "dinner", _("dinner")
    SUBSTITUTE_ROOM = "substitute_room", _("room in another hotel")
    OTHER = "other", _("other")


class CompensationState(TextChoices):
    """Computed from the compensation's dated facts."""

    GRANTED = "granted", _("granted")
    FULFILLED = "fulfilled", _("fulfilled")
    VOID = "void", _("void")


class CertificateState(TextChoices):
    """Computed from the certificate's facts and the local date."""

    VALID = "valid", _("valid")
    USED = "used", _("used")
    EXPIRED = "expired", _("expired")
    VOID = "void", _("void")


class EntryKind(TextChoices):
    """Rows of the certificate ledger."""

    ISSUE = "issue", _("issued")
    REDEEM = "redeem", _("redeemed")
    REVERSE = "reverse", _("given back")
    VOID = "void", _("voided")
    EXPIRE = "expire", _("expired")


class LinkPurpose(TextChoices):
    STATUS = "status", _("status page")
    CERTIFICATE = "certificate", _("certificate page")
    STOP = "stop", _("stop writing to me")
    ACCEPT = "accept", _("a colleague's answer to an alarm")


class House(TextChoices):
    SMALL = "small", _("small house")
    HOTEL = "hotel", _("hotel")
    GROUP = "group", _("hotel group")


class Lane(IntegerChoices):
    """Order of delivery: what a person waits for is never behind bulk mail."""

    URGENT = 0, _("urgent")
    NORMAL = 1, _("normal")
    BULK = 2, _("bulk")


class OutboxState(TextChoices):
    DUE = "due", _("waiting")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("delivered")
    CANCELLED = "cancelled", _("cancelled")
    TOO_LATE = "too_late", _("too late to send")
    DEAD = "dead", _("failed for good")
    UNKNOWN = "unknown", _("outcome unknown")


class HeartbeatKind(TextChoices):
    SWEEP = "sweep", _("last sweep")
    DELIVERY = "delivery", _("last delivery by a worker")


class ActorKind(TextChoices):
    STAFF = "staff", _("staff")
    GUEST_LINK = "guest_link", _("guest link")
    STAFF_LINK = "staff_link", _("colleague's link")
    SYSTEM = "system", _("system")
    API_CLIENT = "api_client", _("API client")


class EventKind(TextChoices):
    """What can happen to a complaint: noun.past. A closed list."""

    COMPLAINT_OPENED = "complaint.opened", _("complaint opened")
    CONTACT_ADDED = "contact.added", _("guest got in touch")
    GUEST_RELINKED = "guest.relinked", _("guest record changed")
    PARTY_ADDED = "party.added", _("person added")
    PARTY_CHANGED = "party.changed", _("person changed")
    PARTY_ENDED = "party.ended", _("person taken out of the story")
    HELD = "complaint.held", _("put on hold")
    HOLD_LIFTED = "complaint.hold_lifted", _("hold lifted")
    ACKNOWLEDGED = "complaint.acknowledged", _("answered by a person")
    RESTATEMENT_CONFIRMED = "restatement.confirmed", _("restatement confirmed")
    STANCE_SET = "stance.set", _("stance decided")
    ASSIGNED = "complaint.assigned", _("owner changed")
    HAND_OVER_OFFERED = "hand_over.offered", _("offered to a colleague")
    HANDED_OVER = "hand_over.accepted", _("a colleague took over")
    PLAYBOOK_RUN = "playbook.run", _("playbook started")
    STEP_SKIPPED = "step.skipped", _("step skipped: the guest must leave before it can be done")
    ANSWERS_RECORDED = "answers.recorded", _("guest answered our questions")
    TASK_ADDED = "task.added", _("task added")
    TASK_ACCEPTED = "task.accepted", _("task accepted")
    TASK_STARTED = "task.started", _("task started")
    TASK_DONE = "task.done", _("task done")
    TASK_CONFIRMED = "task.confirmed", _("task confirmed by the guest")
    TASK_MOVED = "task.moved", _("task moved")
    TASK_BROKEN = "task.broken", _("task broken")
    TASK_WITHDRAWN = "task.withdrawn", _("task withdrawn")
    TASK_ASKED = "task.asked", _("next colleague asked")
    HAPPENING_TOLD = "happening.told", _("guest told that it is happening")
    URGENCY_RAISED = "urgency.raised", _("more urgent")
    EMERGENCY_TAKEN_BACK = "emergency.taken_back", _("Emergency taken back")
    RECOVERY_FAILED = "recovery.failed", _("we failed again while making it good")
    ALARM_RAISED = "alarm.raised", _("a colleague was alarmed")
    STAFF_NAMED = "staff.named", _("said whom the guest named")
    AT_RISK_SET = "at_risk.set", _("guest at risk")
    APOLOGY_SPOKEN = "apology.spoken", _("apology spoken")
    LETTER_DRAFTED = "letter.drafted", _("letter drafted")
    LETTER_RELEASED = "letter.released", _("letter released")
    OVERRIDDEN = "rule.overridden", _("a rule was set aside")
    LETTER_HELD = "letter.held", _("letter held")
    LETTER_STOPPED = "letter.stopped", _("letter stopped")
    LETTER_SENT = "letter.sent", _("letter sent")
    LETTER_FAILED = "letter.failed", _("letter could not be sent")
    LETTER_PRINTED = "letter.printed", _("letter printed")
    LETTER_HANDED_OVER = "letter.handed_over", _("letter handed over")
    DELIVERY_RETRIED = "delivery.retried", _("delivery tried again")
    WRITING_STOPPED = "writing.stopped", _("guest asked us to stop writing")
    COMPENSATION_GRANTED = "compensation.granted", _("compensation granted")
    COMPENSATION_FULFILLED = "compensation.fulfilled", _("compensation fulfilled")
    CERTIFICATE_ISSUED = "certificate.issued", _("certificate issued")
    CERTIFICATE_REDEEMED = "certificate.redeemed", _("certificate redeemed")
    CERTIFICATE_REVERSED = "certificate.reversed", _("nights given back")
    CERTIFICATE_VOIDED = "certificate.voided", _("certificate voided")
    CERTIFICATE_EXPIRED = "certificate.expired", _("certificate expired")
    SOLVED = "complaint.solved", _("solved")
    GUEST_TOLD = "guest.told", _("guest told")
    CLOSED = "complaint.closed", _("closed")
    REOPENED = "complaint.reopened", _("reopened")


class ToneSeverity(TextChoices):
    BLOCK = "block", _("not to be sent like this")
    WARN = "warn", _("better said otherwise")


class ToneCode(TextChoices):
    """What a sentence does to a guest. ``C_``: part of an apology; ``M_``: a move of a good talk."""

    COND_APOLOGY = "COND_APOLOGY", _("apology with an if")
    SORRY_BUT = "SORRY_BUT", _("apology taken back")
    FEELING_DEFLECT = "FEELING_DEFLECT", _("sorry for the guest's feeling")
    BLAME_SUPPLIER = "BLAME_SUPPLIER", _("blames whom we hired")
    BLAME_STAFF = "BLAME_STAFF", _("blames a colleague")
    BLAME_FORCE = "BLAME_FORCE", _("blames the weather")
    BLAME_GUEST = "BLAME_GUEST", _("blames the guest")
    POLICY_RECITE = "POLICY_RECITE", _("recites a rule")
    PASSIVE_EVASION = "PASSIVE_EVASION", _("nobody did it")
    MINIMISE = "MINIMISE", _("makes it small")
    ADMIT_LEGAL = "ADMIT_LEGAL", _("admits fault that is still open")
    LEGAL_COLD = "LEGAL_COLD", _("a lawyer's words")
    VAGUE_PROMISE = "VAGUE_PROMISE", _("promise without a name or a time")
    DISMISS = "DISMISS", _("sends the guest away")
    EMPTY_FORMULA = "EMPTY_FORMULA", _("hollow phrase")
    REVIEW_PRESSURE = "REVIEW_PRESSURE", _("something for a review")
    HAGGLE = "HAGGLE", _("bargains")
    C_REGRET = "C_REGRET", _("regret")
    C_EXPLAIN = "C_EXPLAIN", _("explanation")
    C_RESP = "C_RESP", _("responsibility")
    C_REPENT = "C_REPENT", _("what is different now")
    C_REPAIR = "C_REPAIR", _("repair")
    C_FORGIVE = "C_FORGIVE", _("asks for forgiveness")
    M_RESTATE = "M_RESTATE", _("says back what was heard")
    M_ASK_FAIR = "M_ASK_FAIR", _("asks what is fair")
    M_THANK = "M_THANK", _("thanks")
    M_PRECEDENT = "M_PRECEDENT", _("names what others were given")
    M_SPECIFIC = "M_SPECIFIC", _("a deed or a person, and a time")
    M_EMPATHY = "M_EMPATHY", _("sees how it was")

    @property
    def is_issue(self) -> bool:
        return not self.value.startswith(("C_", "M_"))


class Reading(TextChoices):
    """Who read a grave letter besides whoever wrote it."""

    SECOND = "second", _("read by a second person")
    SELF = "self", _("self-checked: nobody else was there")


class LetterFault(TextChoices):
    """What is wrong with a letter as a whole, held against the record."""

    MISSING_REGRET = "MISSING_REGRET", _("nobody says sorry")
    MISSING_RESP = "MISSING_RESP", _("nobody says that it was ours")
    MISSING_REPAIR = "MISSING_REPAIR", _("nothing is put right")
    MISSING_REASON = "MISSING_REASON", _("neither what happened nor what is different now")
    BARE_APOLOGY = "BARE_APOLOGY", _("sorry, and nothing else")
    STANCE_ADMITS = "STANCE_ADMITS", _("admits what is not known yet")
    AMOUNT_NOT_ON_CASE = "AMOUNT_NOT_ON_CASE", _("a figure that the record does not hold")
    TIME_NOT_ON_CASE = "TIME_NOT_ON_CASE", _("a time that the record does not hold")
    WRONG_NOT_NAMED = "WRONG_NOT_NAMED", _("does not name what went wrong")
    NO_NAME = "NO_NAME", _("the guest's name is missing")
    DA_ONLY_BEKLAGER = "DA_ONLY_BEKLAGER", _("“beklager” alone is too weak")
    PLACEHOLDER_LEFT = "PLACEHOLDER_LEFT", _("a gap was not filled in")
    SAME_TEXT_AGAIN = "SAME_TEXT_AGAIN", _("this guest has had this text")
    TEMPLATE_ONLY = "TEMPLATE_ONLY", _("no sentence for this guest alone")
    LANGUAGE_MIX = "LANGUAGE_MIX", _("two languages")
    OTHER_GUEST = "OTHER_GUEST", _("another guest, or their room")
    IMPACT_MISSING = "IMPACT_MISSING", _("nobody knows what it cost the guest")
    EXPLAINS_FIRST = "EXPLAINS_FIRST", _("explains before it says sorry")
    EXPLAINS_TOO_MUCH = "EXPLAINS_TOO_MUCH", _("explains more than it puts right")
    NEEDS_SECOND_READER = "NEEDS_SECOND_READER", _("a second person reads it first")
    NEEDS_GM = "NEEDS_GM", _("the general manager signs it")
