"""L10 to L12, L15: what no mail may contain, held against every text in every language."""

from __future__ import annotations

import re

import pytest

from recovery.choices import LetterKind, MailMode
from recovery.letters import render
from recovery.rules.mail_contract import CONTRACT

from . import samples

each_text = pytest.mark.parametrize(
    ("kind", "language"), [(kind, language) for kind in LetterKind for language in samples.LANGUAGES]
)
#: Selling, review hunting, hurry, blame, and phrases that say nothing.
NEVER = re.compile(
    r"review|tripadvisor|discount|offer expires|hurry|only today|action required|no-?reply|click here|"
    r"policy|unfortunately|inconvenience|any issues|if you feel|our records|case (number|closed)|escalat|"
    r"anmeldelse|rabat|skynd|kun i dag|klik her|desværre|ulejlighed|hvis du føler|sagsnummer",
    re.IGNORECASE,
)


@each_text
def test_no_text_sells_hurries_blames_or_asks_for_a_review(kind: LetterKind, language: str) -> None:
    text = render(samples.facts(kind, language)).text

    assert NEVER.findall(text) == []


@each_text
def test_a_mail_has_at_most_one_link_beside_the_one_that_stops_it(kind: LetterKind, language: str) -> None:
    rendered = render(samples.facts(kind, language))
    links = [line.link for block in rendered.blocks for line in block.lines if line.link]

    assert len([link for link in links if "stop_link" not in link]) <= 1


@each_text
def test_only_what_goes_by_itself_can_be_stopped_by_the_guest(kind: LetterKind, language: str) -> None:
    rendered = render(samples.facts(kind, language))

    assert ("stop_link" in rendered.slots) is (CONTRACT[kind].mode is MailMode.AUTO)


@each_text
def test_every_subject_is_the_same_and_tells_nothing(kind: LetterKind, language: str) -> None:
    subject = render(samples.facts(kind, language)).subject

    assert subject in (
        "Your stay at The Harbour House – from Eleanor",
        "Dit ophold på Hotel Skovly – fra Ingrid",
        "Ihr Aufenthalt bei uns – von Anna Berger, Hotel Seeblick",
        "Votre séjour chez nous – Élodie Arnaud, Hôtel Bellevue",
        "Su estancia en Hotel Miramar – Lucía Ibáñez",
    )


_SAID = {
    "en": ("simply answer this mail", "never ask for card or bank"),
    "da": ("bare svare på denne mail", "aldrig om kort- eller bank"),
    "de": ("einfach auf diese E-Mail antworten", "Nach Karten- oder Bankdaten fragen wir nie"),
    "fr": ("simplement répondre à ce message", "jamais de coordonnées bancaires"),
    "es": ("responder a este", "Nunca pedimos datos"),
}


@each_text
def test_every_mail_can_be_answered_and_says_so(kind: LetterKind, language: str) -> None:
    text = " ".join(render(samples.facts(kind, language)).text.split())

    answer, ask = _SAID[language]
    assert answer in text
    assert ask in text
