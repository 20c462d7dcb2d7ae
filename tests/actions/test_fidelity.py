"""A hundred letters over made-up complaints: every word is ours, or stands in the record."""

from __future__ import annotations

import datetime as dt
import random
import re
import unicodedata
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import recovery
from recovery import actions
from recovery.actions import GuestInput, LetterWords, letter_starters
from recovery.choices import Category, Channel, Layer, LetterKind, RemedyKey
from recovery.letters.dates import long_date, moment_text
from recovery.letters.starters import Way
from recovery.models import Brand, Complaint, Letter, Party
from recovery.rules import claims, money
from tests import factories as make
from tests.actions import travel
from tests.factories import House

pytestmark = pytest.mark.django_db

LETTERS = 100
LANGUAGES = ("en", "da", "de", "fr", "es")
FIRST = ("Ada", "Bror", "Celia", "Dorte", "Emil", "Frida", "Gustav", "Hélène", "Íñigo", "Jürgen")
LAST = ("Zwicky", "Østergaard", "Quispe", "Vandervelde", "Blixen-Finecke", "O'Malley", "Ångström", "Laxness")
SAID = {
    "en": ("Your shower ran cold on both mornings.", "You waited an hour for the key to your room."),
    "da": ("Dit bad var koldt begge morgener.", "Du ventede en time på nøglen til dit værelse."),
    "de": ("Ihre Dusche war an beiden Tagen kalt.", "Sie haben eine Stunde auf Ihr Zimmer gewartet."),
    "fr": ("Votre douche est restée froide deux matins.", "Vous avez attendu une heure votre chambre."),
    "es": ("Su ducha estuvo fría las dos mañanas.", "Usted esperó una hora su habitación."),
}
DONE = {
    "en": "You have another room with warm water.",
    "da": "Du har fået et andet værelse med varmt vand.",
    "de": "Sie haben ein anderes Zimmer mit warmem Wasser.",
    "fr": "Vous avez une autre chambre avec de l'eau chaude.",
    "es": "Usted tiene otra habitación con agua caliente.",
}
CHANGED = {
    "en": "From today the engineer tests the water on every floor before breakfast.",
    "da": "Fra i dag prøver teknikeren vandet på hver etage før morgenmaden.",
    "de": "Ab heute prüft der Techniker vor dem Frühstück das Wasser auf jeder Etage.",
    "fr": "Dès aujourd'hui, le technicien vérifie l'eau à chaque étage avant le petit déjeuner.",
    "es": "Desde hoy el técnico comprueba el agua en cada planta antes del desayuno.",
}
OWN = {
    "en": "Neither a cold shower nor an hour without your key is what you came for.",
    "da": "Hverken et koldt bad eller en time uden nøglen er det, du kom for.",
    "de": "Weder eine kalte Dusche noch eine Stunde ohne Zimmer ist, wofür Sie kamen.",
    "fr": "Vous n'êtes venu ni pour une douche froide ni pour attendre une chambre.",
    "es": "Usted no vino por una ducha fría ni para esperar una habitación.",
}
CATEGORIES = (Category.BROKEN_ROOM, Category.NOT_AS_BOOKED, Category.SLOW_SERVICE, Category.DIRTY_ROOM)


@pytest.fixture
def spoken(settings: object) -> None:
    settings.RECOVERY = {**settings.RECOVERY, "LANGUAGES": LANGUAGES}  # type: ignore[attr-defined]


def made_up(house: House, chance: random.Random, language: str) -> Complaint:
    """A complaint with a name, words, amounts and hours that nobody chose."""
    complaint = make.make_complaint(
        house=house,
        stay_ref="",
        property_code=house.code,
        category=chance.choice(CATEGORIES),
        channel=chance.choice((Channel.PHONE, Channel.IN_PERSON)),
        guest=GuestInput(
            name=f"{chance.choice(FIRST)} {chance.choice(LAST)}",
            email=f"guest{chance.randrange(10**9)}@guest.example",
            email_read_back=True,
            language=language,
        ),
    )
    actions.confirm_restatement(
        complaint=complaint,
        by=house.by_desk,
        restatement=chance.choice(SAID[language]),
        confirmation="yes",  # type: ignore[arg-type]
    )
    actions.set_stance(
        complaint=complaint, by=house.by_manager, stance="responsibility", reason="it was ours"
    )  # type: ignore[arg-type]
    if chance.random() < 0.7:
        make.make_compensation(
            house=house,
            complaint=complaint,
            remedy=RemedyKey.REFUND,
            layer=Layer.OWED,
            what="Refund",
            face=Decimal(chance.randrange(500, 30_000)) / 100,
        )
    if chance.random() < 0.6:
        due = travel.now() + dt.timedelta(minutes=chance.randrange(60, 3_000))
        task = actions.add_task(
            complaint=complaint,
            by=house.by_desk,
            title="Look",
            due_at=due,
            assignee=house.desk,
            told_guest=True,
        )
        actions.accept_task(task=task, by=house.by_desk)
    return complaint


def letter_of(house: House, complaint: Complaint, language: str) -> Letter:
    """What the app proposes, with what only a person knows, sent by a second one."""
    party = complaint.parties.get()
    begun = letter_starters.starter_for(
        complaint=complaint, party=party, signatory=house.general_manager, way=Way.MAIL, now=travel.now()
    )
    words = LetterWords(
        wrong=begun.wrong,
        impact=begun.impact,
        repairs=(*begun.repairs, DONE[language]),
        changes=CHANGED[language],
        own_sentence=OWN[language],
    )
    letter = actions.draft_letter(
        complaint=complaint,
        by=house.by_desk,
        kind=LetterKind.APOLOGY,
        words=words,
        signatory=house.general_manager,
    )
    return actions.release_letter(letter=letter, by=house.by_general_manager)


def tokens(text: str) -> set[str]:
    plain = unicodedata.normalize("NFC", text).replace("\u00ad", "")
    return set(re.findall(r"\w+", plain))


def ours(language: str) -> set[str]:
    """Every word of the files that the app ships in this language."""
    found: set[str] = set()
    for file in Path(recovery.__file__).parent.rglob(f"{language}/*.txt"):
        found |= tokens(file.read_text(encoding="utf-8"))
    return found


def recorded(house: House, complaint: Complaint, party: Party, letter: Letter) -> set[str]:
    """Every word that a row of this complaint, its guest, its people or its house holds."""
    language, zone = letter.language, ZoneInfo(house.profile.time_zone)
    brand = Brand.objects.get(property_code=house.code)
    texts: list[object] = [party.name, party.email, complaint.reference, complaint.restatement]
    texts += [brand.name, brand.address, brand.phone, brand.legal_line, brand.sender_email]
    for person in (house.desk, house.manager, house.general_manager):
        texts += [person.name, person.phone, person.name_for_guests]
    texts.append(long_date(letter.released_at.astimezone(zone).date(), language))
    for task in complaint.tasks.all():
        texts.append(moment_text(task.due_at.astimezone(zone), language))
    for row in complaint.compensations.all():
        texts.append(money.format_amount(row.face, row.currency, language))
    texts.append(letter.facts["signatory"]["title"])
    return tokens(" ".join(map(str, texts)))


def test_every_word_of_a_hundred_letters_is_ours_or_the_records(quay: House, spoken: None) -> None:
    chance = random.Random(20260711)
    told = {each: ours(each) | tokens(f"{DONE[each]} {CHANGED[each]} {OWN[each]}") for each in LANGUAGES}
    figures = hours = 0
    for number in range(LETTERS):
        language = LANGUAGES[number % len(LANGUAGES)]
        complaint = made_up(quay, chance, language)
        letter = letter_of(quay, complaint, language)
        party = complaint.parties.get()

        untraceable = tokens(letter.text) - told[language] - recorded(quay, complaint, party, letter)

        assert untraceable == set(), (number, language, letter.text)
        faces = {row.face for row in complaint.compensations.all()}
        for figure in claims.figures_in(letter.text):
            assert figure.value in faces, (number, figure.words)
            figures += 1
        zone = ZoneInfo(quay.profile.time_zone)
        due = {f"{task.due_at.astimezone(zone):%H:%M}" for task in complaint.tasks.all()}
        for time in claims.times_in(letter.text.replace(complaint.reference, "")):
            assert f"{time.at:%H:%M}" in due, (number, time.words)
            hours += 1
        assert any(word in letter.text for word in party.name.split())
    assert figures > LETTERS // 3, "there was something to trace"
    assert hours > LETTERS // 4
