"""What each verb takes: exactly the fields named here, under the names that the verb has for them.

Shapes are checked here, meanings by the verbs. A name that is not listed is refused, not ignored: a
misspelt ``told_guest`` must not become a silent no.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from ..actions import GuestInput, LetterWords, SetAside
from ..choices import (
    ApologyPart,
    AtRisk,
    Category,
    Channel,
    Confirmation,
    ContactKind,
    GuestType,
    HoldKind,
    Layer,
    LetterKind,
    Outcome,
    PartyRight,
    PartyRole,
    RemedyKey,
    Role,
    Severity,
    Stance,
    Urgency,
)
from .fields import (
    Amount,
    CertificateKey,
    Day,
    Moment,
    PartyKey,
    StaffKey,
    StayKey,
    Text,
    Whole,
    Word,
    YesNo,
)
from .wire import shown

_UNKNOWN = _("There is no such field here.")
_OTHER_HOUSE = _("That stay is at another house. Leave the house out: the stay knows it.")
_MOST_UNKNOWN = 10
#: Entries of a list; how many make sense is for the verbs to say.
_MOST = 100


class Input(serializers.Serializer):
    """A JSON object with known names only."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            unknown = sorted(set(data) - set(self.fields))[:_MOST_UNKNOWN]
            if unknown:
                raise serializers.ValidationError(
                    {shown(name): [ErrorDetail(_UNKNOWN, code="unknown_field")] for name in unknown}
                )
        return super().to_internal_value(data)


class Nothing(Input):
    """The address says it all. An empty body, or ``{}``."""


class Reason(Input):
    """Why: it is shown to whoever reads this later."""

    reason = Text()


# --- complaints --------------------------------------------------------------------------------


class GuestIn(Input):
    """The guest as told at the desk. ``email_read_back``: letter by letter, so it is their own."""

    name = Text(required=False)
    email = Text(required=False)
    phone = Text(required=False)
    language = Text(required=False)
    postal_address = Text(required=False)
    email_read_back = YesNo(required=False)

    def validate(self, attrs: dict[str, Any]) -> GuestInput:
        return GuestInput(**attrs)


class Opening(Input):
    """A guest's failure story. Without ``stay_ref`` (nothing is known of it) name the house."""

    category = Word(Category)
    summary = Text()
    channel = Word(Channel)
    stay_ref = StayKey(required=False)
    property_code = Text(required=False)
    description = Text(required=False)
    impact = Text(required=False)
    guest = GuestIn(required=False)
    severity = Word(Severity, required=False, allow_null=True)
    room_was_free = YesNo(required=False)
    told_at = Moment(required=False, allow_null=True)
    guest_deadline = Moment(required=False, allow_null=True)
    purpose = Text(required=False)
    purpose_place = Text(required=False)
    guest_type = Word(GuestType, required=False)
    owner = StaffKey(required=False, allow_null=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        sight, code = self.context["sight"], attrs.get("property_code", "")
        if not attrs.get("stay_ref"):
            sight.check_house(code)
        elif code and code != sight.house_of(attrs["stay_ref"]):
            raise serializers.ValidationError(
                {"property_code": [ErrorDetail(_OTHER_HOUSE, code="other_house")]}
            )
        return attrs


class SmallMatter(Input):
    """What the guest said, what was done, and that the guest is content."""

    what = Text()
    done = Text()
    content = YesNo()
    stay_ref = StayKey(required=False)
    property_code = Text(required=False)
    guest = GuestIn(required=False)
    category = Word(Category, required=False)
    severity = Word(Severity, required=False, allow_null=True)
    channel = Word(Channel, required=False)
    guest_type = Word(GuestType, required=False)
    told_at = Moment(required=False, allow_null=True)
    apology = serializers.ListField(child=Word(ApologyPart), required=False, max_length=_MOST)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not attrs.get("stay_ref"):
            self.context["sight"].check_house(attrs.get("property_code", ""))
        return attrs


class ContactIn(Input):
    """What was said, and how."""

    kind = Word(ContactKind)
    channel = Word(Channel)
    words = Text()
    told_at = Moment(required=False, allow_null=True)
    link = Text(required=False)


class GuestChange(Input):
    """Who the guest is, and why that changes."""

    guest = GuestIn()
    reason = Text()


class PartyIn(Input):
    """A person in the story. Without ``may`` they have what their part brings by itself."""

    role = Word(PartyRole)
    person = GuestIn()
    may = serializers.ListField(child=Word(PartyRight), required=False, allow_null=True, max_length=_MOST)
    agreed_how = Text(required=False)
    is_minor = YesNo(required=False)
    is_vip = YesNo(required=False)


class PartyChange(Input):
    """What is left out stays. An empty ``agreed_how`` takes the guest's agreement back."""

    reason = Text()
    person = GuestIn(required=False)
    may = serializers.ListField(child=Word(PartyRight), required=False, allow_null=True, max_length=_MOST)
    agreed_how = Text(required=False)
    is_minor = YesNo(required=False)
    is_vip = YesNo(required=False)


class WritingIn(Input):
    """``stop``: not to write about this again; false: they took it back. ``reason``: in which words."""

    stop = YesNo()
    reason = Text()


class HoldIn(Input):
    kind = Word(HoldKind)
    reason = Text()


class Acknowledgement(Input):
    channel = Word(Channel)


class Restatement(Input):
    """What we understood, and whether the guest said yes."""

    restatement = Text()
    confirmation = Word(Confirmation)
    reason = Text(required=False)
    impact = Text(required=False)


class StanceIn(Input):
    stance = Word(Stance)
    reason = Text()


class OwnerIn(Input):
    owner = StaffKey()


class NamedIn(Input):
    """Everybody whom the guest named; an empty list names nobody."""

    people = serializers.ListField(child=StaffKey(), max_length=_MOST)


class UrgencyIn(Input):
    urgency = Word(Urgency)
    reason = Text()


class RiskIn(Input):
    at_risk = Word(AtRisk, allow_blank=True)


class Report(Input):
    """What was said, and whatever is known of who said it. ``property_code`` or ``stay_ref`` is needed."""

    words = Text()
    channel = Word(Channel)
    kind = Word(ContactKind, required=False)
    category = Word(Category, required=False)
    property_code = Text(required=False)
    stay_ref = StayKey(required=False)
    room = Text(required=False)
    phone = Text(required=False)
    email = Text(required=False)
    name = Text(required=False)
    told_at = Moment(required=False, allow_null=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not attrs.get("stay_ref"):
            self.context["sight"].check_house(attrs.get("property_code", ""))
        return attrs


class PlaybookIn(Input):
    category = Word(Category)


class OverlayIn(Input):
    """``P21``: a colleague is at risk."""

    overlay = Text()


class AnswersIn(Input):
    """What the guest said to the ``questions`` of the complaint: key → answer."""

    answers = serializers.DictField(child=Text())


class ReadingIn(Input):
    """At which house, and which version was on the screen."""

    property_code = Text()
    seen_version = Whole()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        self.context["sight"].check_house(attrs["property_code"])
        return attrs


class Solution(Input):
    solution = Text()


class Told(Input):
    """How the guest was told; ``asked``: and whether somebody asked if it is right."""

    how = Text()
    asked = YesNo(required=False)


class Closing(Input):
    """How it ended, and whatever nobody wrote down before."""

    outcome = Word(Outcome)
    no_apology_reason = Text(required=False)
    solution = Text(required=False)
    told_how = Text(required=False)
    asked = YesNo(required=False)
    apology = serializers.ListField(child=Word(ApologyPart), required=False, max_length=_MOST)
    follow_up_on = Day(required=False, allow_null=True)


# --- tasks -------------------------------------------------------------------------------------


class TaskIn(Input):
    """Who does what by when. ``told_guest`` makes it a promise."""

    title = Text()
    due_at = Moment()
    assignee = StaffKey(required=False, allow_null=True)
    role = Word(Role, required=False, allow_null=True)
    detail = Text(required=False)
    told_guest = YesNo(required=False)


class Acceptance(Input):
    """Nobody named: the caller says yes. Somebody else: they said yes to ``heard_by``."""

    person = StaffKey(required=False, allow_null=True)
    heard_by = Text(required=False)


class Asking(Input):
    """Nobody named: the next in line."""

    person = StaffKey(required=False, allow_null=True)


class Completion(Input):
    """The proof that the task's ``evidence_fields`` ask for, each as text."""

    evidence = serializers.DictField(child=Text(), required=False)


class Move(Input):
    due_at = Moment()
    reason = Text()
    told_guest = YesNo(required=False)


# --- letters -----------------------------------------------------------------------------------


class WalkWords(Input):
    """Walk card only: what the tasks' proof does not say."""

    map_url = Text(required=False)
    distance = Text(required=False)
    paid = Text(required=False)
    taxi = Text(required=False)
    dinner = Text(required=False)
    tomorrow = Text(required=False)


class WordsIn(Input):
    """What staff write for this guest, in the guest's language."""

    wrong = Text(required=False)
    impact = Text(required=False)
    explanation = Text(required=False)
    repairs = serializers.ListField(child=Text(), required=False, max_length=_MOST)
    changes = Text(required=False)
    own_sentence = Text(required=False)
    wrong_in_english = Text(required=False)
    understood = Text(required=False)
    promise = Text(required=False)
    question = Text(required=False)
    question_why = Text(required=False)
    answer = Text(required=False)
    done = Text(required=False)
    done_by = Text(required=False)
    still_open = Text(required=False)
    before = Text(required=False)
    meanwhile = Text(required=False)
    void_why = Text(required=False)
    instead = Text(required=False)
    care = serializers.ListField(child=Text(), required=False, max_length=_MOST)
    walk = WalkWords(required=False, allow_null=True)

    def validate(self, attrs: dict[str, Any]) -> LetterWords:
        lists = {name: tuple(attrs.get(name, ())) for name in ("repairs", "care")}
        return LetterWords(**{**attrs, **lists})


class SetAsideIn(Input):
    """What stops a letter and goes all the same: the codes of a ``letter_blocked``, and why."""

    codes = serializers.ListField(child=Text(), max_length=_MOST)
    reason = Text()

    def validate(self, attrs: dict[str, Any]) -> SetAside:
        return SetAside(codes=tuple(attrs["codes"]), reason=attrs["reason"])


class Draft(Input):
    kind = Word(LetterKind)
    words = WordsIn(required=False, allow_null=True)
    party = PartyKey(required=False, allow_null=True)
    signatory = StaffKey(required=False, allow_null=True)
    certificate = CertificateKey(required=False, allow_null=True)


class ApologyIn(Input):
    """The written apology; ``nights``: how many free nights travel inside, 1 unless said."""

    words = WordsIn()
    nights = Whole(required=False)
    why = Text(required=False)
    party = PartyKey(required=False, allow_null=True)
    signatory = StaffKey(required=False, allow_null=True)
    by_hand = YesNo(required=False)
    set_aside = SetAsideIn(required=False, allow_null=True)


class SpokenApology(Input):
    parts = serializers.ListField(child=Word(ApologyPart), max_length=_MOST)
    spoken_by = StaffKey(required=False, allow_null=True)


class Release(Input):
    """``self_checked``: nobody else can read it here, and whoever wrote it has read it once more."""

    by_hand = YesNo(required=False)
    set_aside = SetAsideIn(required=False, allow_null=True)
    self_checked = YesNo(required=False)


class HandDelivery(Input):
    at = Moment(required=False, allow_null=True)


# --- giving ------------------------------------------------------------------------------------


class Grant(Input):
    """What is given, of which kind of money, and what it is worth to the guest."""

    remedy = Word(RemedyKey)
    layer = Word(Layer)
    what = Text()
    face = Amount()
    currency = Text(required=False)
    units = Whole(required=False)
    party = PartyKey(required=False, allow_null=True)


class Fulfilment(Input):
    proof = Text()


class CertificateIn(Input):
    """Free nights. ``number`` 2 and above, with a reason: a further one for the same complaint."""

    nights = Whole(required=False)
    why = Text(required=False)
    party = PartyKey(required=False, allow_null=True)
    houses_valid = serializers.ListField(child=Text(), required=False, max_length=_MOST)
    send = YesNo(required=False)
    number = Whole(required=False)
    reason = Text(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return {**attrs, "houses_valid": tuple(attrs.get("houses_valid", ()))}


class CodeIn(Input):
    """The code as printed, or the token of its QR."""

    code = Text(required=False)
    token = Text(required=False)


class Redemption(CodeIn):
    """Which certificate, and for which stay."""

    stay_ref = StayKey()
    nights = Whole(required=False)


class RedemptionWithoutCode(Input):
    """For a guest who lost the code: the name, an ID that was seen, and a reason."""

    stay_ref = StayKey()
    guest_name = Text()
    id_seen = YesNo()
    reason = Text()
    nights = Whole(required=False)
