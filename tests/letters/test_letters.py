from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.test import override_settings
from django.utils import translation

from recovery.choices import LetterKind, Stance
from recovery.errors import LetterFailed
from recovery.letters import render

from . import samples

EVERY = [(kind, language) for kind in LetterKind for language in samples.LANGUAGES]
#: That an answer is enough, and what we never ask for.
_HOW_TO_ANSWER = {
    "en": ("You can simply answer this mail", "We never ask for card or bank details"),
    "da": ("Du kan bare svare på denne mail", "Vi beder aldrig om kort- eller bankoplysninger"),
    "de": ("Sie können einfach auf diese E-Mail antworten", "Nach Karten- oder Bankdaten fragen wir nie"),
    "fr": ("Vous pouvez simplement répondre à ce message", "ne demandons jamais de coordonnées bancaires"),
    "es": ("Puede simplemente responder a este correo", "Nunca pedimos datos bancarios ni de tarjetas"),
}
each_letter = pytest.mark.parametrize(("kind", "language"), EVERY)


class Page(HTMLParser):
    """Tags, in order and in balance."""

    VOID = frozenset({"meta", "br", "img"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@each_letter
def test_the_same_facts_give_the_same_bytes(kind: LetterKind, language: str) -> None:
    facts = samples.facts(kind, language)

    with (
        translation.override("de"),
        override_settings(USE_I18N=False, USE_THOUSAND_SEPARATOR=True, TIME_ZONE="Asia/Tokyo", DEBUG=True),
    ):
        elsewhere = render(facts)

    assert render(facts) == elsewhere
    assert len(elsewhere.body_hash) == 64


@each_letter
def test_the_subject_names_house_and_person_and_nothing_else(kind: LetterKind, language: str) -> None:
    facts = samples.facts(kind, language)

    expected = {
        "en": f"Your stay at {facts.house.name} – from {facts.signatory.first_name}",
        "da": f"Dit ophold på {facts.house.name} – fra {facts.signatory.first_name}",
        # Not by the first name, with Sie, vous and usted; no "im" and no "à", which not every name takes.
        "de": f"Ihr Aufenthalt bei uns – von {facts.signatory.name}, {facts.house.name}",
        "fr": f"Votre séjour chez nous – {facts.signatory.name}, {facts.house.name}",
        "es": f"Su estancia en {facts.house.name} – {facts.signatory.name}",
    }
    assert render(facts).subject == expected[language]


@each_letter
def test_every_letter_says_who_writes_and_how_to_answer(kind: LetterKind, language: str) -> None:
    facts = samples.facts(kind, language)
    rendered = render(facts)
    text = " ".join(rendered.text.split())

    greeting = facts.guest_first_name if language == "da" else facts.guest_name
    for needed in (
        greeting,
        facts.signatory.name,
        facts.house.phone,
        facts.house.email,
        *facts.house.address,
        *_HOW_TO_ANSWER[language],
    ):
        assert needed in text
        assert needed in " ".join(rendered.html.replace("\u00a0", " ").split())
    assert text.endswith(facts.reference)


@each_letter
def test_the_plain_text_can_be_read_alone(kind: LetterKind, language: str) -> None:
    rendered = render(samples.facts(kind, language))

    assert "<" not in rendered.text
    assert "None" not in rendered.text
    assert not re.search(r"[{}]", rendered.text)
    for line in rendered.text.splitlines():
        assert len(line) <= 78 or line.startswith("https://")
        assert line == line.rstrip()


@each_letter
def test_the_page_survives_mail_programs(kind: LetterKind, language: str) -> None:
    html = render(samples.facts(kind, language)).html
    page = Page(html)

    tags = dict(page.tags)
    assert tags["html"]["lang"] == language
    assert tags["html"]["dir"] == "ltr"
    assert all(attrs["role"] == "presentation" for tag, attrs in page.tags if tag == "table")
    assert not {"img", "script", "link", "iframe", "form"} & {tag for tag, _attrs in page.tags}
    assert 'name="color-scheme" content="light dark"' in html
    assert not re.search(r"var\(|display:\s*(flex|grid)|url\(|#fff\b|#ffffff|#000\b|#000000", html)
    # 1 px is the empty cell that draws a rule.
    assert all(int(size) >= 16 for size in re.findall(r"font-size:(\d+)px", html) if size != "1")
    assert all(int(width) <= 600 for width in re.findall(r"max-width:(\d+)px;", html))
    assert len(html.encode()) < 100_000  # Gmail cuts longer mails off


@each_letter
def test_there_is_at_most_one_link_to_act_on(kind: LetterKind, language: str) -> None:
    facts = samples.facts(kind, language)
    links = [attrs["href"] for tag, attrs in Page(render(facts).html).tags if tag == "a"]

    acting = [href for href in links if href and "stop_link" not in href]
    assert len(acting) <= 1
    assert len(links) - len(acting) == (1 if facts.automatic else 0)


@each_letter
def test_nothing_is_taken_back_or_kept_vague(kind: LetterKind, language: str) -> None:
    words = {
        "en": r"\b(but|however|inconvenience|unfortunately|as soon as possible|shortly|policy)\b",
        "da": r"\b(men|dog|desværre|ulejlighed\w*|hurtigst muligt|snarest|beklager)\b",
        "de": r"\b(aber|jedoch|leider|unannehmlichkeit\w*|schnellstmöglich|falls|bedauerlich\w*)\b",
        "fr": r"\b(mais|cependant|toutefois|malheureusement|désagrément\w*|dès que possible|délais?)\b",
        "es": r"\b(pero|sin embargo|lamentablemente|molestias?|lo antes posible|en breve|inconvenientes?)\b",
    }

    for stance in Stance:
        text = render(samples.facts(kind, language, stance=stance)).text
        assert not re.search(words[language], text, re.IGNORECASE)


@each_letter
def test_a_letter_without_the_guests_name_is_held(kind: LetterKind, language: str) -> None:
    with pytest.raises(LetterFailed, match=r"guest_.*name is missing"):
        render(samples.facts(kind, language, guest_name="", guest_first_name=""))
