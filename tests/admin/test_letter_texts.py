"""Guest texts in the admin: whose words hold, each mistake with its line, the letter beside its text."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from recovery import actions
from recovery.actions import Actor
from recovery.choices import Channel, LetterKind, Role
from recovery.letters.wording import starting_words
from recovery.models import Letter, LetterText
from tests import factories

from .pages import LIST, text_of

TEXTS = "/admin/recovery/lettertext/"
PAGE = f"{TEXTS}receipt/en/"
OURS = "Thank you for telling us.\n\n[if"


def words(new: str = "Thank you, from all of us.") -> str:
    return starting_words(LetterKind.RECEIPT, "en").replace(OURS, f"{new}\n\n[if")


def save(house: factories.House, by: Actor | None = None, *, code: str = "QUAY", new: str = "") -> LetterText:
    return actions.word_letter_text(
        by=by or house.by_general_manager,
        kind=LetterKind.RECEIPT,
        language="en",
        property_code=code,
        words=words(new) if new else words(),
    )


def post(client: Client, url: str = PAGE, *, button: str = "save", **given: Any) -> Any:
    typed = {"words": words(), "seen_version": 0, "request_key": uuid.uuid4(), "much": "full"} | given
    return client.post(url, {**typed, button: "1"})


def page_of(client: Client, url: str = PAGE) -> str:
    return text_of(client, url)


@pytest.fixture
def ida(quay: factories.House, sign_in: Callable[..., Client]) -> Client:
    """Who works for every house."""
    person = factories.make_staff(name="Ida Holm", roles=(Role.GENERAL_MANAGER,), houses=())
    return sign_in(person, houses=None, username="ida")


def test_the_queue_leads_to_the_texts_of_the_house(quay: factories.House, helen: Client) -> None:
    assert TEXTS in page_of(helen, LIST)

    page = page_of(helen, TEXTS)

    assert page.count("as shipped") >= 2 * len(LetterKind)
    assert f'href="{TEXTS}apology_letter/da/?house=QUAY"' in page


def test_the_list_says_whose_words_hold_and_what_is_locked_or_broken(
    quay: factories.House, helen: Client, ida: Client
) -> None:
    row = save(quay)
    assert "this house's own, version 1, by Helen Marsh" in page_of(helen, TEXTS).replace("&#x27;", "'")

    LetterText.objects.filter(pk=row.pk).update(text="broken {")
    assert "own words cannot be used" in page_of(helen, TEXTS)

    post(ida, f"{PAGE}?house=every")
    ida.post(f"{PAGE}?house=every", {"lock": "1", "other_key": "k"})
    page = page_of(helen, TEXTS)
    assert "locked by the group" in page and "the group" in page
    assert "own words cannot be used" not in page


def test_letter_and_text_stand_side_by_side_before_anything_is_saved(
    quay: factories.House, helen: Client
) -> None:
    page = page_of(helen)
    assert f'src="{PAGE}frame/?house=QUAY"' in page and 'formtarget="rcv-letter"' in page
    assert "Thank you for telling us." in text_of(helen, f"{PAGE}frame/?house=QUAY")

    answer = post(helen, button="_preview", words=words("Thank you ever so much."))

    assert LetterText.objects.count() == 0
    assert "sandbox" in answer["Content-Security-Policy"]
    letter, text = answer.content.decode().split("<pre", 1)
    assert "Thank you ever so much." in letter and "Thank you ever so much." in text
    assert 'srcdoc="&lt;!doctype html' in letter
    assert "Quayside" in text, "the letterhead is that of the house"
    assert "{" not in text


def test_only_checked_words_are_not_saved_and_differ_from_ours(quay: factories.House, helen: Client) -> None:
    page = post(helen, button="look", words=words("Thank you ever so much.")).content.decode()

    assert LetterText.objects.count() == 0
    assert "No known problem was found. It is not saved yet." in page
    assert "<ins>+ Thank you ever so much.</ins>" in page


def test_an_apology_is_shown_in_the_stance_and_fullness_that_one_chooses(
    quay: factories.House, helen: Client
) -> None:
    url = f"{TEXTS}apology_letter/en/"
    text = starting_words(LetterKind.APOLOGY, "en")

    def shown(**given: str) -> str:
        page = post(helen, url, button="_preview", words=text, **given).content.decode()
        return page.partition("<pre")[2]

    ours, regret = shown(stance="responsibility"), shown(stance="regret")
    least = shown(stance="responsibility", much="least")

    assert "The mistake is ours" in ours and "Certificate for" in ours
    assert "The mistake is ours" not in regret and "I am very sorry" in regret
    assert "The mistake is ours" in least and "Certificate for" not in least


def test_of_words_that_make_no_letter_the_frame_says_why(quay: factories.House, helen: Client) -> None:
    page = post(helen, button="_preview", words=words("{guest_nam}")).content.decode()

    assert "Did you mean {guest_name}?" in page
    assert "srcdoc" not in page


def test_each_mistake_is_named_with_its_line_and_nothing_is_saved(
    quay: factories.House, helen: Client
) -> None:
    wrong = words("Thank you {guest_nam}, for 20 EUR, {guest_name.__class__}.")

    page = post(helen, words=wrong).content.decode()

    line = wrong[: wrong.index("{guest_nam}")].count("\n") + 1
    assert LetterText.objects.count() == 0
    assert f"<strong>Line {line}</strong>" in page
    assert "is not a placeholder" in page
    assert "Thank you {guest_nam}" in page, "what was typed is still there"


def test_a_script_stays_words(quay: factories.House, helen: Client) -> None:
    typed = words("<script>alert(1)</script>")
    assert "<script>alert(1)" not in post(helen, button="look", words=typed).content.decode()

    page = post(helen, button="_preview", words=typed).content.decode()

    assert "<script>alert(1)" not in page
    assert "&amp;lt;script&amp;gt;alert(1)" in page  # escaped in the letter, and the letter in its frame


def test_what_is_saved_holds_at_once_and_a_letter_says_so(quay: factories.House, helen: Client) -> None:
    answer = post(helen)

    row = LetterText.objects.get()
    assert answer.status_code == 302 and answer["Location"] == f"{PAGE}?house=QUAY"
    assert (row.property_code, row.version, row.edited_by) == ("QUAY", 1, "Helen Marsh")
    complaint = factories.make_complaint(house=quay, channel=Channel.EMAIL)
    letter = Letter.objects.get(complaint=complaint, kind=LetterKind.RECEIPT)
    shown = page_of(helen, f"{LIST}{complaint.pk}/letter/{letter.pk}/").replace("&#x27;", "'")
    assert "this house's own, version 1, by Helen Marsh" in shown
    assert "<td>1</td>" in page_of(helen)


def test_two_tabs_do_not_overwrite_each_other(quay: factories.House, helen: Client) -> None:
    post(helen)

    page = post(helen, words=words("The other tab.")).content.decode()

    assert "was changed meanwhile" in page
    assert LetterText.objects.get().version == 1


def test_taken_out_of_force_ours_hold_again(quay: factories.House, helen: Client) -> None:
    post(helen)

    helen.post(f"{PAGE}?house=QUAY", {"withdraw": "1", "other_key": "k"})

    assert not LetterText.objects.get().is_active
    assert "Nothing: these are the shipped words." in page_of(helen)


def test_only_the_group_locks_and_then_a_house_only_reads(
    quay: factories.House, helen: Client, ida: Client
) -> None:
    post(ida, f"{PAGE}?house=every", words=words("The group says so."))
    assert 'name="lock"' in page_of(ida, f"{PAGE}?house=every")
    assert 'name="lock"' not in page_of(helen)
    assert helen.get(f"{PAGE}?house=every").status_code == 404

    ida.post(f"{PAGE}?house=every", {"lock": "1", "other_key": "k"})

    page = page_of(helen)
    assert "The group has locked this text: Ida Holm." in page
    assert 'name="save"' not in page and "The group says so." in page
    assert "has locked this text" in post(helen).content.decode()
    assert LetterText.objects.count() == 1
    ida.post(f"{PAGE}?house=every", {"unlock": "1", "other_key": "l"})
    assert 'name="save"' in page_of(helen)


def test_who_may_not_change_it_reads_it(quay: factories.House, asha: Client) -> None:
    page = page_of(asha)

    assert 'name="save"' not in page and "Thank you for telling us." in page
    assert post(asha).status_code == 403
    assert LetterText.objects.count() == 0


def test_who_may_not_look_sees_nothing(quay: factories.House, sign_in: Callable[..., Client]) -> None:
    client = sign_in(quay.desk, looks=("view_complaint",), username="nobody")

    assert client.get(TEXTS).status_code == client.get(PAGE).status_code == 403
    assert TEXTS not in page_of(client, LIST)


@pytest.mark.parametrize("path", ["brochure/en/", "receipt/nb/", "receipt/fr/", "receipt/en/?house=STRAND"])
def test_what_there_is_not_is_not_found(
    quay: factories.House, strand: factories.House, helen: Client, path: str
) -> None:
    assert helen.get(TEXTS + path).status_code == 404


def test_broken_and_outdated_words_say_so_on_their_page(quay: factories.House, helen: Client) -> None:
    row = save(quay)
    LetterText.objects.filter(pk=row.pk).update(shipped_digest="0")
    assert "Our own words have changed since" in page_of(helen)

    LetterText.objects.filter(pk=row.pk).update(text="broken {")

    assert "cannot be used as they are" in page_of(helen)
