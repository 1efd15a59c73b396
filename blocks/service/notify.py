"""What people are told: events of our own, and the saved block that `JOSI_NOTIFY` names."""

from enum import StrEnum
from threading import Thread
from typing import TYPE_CHECKING
from uuid import UUID

from josi.errors import UsageError

if TYPE_CHECKING:
    from prefect.client.orchestration import SyncPrefectClient
    from prefect.client.schemas.objects import BlockDocument
    from prefect.events.actions import CallWebhook, SendNotification

WAITS = "josi.run.waits"
DELIVERY_S = 20.0
WEBHOOK = "webhook"  # the one type that is called and not notified
TITLE = "josi: {{ event.event }}"
_TEXT = "(event.payload.message or event.resource['prefect.state-message'] or event.event)"
BODY = f"{{{{ {_TEXT} }}}}\n\n{{{{ flow_run.name }}}} {{{{ flow_run | ui_url }}}}"
_FIELDS = {
    "event": "event.event",
    "about": "event.resource['prefect.resource.name']",
    "text": _TEXT,
    "reasons": "event.payload.reasons | default([])",
    "run": "flow_run.name",
    "link": "flow_run | ui_url",
}
PAYLOAD = "{" + ", ".join(f'"{key}": {{{{ {value} | tojson }}}}' for key, value in _FIELDS.items()) + "}"


class Event(StrEnum):
    """What happens to a candidate, as automations see it."""

    BLOCKED = "josi.candidate.blocked"
    PUBLISHED = "josi.release.published"
    DECLINED = "josi.release.declined"


def announce(event: Event, candidate: str, message: str, **details: object) -> None:
    """Put an event about a candidate into the feed. Prefect adds the run, flow and deployment that it came from.

    `details` is JSON; `reasons`, a list of sentences, is what a webhook is sent too.
    """
    from prefect.events import emit_event

    resource = {"prefect.resource.id": f"josi.candidate.{candidate}", "prefect.resource.name": candidate}
    emit_event(event, resource=resource, payload={"message": message, **details})


def about_to_wait(run: UUID) -> None:
    """To be said by a run just before it suspends itself.

    The server learns of its suspension at once and of its heartbeats a moment later, through the queue that this takes
    too: a heartbeat that came last would make a run that waits look like one that was lost. So this is delivered
    before the run goes on, or `DELIVERY_S` have passed.
    """
    from prefect.events import emit_event
    from prefect.events.worker import EventsWorker

    emit_event(WAITS, resource={"prefect.resource.id": f"prefect.flow-run.{run}"})
    delivery = Thread(target=EventsWorker.instance().wait_until_empty, daemon=True)
    delivery.start()
    delivery.join(DELIVERY_S)


def telling(client: "SyncPrefectClient", block: str) -> "CallWebhook | SendNotification":
    """The action that tells the named block, e.g. `slack-webhook/team` or `webhook/ci`.

    Raises UsageError where there is no such block, or it is of a kind that cannot be told anything.
    """
    from prefect.events.actions import CallWebhook, SendNotification

    found = _find(client, block)
    if found.block_type and found.block_type.slug == WEBHOOK:
        return CallWebhook(block_document_id=found.id, payload=PAYLOAD)
    if found.block_schema and "notify" in found.block_schema.capabilities:
        return SendNotification(block_document_id=found.id, subject=TITLE, body=BODY)
    raise UsageError(
        f"JOSI_NOTIFY={block}: a block of this type can neither notify nor be called.",
        "Name a notification block (such as slack-webhook/NAME or sendgrid-email/NAME) or webhook/NAME.",
    )


def _find(client: "SyncPrefectClient", block: str) -> "BlockDocument":
    from prefect.exceptions import ObjectNotFound

    kind, _, name = block.partition("/")
    try:
        if not name:
            raise ObjectNotFound(ValueError(block))
        return client.read_block_document_by_name(name, kind)
    except ObjectNotFound:
        raise UsageError(
            f"JOSI_NOTIFY={block}: there is no saved block of this type and name.",
            "Make one in the UI under Blocks and write TYPE/NAME, e.g. slack-webhook/team; or unset JOSI_NOTIFY.",
        ) from None
