from __future__ import annotations

import dataclasses
import io
import itertools
import shutil
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from django.test import override_settings
from pypdf import PdfReader

from recovery.choices import LetterKind, Stance
from recovery.errors import BadLogo, GlyphMissing, LetterFailed, PdfNotInstalled
from recovery.letters import LetterFacts, render, sample_secrets
from recovery.letters.formatting import typeset
from recovery.letters.pdf import certificate_pdf, is_pdf_available, letter_pdf, walk_card_pdf

from . import samples

pytest.importorskip("typst", reason="the extra [pdf] is not installed")

CODE = samples.SECRETS["certificate_code"]
each_language = pytest.mark.parametrize("language", samples.LANGUAGES)
_ON_A_CERTIFICATE = {
    "en": ("Wednesday 18 July 2029", "One night", "for Maria Lindqvist"),
    "da": ("onsdag den 18. juli 2029", "To overnatninger", "til Søren Ågård"),
    "de": ("Mittwoch, 18. Juli 2029", "Zwei Nächte", "für Jürgen Weiß"),
    "fr": ("mercredi 1er août 2029", "Une nuit", "pour Anne-Sophie Lefèvre"),
    "es": ("miércoles 18 de julio de 2029", "Dos noches", "para Begoña Núñez Ortiz"),
}
_ONLY_IN_THE_MAIL = {
    "en": "answer this mail",
    "da": "svare på denne mail",
    "de": "auf diese E-Mail antworten",
    "fr": "répondre à ce message",
    "es": "responder a este correo",
}


def letter(facts: LetterFacts, **extra: bytes) -> bytes:
    return letter_pdf(facts, render(facts), samples.SECRETS, **extra)


def texts(pdf: bytes) -> list[str]:
    """The words of each page, with plain spaces."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def png(width: int = 8, height: int = 4) -> bytes:
    """A small grey picture."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@each_language
def test_the_apology_is_a_page_and_its_certificate_another(language: str) -> None:
    facts = samples.facts(LetterKind.APOLOGY, language)

    page, certificate = texts(letter(facts))

    assert typeset(facts.own_sentence) in page
    assert facts.signatory.name in page
    assert facts.reference in page
    assert CODE not in page
    assert CODE in certificate
    assert "Promotional" in certificate
    for needed in _ON_A_CERTIFICATE[language]:
        assert needed in certificate
    assert "None" not in page + certificate


@each_language
def test_an_apology_without_a_certificate_is_one_page(language: str) -> None:
    pages = texts(letter(samples.facts(LetterKind.APOLOGY, language, stance=Stance.REGRET)))

    assert len(pages) == 1
    assert _ONLY_IN_THE_MAIL[language] not in pages[0]


@each_language
def test_the_certificate_never_shows_its_link_in_words(language: str) -> None:
    (page,) = texts(certificate_pdf(samples.facts(LetterKind.CERTIFICATE, language), samples.SECRETS))

    assert CODE in page
    assert "care.example.com" not in page


@each_language
def test_the_walk_card_is_one_page_without_a_secret(language: str) -> None:
    facts = samples.facts(LetterKind.WALK_CARD, language)
    walk = facts.walk
    assert walk is not None

    (page,) = texts(walk_card_pdf(facts, render(facts)))

    for needed in (walk.hotel, walk.address, walk.phone, walk.confirmation, walk.manager_phone, *walk.paid):
        assert " ".join(typeset(needed).split()) in page


def test_the_same_input_gives_the_same_bytes() -> None:
    facts = samples.facts(LetterKind.APOLOGY, "da")

    assert letter(facts) == letter(facts)
    assert letter(facts) != letter(samples.facts(LetterKind.APOLOGY, "da", own_sentence="Noget andet."))


def test_the_document_is_tagged_and_dated_by_the_letter() -> None:
    facts = samples.facts(LetterKind.APOLOGY, "da")
    pdf = letter(facts)
    reader = PdfReader(io.BytesIO(pdf))

    assert b"pdfuaid:part" in pdf
    assert reader.trailer["/Root"]["/Lang"] == "da"
    assert reader.metadata is not None
    assert reader.metadata.title == "Dit ophold på Hotel Skovly – fra Ingrid"
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.date() == facts.written_on


@pytest.mark.parametrize(
    ("paper", "size"), [("a4", (595, 842)), ("letter", (612, 792)), ("napkin", (595, 842))]
)
def test_paper_is_the_houses_own(paper: str, size: tuple[int, int]) -> None:
    facts = samples.facts(LetterKind.APOLOGY, "en")
    facts = dataclasses.replace(facts, house=dataclasses.replace(facts.house, paper=paper))

    for page in PdfReader(io.BytesIO(letter(facts))).pages:
        assert (round(page.mediabox.width), round(page.mediabox.height)) == size


@pytest.mark.parametrize(
    "name",
    ['#image("/etc/passwd")', "#panic(1)", "*bold* _x_ $x$ @ref <l>", "\\u{1F600}", "</svg><b>", "{x}"],
)
def test_a_name_is_never_markup(name: str) -> None:
    facts = samples.facts(LetterKind.APOLOGY, "en", guest_name=name)

    (page, _certificate) = texts(letter(facts))

    assert f"Dear {name}," in page


def test_greek_and_cyrillic_names_can_be_printed() -> None:
    facts = samples.facts(LetterKind.APOLOGY, "en", guest_name="Ελένη Иванова Łukasz")

    assert "Dear Ελένη Иванова Łukasz," in texts(letter(facts))[0]


def test_a_letter_that_no_font_can_print_is_refused_with_the_character() -> None:
    facts = samples.facts(
        LetterKind.APOLOGY, "en", guest_name="Anna \u0378"
    )  # a place that Unicode left empty

    with pytest.raises(GlyphMissing) as refusal:
        letter(facts)

    assert "378" in refusal.value.params["text"]


def test_extra_font_folders_are_looked_into(tmp_path: Path) -> None:
    with override_settings(RECOVERY={"PDF_FONT_DIRS": (str(tmp_path),)}):
        assert len(texts(letter(samples.facts(LetterKind.APOLOGY, "en")))) == 2


def test_a_preview_can_be_printed() -> None:
    facts = samples.facts(LetterKind.APOLOGY, "en")

    pages = texts(letter_pdf(facts, render(facts), sample_secrets("en")))

    assert "XXXX-XXXX-XXXX" in pages[1]


def test_a_missing_secret_holds_the_paper_too() -> None:
    with pytest.raises(LetterFailed, match="certificate_code"):
        certificate_pdf(samples.facts(LetterKind.CERTIFICATE, "en"), {})


def test_facts_without_a_certificate_have_no_certificate_page() -> None:
    with pytest.raises(LetterFailed, match="no certificate"):
        certificate_pdf(samples.facts(LetterKind.RECEIPT, "en"), samples.SECRETS)


def test_a_logo_stands_on_the_letterhead() -> None:
    facts = samples.facts(LetterKind.APOLOGY, "en")

    assert len(PdfReader(io.BytesIO(letter(facts, logo=png()))).pages[0].images) == 1


@pytest.mark.parametrize("logo", [b"", b"GIF89a", b"<svg/>", png()[:-12], png() + b"<script>"])
def test_a_logo_that_is_no_picture_is_refused(logo: bytes) -> None:
    with pytest.raises(BadLogo):
        letter(samples.facts(LetterKind.APOLOGY, "en"), logo=logo)


def test_a_template_that_would_reach_for_the_network_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "recovery" / "pdf" / "certificate.typ"
    path.parent.mkdir(parents=True)
    path.write_text('#import "@preview/tiaoma:0.3.0"\n', encoding="utf-8")
    own = Path(__file__).resolve().parents[2] / "recovery" / "templates"
    templates = [
        {"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [str(tmp_path), str(own)]}
    ]

    with override_settings(TEMPLATES=templates), pytest.raises(LetterFailed, match="imports a package"):
        letter(samples.facts(LetterKind.APOLOGY, "en"))


def test_without_the_extra_the_refusal_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)

    assert not is_pdf_available()
    with pytest.raises(PdfNotInstalled, match="pip install"):
        letter(samples.facts(LetterKind.APOLOGY, "en"))


def test_the_extra_is_seen() -> None:
    assert is_pdf_available()


@pytest.mark.skipif(
    not (shutil.which("pdftoppm") and shutil.which("zbarimg")),
    reason="needs pdftoppm and zbarimg to look at the page",
)
def test_a_telephone_reads_the_qr_code_from_a_grey_print(tmp_path: Path) -> None:
    (tmp_path / "c.pdf").write_bytes(
        certificate_pdf(samples.facts(LetterKind.CERTIFICATE, "da"), samples.SECRETS)
    )

    subprocess.run(["pdftoppm", "-r", "100", "-gray", "-png", "c.pdf", "page"], cwd=tmp_path, check=True)
    picture = next(tmp_path.glob("page*.png")).name
    seen = subprocess.run(
        ["zbarimg", "-q", "--nodbus", "--raw", picture],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    )

    assert seen.stdout.strip() == samples.SECRETS["certificate_link"]


@each_language
def test_a_printed_line_has_62_to_72_characters(language: str) -> None:
    lines = []
    for stance in Stance:
        facts = samples.facts(LetterKind.APOLOGY, language, stance=stance)
        page = PdfReader(io.BytesIO(letter(facts))).pages[0].extract_text().splitlines()
        # A line that a small letter follows was full; names and addresses are short and no lines of it.
        full = (one.strip() for one, after in itertools.pairwise(page) if after[:1].islower())
        lines += [len(one) for one in full if len(one) > 45]

    assert len(lines) >= 4
    assert 62 <= sum(lines) / len(lines) <= 72
