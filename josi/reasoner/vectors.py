"""Test vectors for a port of the engine: a small model, and what it must say to texts that catch mistakes."""

from typing import Any

from josi.reasoner.engine import CAP, Reasoner, confidences, tokens
from josi.reasoner.payload import Payload

TEXTS = (
    "",
    " ",
    "a b c",  # nothing of two characters
    "deploy",
    "Deploy DEPLOY deploy",  # counted three times; two pairs
    "my deploy is broken, fix the deploy!",
    "route_plan and plan-route",  # an underscore parts words; the pair of neighbours has one
    "fix502now 502",
    "Fix ٣٤ ४५ x²½ Ⅷ",  # digits of other scripts are digits; superscripts, fractions and Roman numerals are not
    "שלום, צריך תוכנית מסלול",
    "שָׁלוֹם deploy",  # vowel points part words
    "\ufb2a\ufb2b \u05e9\u05c1",  # presentation forms in NFC
    "plan 🚐 route 👩‍💻 deploy",  # what stands between is nothing: the words are neighbours
    "ΟΔΟΣ οδος ΣΣ",  # a final sigma is not special
    "İstanbul STRASSE straße ǅungla",  # one capital, several lower-case scalars
    "cafe\u0301 café",  # decomposed: the accent parts the word
    "각각 \u1100\u1161\u11a8\u1100\u1161\u11a8",  # conjoining jamo and syllables are the same word
    "東京の計画 plan",
    "ﬁx the ﬁle",  # ligatures stay as they are
    "route\u00a0plan\u2028route\tplan\r\nroute\x00plan",
    "deploy " * 400,  # the cap of the confidence
)


def model() -> Payload:
    """Two labels more than one, words of several scripts, hints that are words and pairs. Its numbers mean nothing."""
    vocabulary = sorted(
        {"deploy", "broken", "fix", "fix_the", "plan", "route", "plan_route", "route_plan", "deploy_deploy", "502"}
        | {"שלום", "מסלול", "תוכנית_מסלול", "οδοσ", "café", "caf", "각각", "東京の計画", "stanbul", "ﬁx", "٣٤"}
    )
    labels = ("technical_debug", "travel_ops", "תכנון")
    rows = {
        label: tuple(((7 * i + 5 * j) % 11 - 4) / 8 - 1 / 3 for i, _ in enumerate(vocabulary))
        for j, label in enumerate(labels)
    }
    return Payload(
        model_name="vectors",
        trained_at_utc="2026-01-01T00:00:00Z",
        sample_count=3,
        labels=labels,
        vocabulary=tuple(vocabulary),
        log_priors={"technical_debug": -1.0986122886681098, "travel_ops": -0.9, "תכנון": -1.3},
        log_likelihoods=rows,
        next_actions={"technical_debug": "Find one cause.", "travel_ops": "Check the route.", "תכנון": "לתכנן"},
        label_briefs={"technical_debug": "technical debug", "travel_ops": "travel ops", "תכנון": "תכנון"},
        keyword_hints={"technical_debug": ("deploy", "fix_the"), "travel_ops": ("route", "absent"), "תכנון": ("שלום",)},
        keyword_bonus=0.75,
    )


def vectors() -> dict[str, Any]:
    """The document in `schemas/reasoner_vectors.json`. Scores and confidences are to hold to 1e-9."""
    payload = model()
    engine = Reasoner(payload)
    cases = []
    for text in TEXTS:
        answered = engine.answer(text)
        cases.append(
            {
                "text": text,
                "tokens": tokens(text),
                "scores": dict(answered.scores),
                "softmax": round(confidences(answered.scores)[answered.label], 12),
                "label": answered.label,
                "confidence": round(answered.confidence, 12),
                "next_action": answered.next_action,
            }
        )
    return {"tolerance": 1e-9, "cap": CAP, "model": payload.model_dump(mode="json"), "cases": cases}
