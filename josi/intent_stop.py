"""The single-model line's medical stop: what a red flag is answered is not left to the model on this line either."""

from josi.contract import Intent
from josi.intent import GuardrailReason, LLMIntent, PlainAnswer, ResponseType, read_output
from josi.language import language_of
from josi.postprocess import STOP_AND_SEEK_CARE
from josi.records import Finding
from josi.red_flags import red_flag


def safe_output(raw: str, message: str) -> LLMIntent | PlainAnswer | tuple[Finding, ...]:
    """What to show for a model's output: the fixed stop where the athlete's message holds a red flag, else the output.

    The stop is the one of the two-model line, in the message's language, whatever the model wrote and however broken.
    """
    return read_output(raw) if red_flag(message) is None else stop(message)


def stop(message: str) -> LLMIntent:
    """The fixed answer to a red flag."""
    return LLMIntent(
        intent=Intent.MEDICAL_RED_FLAG,
        response_type=ResponseType.SAFETY_WARNING,
        message=STOP_AND_SEEK_CARE[language_of(message)],
        guardrail_triggered=True,
        guardrail_reason=GuardrailReason.MEDICAL_RED_FLAG,
    )
