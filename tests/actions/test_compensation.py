"""What is given: by whom without asking, how it is labelled, and that all of it is kept (S1-22, S4-01)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from recovery import actions, errors
from recovery.actions import Actor
from recovery.choices import Category, CompensationState, Layer, RemedyKey, Role, Stance
from recovery.hotel import Stay, StayStatus
from recovery.models import AuthorityLimit, Compensation, Complaint, HouseProfile, Remedy
from tests import factories as make
from tests.factories import House

from . import calls, travel


@pytest.fixture
def noise(quay: House) -> Complaint:
    """No playbook runs for it, so that every gift asks for a limit. A night costs 168 pounds."""
    return make.make_complaint(house=quay, category=Category.OTHER, stay_ref=make.RETURN)


def give(house: House, complaint: Complaint, face: object = "50", **given: Any) -> Compensation:
    values: dict[str, Any] = {
        "remedy": RemedyKey.AMENITY,
        "layer": Layer.GOODWILL,
        "what": "",
        "face": Decimal(face) if isinstance(face, str) else face,
        "by": house.by_desk,
    } | given
    return make.make_compensation(house=house, complaint=complaint, **values)


def refused(call: Any) -> errors.RecoveryError:
    before = calls.contents()
    with pytest.raises(errors.RecoveryError) as refusal:
        call()
    assert calls.contents() == before
    return refusal.value


# --- authority -----------------------------------------------------------------------------------


def test_the_desk_gives_within_its_limit_alone(quay: House, noise: Complaint) -> None:
    assert give(quay, noise, "86").granted_by_staff == quay.desk  # half of 172 pounds


def test_above_the_limit_the_person_to_ask_is_named(quay: House, noise: Complaint) -> None:
    refusal = refused(lambda: give(quay, noise, "86.01"))

    assert isinstance(refusal, errors.AboveAuthority)
    assert "Tom Ridley (duty manager)" in refusal.sentence
    assert "GBP\u00a086.00" in refusal.sentence


def test_far_above_the_limit_the_general_manager_is_named(quay: House, noise: Complaint) -> None:
    refusal = refused(lambda: give(quay, noise, "5000"))

    assert "Helen Marsh (general manager)" in refusal.sentence


def test_what_was_given_before_counts_when_somebody_is_named(quay: House, noise: Complaint) -> None:
    give(quay, noise, "250", by=quay.by_manager)

    refusal = refused(lambda: give(quay, noise, "60"))

    assert "Helen Marsh" in refusal.sentence  # because Tom's own limit is 258 pounds


def test_nobody_is_told_to_ask_oneself(quay: House, noise: Complaint) -> None:
    other = make.make_complaint(house=quay, category=Category.OTHER, stay_ref=make.RETURN)
    give(quay, other, "250", by=quay.by_manager)

    refusal = refused(lambda: give(quay, noise, "20", by=quay.by_manager))

    assert "Tom Ridley" not in refusal.sentence


def test_the_duty_manager_gives_what_the_desk_may_not(quay: House, noise: Complaint) -> None:
    assert give(quay, noise, "200", by=quay.by_manager).face == 200


def test_the_general_manager_has_no_limit(quay: House, noise: Complaint) -> None:
    assert give(quay, noise, "9000", by=quay.by_general_manager).face == 9000


def test_splitting_a_gift_on_one_complaint_is_caught(quay: House, noise: Complaint) -> None:
    give(quay, noise, "50")

    assert isinstance(refused(lambda: give(quay, noise, "50")), errors.AboveAuthority)


def test_splitting_a_gift_among_colleagues_is_caught(quay: House, noise: Complaint) -> None:
    colleague = make.make_staff(name="Amelia Frost")
    give(quay, noise, "50")

    refusal = refused(lambda: give(quay, noise, "50", by=Actor.for_staff(colleague)))

    assert isinstance(refusal, errors.AboveAuthority)


def test_splitting_gifts_over_the_guests_of_one_day_is_caught(quay: House, noise: Complaint) -> None:
    other = make.make_complaint(house=quay, category=Category.OTHER, stay_ref=make.RETURN)
    give(quay, other, "50")

    assert isinstance(refused(lambda: give(quay, noise, "50")), errors.AboveAuthority)


def test_the_next_day_has_its_own_limit(quay: House, noise: Complaint) -> None:
    other = make.make_complaint(house=quay, category=Category.OTHER, stay_ref=make.RETURN)
    give(quay, other, "80")
    travel.later(days=1)

    assert give(quay, noise, "80").face == 80


def test_after_midnight_the_business_day_is_still_the_same(quay: House, noise: Complaint) -> None:
    other = make.make_complaint(house=quay, category=Category.OTHER, stay_ref=make.RETURN)
    give(quay, other, "80")
    travel.later(hours=14)  # 02:12

    assert isinstance(refused(lambda: give(quay, noise, "80")), errors.AboveAuthority)


def test_a_withdrawn_gift_frees_the_limit(quay: House, complaint: Complaint) -> None:
    certificate = make.make_certificate(house=quay, complaint=complaint)
    actions.void_certificate(certificate=certificate, by=quay.by_manager, reason="issued twice")

    again = make.make_certificate(
        house=quay, complaint=complaint, by=quay.by_desk, number=2, reason="the first one was wrong"
    )

    assert again.compensation.pre_approved_by == "P01"


def test_a_limit_in_another_currency_counts_by_its_share(quay: House, noise: Complaint) -> None:
    AuthorityLimit.objects.filter(role=Role.FRONT_DESK).update(share_percent=10, amount=900, currency="EUR")

    assert give(quay, noise, "17.20").face == Decimal("17.20")
    assert isinstance(refused(lambda: give(quay, noise, "0.01")), errors.AboveAuthority)


def test_the_limit_of_the_house_beats_the_limit_of_the_group(quay: House, noise: Complaint) -> None:
    AuthorityLimit.objects.create(property_code="QUAY", role=Role.FRONT_DESK, amount=5, currency="GBP")

    assert give(quay, noise, "5").face == 5
    assert isinstance(refused(lambda: give(quay, noise, "1")), errors.AboveAuthority)


def test_who_has_no_staff_record_may_give_nothing(quay: House, noise: Complaint) -> None:
    by = Actor.for_user(make.make_user(username="temp", verbs=["grant_compensation"]))

    assert isinstance(refused(lambda: give(quay, noise, "1", by=by)), errors.AboveAuthority)


def test_without_a_rate_limits_in_amounts_still_count(quay: House) -> None:
    complaint = make.make_complaint(house=quay, category=Category.OTHER, stay_ref="", property_code="QUAY")
    AuthorityLimit.objects.filter(role=Role.FRONT_DESK).update(amount=30, currency="GBP")

    assert give(quay, complaint, "30").face == 30
    assert isinstance(refused(lambda: give(quay, complaint, "0.01")), errors.AboveAuthority)


def test_a_night_without_a_rate_says_where_to_enter_it(quay: House) -> None:
    complaint = make.make_complaint(house=quay, stay_ref="", property_code="QUAY")

    refusal = refused(lambda: make.make_certificate(house=quay, complaint=complaint))

    assert isinstance(refusal, errors.RateUnknown)
    assert "reference rate" in refusal.sentence


def test_the_reference_rate_stands_in(quay: House) -> None:
    HouseProfile.objects.update(reference_rate=150)
    complaint = make.make_complaint(house=quay, stay_ref="", property_code="QUAY")

    certificate = make.make_certificate(house=quay, complaint=complaint)

    assert certificate.compensation.face == 150


def test_a_rate_in_another_currency_is_no_rate_here(quay: House, hotel: Any) -> None:
    stay = Stay(
        ref="EURO",
        property_code="QUAY",
        guest=None,
        arrival_on=None,
        departure_on=None,
        nightly_rate=Decimal(9000),
        currency="HUF",
        status=StayStatus.BOOKED,
    )
    hotel.put(stay)
    complaint = make.make_complaint(house=quay, stay_ref="EURO")

    assert isinstance(
        refused(lambda: make.make_certificate(house=quay, complaint=complaint)), errors.RateUnknown
    )


@pytest.mark.parametrize("rate", ["166.6667", "33.3333"])
def test_a_rate_that_was_divided_still_makes_a_certificate(quay: House, hotel: Any, rate: str) -> None:
    stay = Stay(
        ref="THIRD",
        property_code="QUAY",
        guest=None,
        arrival_on=None,
        departure_on=None,
        nightly_rate=Decimal(rate),
        currency="GBP",
        status=StayStatus.BOOKED,
    )
    hotel.put(stay)
    complaint = make.make_complaint(house=quay, stay_ref="THIRD")

    certificate = make.make_certificate(house=quay, complaint=complaint, nights=2)

    assert certificate.compensation.face == (Decimal(rate) * 2).quantize(Decimal("0.01"))


# --- the bundle of a playbook --------------------------------------------------------------------


def test_a_second_dinner_asks_for_authority(quay: House, complaint: Complaint) -> None:
    give(quay, complaint, "90", remedy=RemedyKey.DINNER)

    refusal = refused(lambda: give(quay, complaint, "90", remedy=RemedyKey.DINNER))

    assert isinstance(refusal, errors.AboveAuthority)


def test_a_small_second_dinner_is_within_the_desks_own_limit(quay: House, complaint: Complaint) -> None:
    give(quay, complaint, "90", remedy=RemedyKey.DINNER)

    again = give(quay, complaint, "40", remedy=RemedyKey.DINNER)

    assert again.pre_approved_by == ""


def test_dinner_and_a_night_are_given_unasked(quay: House, complaint: Complaint) -> None:
    dinner = give(quay, complaint, "96", remedy=RemedyKey.DINNER)
    certificate = make.make_certificate(house=quay, complaint=complaint, by=quay.by_desk)

    assert {dinner.pre_approved_by, certificate.compensation.pre_approved_by} == {"P01"}


def test_a_dinner_for_a_fortune_is_not_in_the_bundle(quay: House, complaint: Complaint) -> None:
    refusal = refused(lambda: give(quay, complaint, "5000", remedy=RemedyKey.DINNER))

    assert isinstance(refusal, errors.AboveAuthority)


def test_a_fortnight_of_free_nights_is_not_in_the_bundle(quay: House, complaint: Complaint) -> None:
    refusal = refused(
        lambda: make.make_certificate(house=quay, complaint=complaint, by=quay.by_desk, nights=14)
    )

    assert isinstance(refusal, errors.AboveAuthority)


def test_the_bundle_does_not_eat_the_limit(quay: House, complaint: Complaint) -> None:
    give(quay, complaint, "96", remedy=RemedyKey.DINNER)

    assert give(quay, complaint, "84").face == 84


# --- labels, amounts, currencies -----------------------------------------------------------------


@pytest.mark.parametrize("layer", [Layer.MAKE_WHOLE, Layer.OWED])
def test_what_is_lost_or_owed_is_unlimited_but_labelled(quay: House, noise: Complaint, layer: Layer) -> None:
    assert give(quay, noise, "9000", layer=layer, what="The missed flight").face == 9000

    assert isinstance(refused(lambda: give(quay, noise, "1", layer=layer)), errors.LossNotNamed)


def test_goodwill_without_words_takes_those_of_the_catalogue(quay: House, noise: Complaint) -> None:
    assert give(quay, noise, "5").what == "amenity"


@pytest.mark.parametrize(
    ("face", "code"),
    [
        ("0", "bad_amount"),
        ("-1", "bad_amount"),
        ("-0.00", "bad_amount"),
        ("NaN", "bad_amount"),
        ("sNaN", "bad_amount"),
        ("Infinity", "bad_amount"),
        ("0.001", "bad_amount"),
        ("1E-9999", "bad_amount"),
        ("12.345", "bad_amount"),
        ("1000000001", "amount_too_large"),
        ("1E+999999", "amount_too_large"),
        (12.5, "bad_amount"),
        (True, "bad_amount"),
        (None, "bad_amount"),
        ([1], "bad_amount"),
    ],
)
def test_what_is_no_amount_is_refused(quay: House, noise: Complaint, face: object, code: str) -> None:
    refusal = refused(lambda: give(quay, noise, face, by=quay.by_general_manager))

    assert refusal.code == code


def test_a_whole_number_is_an_amount(quay: House, noise: Complaint) -> None:
    assert give(quay, noise, 25).face == 25


@pytest.mark.parametrize("currency", ["EUR", "gbp", "GB", "\ud800", "\u202eGBP\u202e!", "x" * 1_000_000])
def test_another_currency_is_refused(quay: House, noise: Complaint, currency: str) -> None:
    refusal = refused(lambda: give(quay, noise, "5", currency=currency))

    assert isinstance(refusal, errors.CurrencyMismatch)
    refusal.sentence.encode()


@pytest.mark.parametrize("units", [0, -1, 61, True, 1.5, "2", None])
def test_what_is_no_number_of_things_is_refused(quay: House, noise: Complaint, units: Any) -> None:
    assert isinstance(refused(lambda: give(quay, noise, "5", units=units)), errors.BadUnits)


def test_own_cost_is_reckoned_from_the_catalogue(quay: House, noise: Complaint) -> None:
    Remedy.objects.filter(key=RemedyKey.AMENITY).update(own_cost=Decimal("3.333"))

    assert give(quay, noise, "30", units=3).own_cost == Decimal("10.00")


# --- harm ----------------------------------------------------------------------------------------


def test_for_harm_there_is_no_goodwill_before_the_stance(quay: House) -> None:
    harm = make.make_complaint(house=quay, category=Category.SAFETY, stay_ref=make.RETURN)

    refusal = refused(lambda: give(quay, harm, "5", by=quay.by_general_manager))
    care = give(quay, harm, "80", layer=Layer.MAKE_WHOLE, what="The doctor")

    assert isinstance(refusal, errors.NoTariffOnHarm)
    assert care.face == 80


def test_for_harm_no_certificate_slips_in_by_the_letter(quay: House) -> None:
    harm = make.make_complaint(house=quay, category=Category.SAFETY, stay_ref=make.RETURN)

    refusal = refused(lambda: make.make_apology(house=quay, complaint=harm, words=make.REGRET_WORDS))

    assert isinstance(refusal, errors.NoTariffOnHarm)


def test_after_the_general_manager_decided_there_may_be_goodwill(quay: House) -> None:
    harm = make.make_complaint(house=quay, category=Category.SAFETY, stay_ref=make.RETURN)
    actions.set_stance(
        complaint=harm, by=quay.by_general_manager, stance=Stance.REGRET, reason="insurer asked"
    )

    assert give(quay, harm, "5").face == 5


# --- kept and fulfilled --------------------------------------------------------------------------


def test_every_offer_is_kept_with_who_gave_what_when(quay: House, noise: Complaint) -> None:
    for face in ("5", "10", "20"):
        give(quay, noise, face)
        travel.later(minutes=10)

    kept = list(noise.compensations.order_by("pk").values_list("face", "granted_by", "granted_at"))
    assert [(face, by) for face, by, _ in kept] == [(5, "Asha Patel"), (10, "Asha Patel"), (20, "Asha Patel")]
    assert [at for _, _, at in kept] == sorted({at for _, _, at in kept})
    assert noise.timeline.filter(kind="compensation.granted").count() == 3


def test_a_gift_is_fulfilled_once_and_with_proof(quay: House, noise: Complaint) -> None:
    gift = give(quay, noise, "5")
    assert isinstance(
        refused(lambda: actions.fulfil_compensation(compensation=gift, by=quay.by_desk, proof=" ")),
        errors.ProofMissing,
    )

    done = actions.fulfil_compensation(compensation=gift, by=quay.by_desk, proof="folio 4711")

    assert (done.state, done.proof, done.fulfilled_by) == (
        CompensationState.FULFILLED,
        "folio 4711",
        "Asha Patel",
    )
    again = refused(lambda: actions.fulfil_compensation(compensation=gift, by=quay.by_desk, proof="x"))
    assert isinstance(again, errors.AlreadyFulfilled)


def test_a_missing_line_of_the_catalogue_is_made_on_the_spot(quay: House, noise: Complaint) -> None:
    Remedy.objects.all().delete()

    assert give(quay, noise, "5").remedy.key == RemedyKey.AMENITY
