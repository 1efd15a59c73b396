"""How a release run ends in Prefect: a state that says what happened, a card, and an event."""

from typing import cast

from prefect.states import Completed

from blocks.service.notify import Event, announce
from josi.approval import Approval
from josi.release import manifest_path, pointer_path
from tasks.release.published import Published, Released, card
from tasks.shown import show, show_link


def ended(approval: Approval, published: Published | None) -> Released:
    """`Published` or `Declined`. A decline is an answer, not a fault: the run is complete either way.

    A flow that returns this ends in that state, and hands its callers the record within.
    """
    done = Released(approval=approval, published=published)
    recipe = approval.evidence.candidate_identity.removeprefix("candidate-").rpartition("-")[0]
    show("release", recipe, card(done), done.words)
    if published:
        _link_to(published, recipe)
    event = Event.PUBLISHED if published else Event.DECLINED
    announce(event, approval.evidence.candidate_identity, done.words, released=done.model_dump(mode="json"))
    return cast(Released, Completed(name="Published" if published else "Declined", message=done.words, data=done))


def _link_to(published: Published, recipe: str) -> None:
    """What apps read, one click away. A folder has no address that a browser would open from a page."""
    read = {"manifest": manifest_path(published.release)}
    if published.channel:
        read["channel"] = pointer_path(published.channel)
    for what, key in read.items():
        address = published.urls.get(key, "")
        if address.startswith(("http://", "https://")):
            show_link(f"release-{what}", recipe, address, key, f"The {what} of {published.release}, as apps read it")
