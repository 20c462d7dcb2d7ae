from __future__ import annotations

from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recovery import errors
from recovery.rules import codes

KEY = "a key for tests, at least 32 characters"
ROW = UUID("8f14e45f-ceea-467a-9575-2b1c0f6d7a11")

some_codes = st.builds(
    lambda uuid, serial: codes.derive_code(key=KEY, uuid=uuid, serial=serial),
    st.uuids(),
    st.integers(min_value=1, max_value=2**31),
)
alphabet_text = st.text(alphabet=codes.ALPHABET, min_size=11, max_size=11)


def a_sample(count: int) -> list[str]:
    return [codes.derive_code(key=KEY, uuid=ROW, serial=serial) for serial in range(1, count + 1)]


def is_refused(typed: str) -> bool:
    try:
        codes.normalise_code(typed)
    except errors.CertificateNotFound:
        return True
    return False


def quasigroup(x: int, y: int) -> int:
    return codes._double(x) ^ y


def test_the_quasigroup_is_totally_anti_symmetric() -> None:
    field = range(32)
    for x in field:
        assert sorted(quasigroup(x, y) for y in field) == list(field)
        assert sorted(quasigroup(y, x) for y in field) == list(field)
    for c in field:
        for x in field:
            for y in field:
                if x != y:
                    assert quasigroup(x, y) != quasigroup(y, x)
                    assert quasigroup(quasigroup(c, x), y) != quasigroup(quasigroup(c, y), x)


def test_a_code_is_always_the_same_for_the_same_row() -> None:
    # A change of this value would kill every certificate that was ever printed.
    assert codes.show_code(codes.derive_code(key=KEY, uuid=ROW, serial=1)) == "M39E-XVP3-KFK7"


def test_key_row_and_serial_each_change_the_code() -> None:
    made = {
        codes.derive_code(key=KEY, uuid=ROW, serial=1),
        codes.derive_code(key=KEY, uuid=ROW, serial=2),
        codes.derive_code(key=KEY + "!", uuid=ROW, serial=1),
        codes.derive_code(key=KEY, uuid=UUID(int=ROW.int + 1), serial=1),
    }
    assert len(made) == 4


@given(some_codes)
def test_a_code_survives_being_shown_and_typed_again(code: str) -> None:
    assert codes.normalise_code(codes.show_code(code)) == code
    assert codes.normalise_code(codes.show_code(code).lower()) == code
    assert len(code) == codes.CODE_LENGTH
    assert set(code) <= set(codes.ALPHABET)


@given(alphabet_text)
def test_every_eleven_letters_have_exactly_one_check_letter(letters: str) -> None:
    assert sum(not is_refused(letters + check) for check in codes.ALPHABET) == 1


@pytest.mark.parametrize("code", a_sample(12))
def test_every_single_mistyped_letter_is_refused(code: str) -> None:
    for place, right in enumerate(code):
        for wrong in codes.ALPHABET:
            if wrong != right:
                assert is_refused(code[:place] + wrong + code[place + 1 :])


@pytest.mark.parametrize("code", a_sample(12))
def test_every_swap_of_two_letters_is_refused(code: str) -> None:
    for first in range(12):
        for second in range(first + 1, 12):
            if code[first] != code[second]:
                swapped = list(code)
                swapped[first], swapped[second] = swapped[second], swapped[first]
                assert is_refused("".join(swapped))


def test_a_missing_or_doubled_letter_is_refused() -> None:
    for code in a_sample(12):
        for place in range(12):
            assert is_refused(code[:place] + code[place + 1 :])
            assert is_refused(code[:place] + code[place] + code[place:])


def a_code_with(letters: str) -> str:
    return next(code for code in a_sample(4000) if all(letter in code for letter in letters))


def test_letters_that_look_like_digits_are_read_as_digits() -> None:
    code = a_code_with("01")
    assert codes.normalise_code(code.replace("0", "O").replace("1", "I")) == code
    assert codes.normalise_code(code.replace("0", "o").replace("1", "l")) == code


@pytest.mark.parametrize(
    "between",
    ["  ", *" -._\t\n\u00a0\u00ad\u00b7\u200b\u2010\u2011\u2013\u2014\u2212"],
    ids=ascii,
)
def test_spaces_dashes_and_dots_do_not_matter(between: str) -> None:
    code = a_sample(1)[0]
    assert codes.normalise_code(between.join(code)) == code
    assert codes.normalise_code(f"{between}{code}{between}") == code


def test_a_foreign_letter_that_capitalises_into_ours_is_refused() -> None:
    code = a_code_with("1")
    assert "\u0131".upper() == "I"
    assert is_refused(code.replace("1", "\u0131"))


def test_full_width_letters_are_read_as_plain_ones() -> None:
    code = a_sample(1)[0]
    assert codes.normalise_code("".join(chr(ord(letter) + 0xFEE0) for letter in code)) == code


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "-",
        "0",
        "000000000001",
        "UUUUUUUUUUUU",
        "A" * 1_000_000,
        "-" * 1_000_000,
        "\ufdfa" * 1_000_000,
        "\0" * 12,
        "0000\x0000000000",
        "\U0001f600" * 12,
        "\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19\uff10\uff11\uff13",
        "\u0661" * 12,
        "\u0131" * 12,
        "\ud800" * 12,
        "' OR 1=1 --",
        "<script>",
    ],
    ids=lambda typed: ascii(typed[:12]),
)
def test_hostile_input_is_refused_like_any_wrong_code(typed: str) -> None:
    with pytest.raises(errors.CertificateNotFound):
        codes.normalise_code(typed)


@given(st.text(max_size=300))
def test_anything_typed_is_either_a_code_or_refused(typed: str) -> None:
    assert is_refused(typed) or not is_refused(codes.normalise_code(typed))


def test_the_digest_tells_neither_code_nor_key() -> None:
    code = a_sample(1)[0]
    digest = codes.digest_code(key=KEY, code=code)
    assert len(digest) == 64
    assert code not in digest.upper()
    assert digest == codes.digest_code(key=KEY, code=codes.show_code(code))
    assert digest != codes.digest_code(key=KEY + "!", code=code)


def test_different_codes_have_different_digests() -> None:
    digests = [codes.digest_code(key=KEY, code=code) for code in a_sample(50)]
    assert all(a != b for a, b in pairwise(sorted(digests)))


def test_something_that_is_no_code_gets_no_digest() -> None:
    with pytest.raises(errors.CertificateNotFound):
        codes.digest_code(key=KEY, code="not a code")


def test_the_last_four_are_the_end_of_what_is_printed() -> None:
    code = a_sample(1)[0]
    assert codes.show_code(code).endswith("-" + codes.last_four(code))


def test_letters_need_enough_bits() -> None:
    with pytest.raises(ValueError, match="5 bytes"):
        codes.crockford(b"1234", length=8)
