"""Codes, keys and tokens."""

from __future__ import annotations

import re

from quiz.classroom import codes


def test_codes_and_keys_use_31_symbols_that_nobody_mistakes() -> None:
    assert codes.SYMBOLS == "23456789ABCDEFGHJKLMNPQRSTUVWXY"
    drawn = "".join(codes.join_code() for _ in range(200))
    assert set(drawn) == set(codes.SYMBOLS)
    assert len(drawn) == 7 * 200
    assert re.fullmatch(f"[{codes.SYMBOLS}]{{12}}", codes.recovery_key())
    assert codes.recovery_key() != codes.recovery_key()


def test_a_typed_code_is_cut_at_twenty_signs() -> None:
    assert codes.clean("ab-cd " * 10) == "ABCDABCDABCDABCDABCD"
    assert codes.clean("") == ""
    assert codes.spaced("ABC23DE") == "ABC 23DE"
    assert codes.grouped("ABCD2345EFGH") == "ABCD 2345 EFGH"


def test_a_token_has_128_bits() -> None:
    first, second = codes.token(), codes.token()
    assert first != second
    assert re.fullmatch(r"[\w-]{22}", first)


def test_hashes_depend_on_value_purpose_and_the_first_64_bytes_of_the_key() -> None:
    key = bytes(range(65))
    assert re.fullmatch(r"[0-9a-f]{64}", codes.digest("a", key))
    assert codes.digest("a", key) == codes.digest("a", key[:64])
    others = {codes.digest(value, own) for value in "ab" for own in (key[:64], key[:63], b"")}
    assert len(others) == 6
    assert re.fullmatch(r"[\w-]{22}", codes.derived("a", "seat", key))
    assert codes.derived("a", "seat", key) == codes.derived("a", "seat", key[:64])
    others = {
        codes.derived(value, purpose, own)
        for value in "ab"
        for purpose in ("seat", "host")
        for own in (key[:64], key[:63])
    }
    assert len(others) == 8
