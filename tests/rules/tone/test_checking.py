from __future__ import annotations

import time

import pytest

from recovery.choices import ToneCode, ToneSeverity
from recovery.rules.tone import LANGUAGES, Additions, check_text, components, is_checked


def codes(text, language="en", **kwargs):
    return {finding.code for finding in check_text(text, language=language, **kwargs)}


class TestAFinding:
    def test_says_where_the_words_are_and_why_they_hurt(self):
        text = "Dear Ms Ito,\n\nYour room was cold. We apologise if it disturbed you. Yours, Helen"
        (finding,) = check_text(text, language="en")

        assert finding.code == ToneCode.COND_APOLOGY
        assert finding.severity == ToneSeverity.BLOCK
        assert text[finding.start : finding.end] == finding.words == "apologise if"
        assert finding.why and finding.better

    def test_is_explained_in_the_language_of_whoever_writes(self):
        english, danish = (
            check_text("Undskyld, hvis det lød hårdt.", language="da", told_in=told)[0]
            for told in ("en", "da")
        )

        assert english.why.startswith("“If”")
        assert danish.why.startswith("“Hvis”")
        assert english.better != danish.better

    def test_keeps_its_place_behind_characters_that_nobody_sees(self):
        text = "\u00ad“Noise all night” – that is what you wrote.\u00a0We’re sorry\u200b if it woke you."
        (finding,) = check_text(text, language="en")

        assert text[finding.start : finding.end] == finding.words
        assert finding.words.startswith("sorry")
        assert finding.words.endswith("if")

    def test_keeps_its_place_behind_letters_typed_in_two_parts(self):
        text = "Hele\u0301ne kommer. Vi beklager, hvis sto\u0308jen har generet dig."
        finding = check_text(text, language="da")[0]

        assert text[finding.start : finding.end].startswith("beklager")

    def test_comes_in_the_order_of_the_text(self):
        text = "There is nothing we can do. Please calm down. These things happen."
        found = check_text(text, language="en")

        assert [finding.start for finding in found] == sorted(finding.start for finding in found)
        assert len(found) == 3


class TestQuotedSpeech:
    @pytest.mark.parametrize(
        ("language", "text"),
        [
            ("en", 'Our colleague answered "that is our policy, calm down", and that was wrong.'),
            ("en", "Our colleague answered “that is our policy”, and that was wrong."),
            ("da", "Vores kollega svarede »sådan er reglerne«, og det var forkert af os."),
            ("de", "Ihnen wurde „da kann ich nichts machen“ geantwortet, und das war unser Fehler."),
            ("fr", "On vous a répondu « je n'y peux rien », et c'était notre erreur."),
        ],
    )
    def test_is_not_ours(self, language, text):
        assert codes(text, language) == set()

    def test_does_not_hide_a_letter_that_is_pasted_in_quotation_marks(self):
        assert codes('"Please calm down."') == {ToneCode.DISMISS}

    def test_ends_with_its_paragraph(self):
        assert ToneCode.DISMISS in codes('The screen is 40" wide.\n\nPlease calm down.\n\nAnother 40" one.')


class TestSentences:
    @pytest.mark.parametrize(
        ("language", "text"),
        [
            ("da", "Jeg er ked af ventetiden. Tom ringer til dig kl. 16 og igen ca. 18.50."),
            ("en", "I have added 8.000 points to your account, Mr. Ito. Dinner is at 18.50."),
            ("de", "Ich rufe Sie am 5. Juli um 18.50 Uhr an."),
        ],
    )
    def test_do_not_end_at_a_stop_within(self, language, text):
        assert codes(text, language) == set()

    def test_a_time_after_kl_makes_a_promise_exact(self):
        assert codes("Jeg vender tilbage.", "da") == {ToneCode.VAGUE_PROMISE}
        assert codes("Jeg vender tilbage kl. 16.", "da") == set()

    def test_an_apology_can_be_taken_back_in_the_next_one(self):
        (finding,) = check_text("I am sorry about the noise. However, the bar is licensed.", language="en")

        assert finding.code == ToneCode.SORRY_BUT
        assert finding.severity == ToneSeverity.WARN

    def test_but_help_may_follow(self):
        assert codes("I am sorry about the bed. But first, sit down.") == set()

    def test_an_if_in_another_sentence_is_none(self):
        assert codes("I am sorry about the noise. If you would like another room, call 9.") == set()


class TestNegation:
    @pytest.mark.parametrize(
        "text",
        [
            "This is paid without accepting liability.",
            "We do not accept liability for your fall.",
        ],
    )
    def test_turns_an_admission_into_a_lawyers_coldness(self, text):
        found = codes(text, fault_open=True)

        assert ToneCode.LEGAL_COLD in found
        assert ToneCode.ADMIT_LEGAL not in found

    def test_nobody_but_me_is_no_but(self):
        assert codes("I am sorry; nobody but me is responsible for this.") == set()

    def test_not_only_but_also_is_no_but(self):
        assert codes("I am sorry not only for the noise but also for our slow answer.") == set()
        assert codes("Jeg er ked af det, ikke kun for larmen, men også for vores svar.", "da") == set()

    def test_what_is_not_the_guests_fault_blames_nobody(self):
        assert codes("This is not your fault.") == set()
        assert codes("Das ist nicht Ihre Schuld.", "de") == set()


class TestWhoTakesItOn:
    """Where the sentence says that it was us, or that it was not the others, words of blame do not blame."""

    @pytest.mark.parametrize(
        ("language", "text"),
        [
            ("en", "No colleague of mine is to blame for this; I signed the rota."),
            ("en", "I will not say that the weather was to blame."),
            ("en", "I called it a small delay on the phone, and for you it was the whole evening."),
            ("da", "Vaskeriet gjorde sit arbejde godt, det var os der lagde skjorterne forkert."),
            ("da", "Stormen var varslet to dage før, og vi tog ikke parasollerne ind."),
            ("de", "Das Wetter ist schön, und das Haus hätten wir abdichten müssen."),
            ("fr", "Le taxi est arrivé à l'heure, nous l'avions envoyé à la mauvaise porte."),
            ("es", "No le echo la culpa al tiempo."),
        ],
    )
    def test_is_not_blaming(self, language, text):
        assert codes(text, language) == set()

    @pytest.mark.parametrize(
        ("language", "text"),
        [
            ("en", "It is not us, the weather is to blame."),
            ("en", "The laundry did not deliver on time."),
            ("en", "It was not our decision, the council closed the road."),
            ("da", "Det er vejrets skyld og ikke vores."),
            ("de", "Das Wetter war schuld, nicht wir."),
            ("fr", "Nous avions envoyé le linge à temps, c'est la blanchisserie qui l'a perdu."),
            ("es", "El turno de noche se olvidó, no fui yo."),
        ],
    )
    def test_still_blames_where_we_only_stand_in_the_sentence(self, language, text):
        assert codes(text, language) & {
            ToneCode.BLAME_FORCE,
            ToneCode.BLAME_STAFF,
            ToneCode.BLAME_SUPPLIER,
        }


class TestDanish:
    def test_small_i_is_in_and_capital_i_is_you(self):
        assert codes("I burde have sagt det i går.", "da") == {ToneCode.BLAME_GUEST}
        assert ToneCode.BLAME_GUEST not in codes("Vi burde have sagt det i går.", "da")

    def test_letters_of_another_keyboard_count(self):
        assert codes("Vi vender tilbage saa snart vi kan.", "da") == {ToneCode.VAGUE_PROMISE}


class TestFaultThatIsOpen:
    def test_admits_nothing(self):
        text = "Our negligence caused your food poisoning."

        assert ToneCode.ADMIT_LEGAL in codes(text, fault_open=True)
        assert ToneCode.ADMIT_LEGAL not in codes(text)


class TestAdditions:
    mine = Additions(suppliers=("Bølge & Søn", "Nordlinen"))

    def test_are_suppliers_too(self):
        text = "Nordlinen forgot to deliver the towels."

        assert codes(text) == set()
        assert codes(text, extra=self.mine) == {ToneCode.BLAME_SUPPLIER}

    def test_may_have_several_words(self):
        text = "Bølge & Søn glemte dit tøj."

        assert codes(text, "da") == set()
        assert codes(text, "da", extra=self.mine) == {ToneCode.BLAME_SUPPLIER}

    def test_keep_the_place_of_what_is_found(self):
        text = "Sorry: Bølge & Søn lost your shirts."
        finding = next(one for one in check_text(text, language="en", extra=self.mine))

        assert text[finding.start : finding.end].startswith("Bølge & Søn")

    def test_that_are_empty_add_nothing(self):
        assert codes("The towels were late.", extra=Additions(suppliers=("", " ", "&"))) == set()


class TestComponents:
    def test_a_full_apology_has_all_of_them(self):
        text = (
            "I am so sorry that you had to wait forty minutes. This was our mistake. Here is what happened: "
            "we typed June instead of July. We have changed how we check bookings. I have booked you a room "
            "and we are paying for it. I hope you can forgive us."
        )

        assert {code for code in components(text, "en") if code.startswith("C_")} == {
            ToneCode.C_REGRET,
            ToneCode.C_RESP,
            ToneCode.C_EXPLAIN,
            ToneCode.C_REPENT,
            ToneCode.C_REPAIR,
            ToneCode.C_FORGIVE,
        }

    @pytest.mark.parametrize(
        ("language", "text"),
        [
            ("en", "We are sorry if the noise disturbed you."),
            ("en", "I am sorry, but the kitchen closes at ten."),
            ("en", "We are sorry you feel that way."),
            ("da", "Vi beklager, hvis støjen har generet dig."),
            ("de", "Es tut mir leid, aber die Küche schließt um zehn."),
            ("fr", "Je suis désolé, mais la cuisine ferme à dix heures."),
            ("es", "Lo siento, pero la cocina cierra a las diez."),
        ],
    )
    def test_an_apology_taken_back_in_its_sentence_is_none(self, language, text):
        assert ToneCode.C_REGRET not in components(text, language)

    def test_another_sentence_may_still_regret(self):
        text = "We are sorry if the noise disturbed you. I am sorry about the cold bath."

        assert ToneCode.C_REGRET in components(text, "en")

    def test_are_no_findings(self):
        assert check_text("This was our mistake.", language="en") == ()


class TestLanguages:
    def test_without_rules_nothing_is_found_and_the_caller_can_tell(self):
        assert not is_checked("fi")
        assert check_text("Please calm down.", language="fi") == ()
        assert components("This was our mistake.", "") == frozenset()

    @pytest.mark.parametrize("language", ["en-GB", "EN", "en_US", " en "])
    def test_of_a_region_are_their_base(self, language):
        assert is_checked(language)
        assert codes("Please calm down.", language) == {ToneCode.DISMISS}

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize(
        "text", ["", " ", "\n\n", ".", "?!", '"', "“”", "\u200b", "🙂", "1", "'s", "—", "\ud800"]
    )
    def test_take_any_text(self, language, text):
        assert check_text(text, language=language) == ()


@pytest.mark.parametrize("language", ["en", "da"])
@pytest.mark.parametrize(
    "words",
    [
        "sorry but if you should have been told that the supplier never did ",
        "undskyld men hvis du skulle have sagt det til vaskeriet ",
        "a ",
        '"',
        "kl. 16. ",
        "non-refundable-",
        "no not never nobody ",
    ],
)
def test_ten_times_the_words_cost_about_ten_times_as_much(language, words):
    short, long = (words * (length // len(words)) for length in (500, 5_000))
    check_text(short, language=language)  # reads the rules

    assert _seconds(long, language) <= 20 * max(_seconds(short, language), 0.02)


def _seconds(text, language):
    start = time.process_time()
    check_text(text, language=language, fault_open=True)
    return time.process_time() - start
