"""What must not be learned from: secrets, and personal data. Both are named by kind and never shown."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

# Entropy alone flags names of builds and commits; an address is personal data and no secret.
_LEFT_OUT = {"Base64HighEntropyString", "HexHighEntropyString", "IPPublicDetector", "KeywordDetector"}

# People write secrets into sentences, where the library looks for quotes and assignments.
_NAMED = (
    r"(?<![A-Za-z])(?:pass(?:word|phrase|code)|wachtwoord|passwd|pwd|secret(?:[ _-]?access)?(?:[ _-]?key)?"
    r"|(?:api|access|private|client|auth)[ _-]?(?:key|token|secret))"
)
_VALUE = r"(?![\"'<{$(\[])"  # no quote, and no stand-in such as <password> or $PASSWORD
SECRETS: dict[str, str] = {
    "password or key": rf"(?i){_NAMED}\s*(?:[:=]|\bis\b:?)\s*{_VALUE}(?=\S*\d)[^\s\"',;]{{6,}}",
    "quoted password or key": rf"(?i){_NAMED}[\"']?\s*(?:[:=]|\bis\b:?)\s*([\"'])[^\"'\s]{{4,}}\1",
    "password after a sign": rf"(?i){_NAMED}\s*[:=]\s*{_VALUE}[^\s\"',;]{{8,}}",
    "web token (JWT)": r"\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?",
    "bearer token": r"(?i)\bbearer\s+[a-z0-9._~+/-]{16,}",
    "key of a service": r"\b(?:sk|pk|rk)[-_](?:proj-|live_|test_|ant-)?[A-Za-z0-9_-]{20,}",
    "token of a service": r"\b(?:gh[pousr]_|github_pat_|glpat-|xox[abprs]-|AIza|ya29\.|hf_|npm_|dop_v1_)[\w-]{16,}",
    "access key id": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    "private key": r"-----BEGIN [A-Z ]*PRIVATE KEY",
    "long random text": r"\b(?=\w*\d)(?=\w*[A-Za-z])(?:[0-9a-f]{32,}|[0-9A-F]{32,}|(?=\w*[A-Z])(?=\w*[a-z])\w{32,})\b",
}

_RELATIONS = (
    "wife|husband|partner|girlfriend|boyfriend|son|daughter|sister|brother|mother|father|mum|mom|dad|friend|neighbou?r"
    "|colleague|boss|coach|physio|doctor|trainer|teammate|vrouw|man|vriend|vriendin|zoon|dochter|zus|broer|moeder|vader"
    "|buurman|buurvrouw|collega|baas|fysio|huisarts"
)
PERSONAL: dict[str, str] = {
    "e-mail address": r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    "bank account (IBAN)": r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b",
    "card number": r"\b(?:\d[ -]?){12,18}\d\b",
    "phone number": r"(?<![\w.])(?:\+|00)\d{1,3}[ .\-/]?(?:\(?\d{1,4}\)?[ .\-/]?){2,5}\d{2,}"
    r"|(?<![\w.-])0\d{1,2}[ .-]\d{3}[ .-]?\d{4}(?!\w)"
    r"|(?<![\w.-])\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?!\w)|(?<![\w.-])05\d{8}(?!\w)"
    r"|(?<![\w.-])06[ -]?(?:\d[ -]?){7}\d(?!\w)|(?<![\w.-])07\d{3}[ -]?\d{6}(?!\w)",
    "IP address": r"(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.])",
    "social security number": r"(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])",
    "citizen service number (BSN)": r"(?i)\b(?:bsn|burgerservicenummer)\W{0,3}\d{8,9}\b",
    "postal address": r"\b\d{4} ?[A-Z]{2}\b(?= [A-Z])|\b[A-Z][a-z]+(?:straat|laan|weg|plein) \d+[a-z]?\b",
    "name after a title": r"\b(?:Mr|Mrs|Ms|Dr|Prof)\.? [A-Z][a-z]+|\b(?:[Mm]evrouw|[Mm]eneer|[Dd]okter) [A-Z][a-z]{2,}",
    "name of a relation": rf"\b(?:[Mm]y|[Mm]ijn|[Oo]ur|[Oo]nze?) (?:{_RELATIONS}) (?:is called |called |named |heet )?"
    r"(?!I\b|Says?\b|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)[A-Z][a-z]{2,}",
}


def secrets(text: str) -> tuple[str, ...]:
    """Kinds of secrets in a text. Looks at the text alone: nothing is verified, nothing leaves the machine."""
    found = [plugin.secret_type for plugin in _plugins() if any(True for _ in plugin.analyze_string(text))]
    return tuple(dict.fromkeys([*found, *_kinds(SECRETS, text)]))


def personal(text: str) -> tuple[str, ...]:
    """Kinds of personal data in a text. Names of people are not recognised, but after a title."""
    return tuple(_kinds(PERSONAL, text))


def masked(text: str) -> str:
    """A text for a report, with what is private taken out."""
    for kinds in (SECRETS, PERSONAL):
        for kind, pattern in _compiled(tuple(kinds.items())).items():
            text = pattern.sub(f"[{kind}]", text)
    for plugin in _plugins():
        for secret in plugin.analyze_string(text):
            text = text.replace(secret, f"[{plugin.secret_type}]") if secret else text
    return text


def _kinds(kinds: dict[str, str], text: str) -> Iterator[str]:
    for kind, pattern in _compiled(tuple(kinds.items())).items():
        if any(kind != "card number" or _checks_out(found[0]) for found in pattern.finditer(text)):
            yield kind


def _checks_out(number: str) -> bool:
    """Luhn's sum, which tells a card from any long number (ISO/IEC 7812-1, annex B)."""
    digits = [int(one) for one in number if one.isdigit()][::-1]
    doubled = [sum(divmod(2 * one, 10)) for one in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


@cache
def _compiled(kinds: tuple[tuple[str, str], ...]) -> dict[str, "re.Pattern[str]"]:
    return {kind: re.compile(pattern) for kind, pattern in kinds}


@cache
def _plugins() -> tuple[Any, ...]:
    """detect-secrets' detectors, without its scanner: that one would ask services whether a secret is live."""
    from detect_secrets.core.plugins.util import get_mapping_from_secret_type_to_class

    classes: list[type[Any]] = list(get_mapping_from_secret_type_to_class().values())
    return tuple(kind() for kind in sorted(classes, key=lambda c: c.__name__) if kind.__name__ not in _LEFT_OUT)
