"""Secrets are found and ordinary sentences about them are not; nothing private is shown."""

import pytest

from tasks.private import masked, personal, secrets

SECRET = [
    ("my aws key is AKIAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPLE"),
    ("aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "wJalrXUtnFEMI"),
    ("token ghp_abcdefghijklmnopqrstuvwxyz0123456789", "ghp_abcd"),
    ("-----BEGIN RSA PRIVATE KEY-----", "BEGIN RSA"),
    ("postgres://user:s3cretpw@db.example.com/x", "s3cretpw"),
    ("api_key: 9f8e7d6c5b4a39281706f5e4d3c2b1a0", "9f8e7d6c"),
    ("my password is hunter2", "hunter2"),
    ("the password is 'summer'", "summer"),
    ("password: correcthorse", "correcthorse"),
    ('client secret = "x8Kq2mZp"', "x8Kq2mZp"),
    ("use sk-proj-abcdefghijklmnopqrstuvwxyz0123456789ABCDEF", "abcdefghijklm"),
    ("Authorization: Bearer abcdefghijklmnop123456", "abcdefghijklm"),
    ("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9", "dozjgNryP4"),
    ("xoxb-123456789012-abcdefghijklmn", "abcdefghijklm"),
]
HARMLESS = [
    "my password is wrong again, help",
    "The password is incorrect.",
    "reset my password: how?",
    "the secret is consistency",
    "Where do I put the api key?",
    "password: <your password>",
    "commit 3f2a9c1b7d broke the build",
    "error 502 at step 1234567890",
    "OAuth token refresh fails with invalid_request response_mode",
    "What is the token budget of 4096?",
    "שכחתי את הסיסמה",
]


@pytest.mark.parametrize(("text", "secret"), SECRET)
def test_a_secret_is_found_and_masked(text: str, secret: str) -> None:
    assert secrets(text)
    assert secret in text
    assert secret not in masked(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_a_sentence_about_secrets_is_none(text: str) -> None:
    assert secrets(text) == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("write to dan.cohen@example.co.il", "e-mail address"),
        ("call +972 52 123 4567", "phone number"),
        ("call 052-123-4567 now", "phone number"),
        ("(415) 555-2671", "phone number"),
        ("pay DE89 3704 0044 0532 0130 00", "bank account (IBAN)"),
        ("card 4111 1111 1111 1111", "card number"),
        ("server at 84.23.11.9", "IP address"),
        ("ssn 078-05-1120", "social security number"),
        ("ask Dr. Levi", "name after a title"),
    ],
)
def test_personal_data_is_found_and_masked(text: str, kind: str) -> None:
    assert kind in personal(text)
    assert f"[{kind}]" in masked(text)


@pytest.mark.parametrize(
    "text", ["plan for 2025-2030", "order 1234567890123", "version 1.2.3", "10-year mission", "step 1, 2, 3 and 4"]
)
def test_plain_numbers_are_not_personal(text: str) -> None:
    assert personal(text) == ()
