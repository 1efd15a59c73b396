"""What a release manager reads: verdict, differences from what is offered, digests; and what the form holds them to."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from blocks.bucket import FolderBucket
from blocks.store import FolderStore
from josi.approval import Answer, Decided, unanswered
from josi.candidate import Candidate
from josi.errors import NotApproved
from josi.records import Channel
from tasks.release.approve import approve
from tasks.release.briefing import briefing
from tasks.release.form import filled_in, form, said
from tasks.release.publish import publish
from tests.candidates import small_candidate

YES = Answer(channel=Channel.DEV, decided=Decided.APPROVE, approver="Ada")


@pytest.fixture
def bucket(tmp_path: Path) -> FolderBucket:
    return FolderBucket(tmp_path / "bucket")


def _text(candidate: Candidate, store: FolderStore, bucket: FolderBucket) -> str:
    return briefing(candidate, Channel.DEV, bucket=bucket, store=store, links={"Report": "http://x/r", "None": ""})


def test_the_first_release_says_that_nothing_is_offered_yet(store: FolderStore, bucket: FolderBucket) -> None:
    text = _text(small_candidate(store), store, bucket)

    assert "dev offers nothing yet" in text
    assert "**production**: closed\n    - not measured" in text
    assert "[http://x/r](http://x/r)" in text
    assert "None" not in text


def test_numbers_and_digests_that_differ_from_what_is_offered_are_shown(
    store: FolderStore, bucket: FolderBucket
) -> None:
    old = small_candidate(store, {"Action | unseen": "0.85", "Valid JSON": "100%"})
    new = small_candidate(store, {"Action | unseen": "0.91", "Valid JSON": "100%"})
    done = publish(old, approve(old, YES, store=store), store=store, bucket=bucket)

    text = _text(new, store, bucket)

    assert f"dev offers {done.release} ({old.identity})" in text
    assert "| Action \\| unseen | at least 90% | 0.85 | 0.91 |" in text
    assert "Valid JSON" not in text
    assert f"| report | `{old.report.sha256[:12]}` | `{new.report.sha256[:12]}` |" in text
    assert "| runtime | `" not in text.split("### To read")[0]  # the same in both
    assert new.digest in text


def test_what_is_offered_already_and_what_cannot_be_compared_is_said(
    store: FolderStore, bucket: FolderBucket, tmp_path: Path
) -> None:
    elsewhere = FolderStore(tmp_path / "elsewhere")
    old = small_candidate(elsewhere)
    publish(old, approve(old, YES, store=elsewhere), store=elsewhere, bucket=bucket)

    assert "dev offers this very candidate" in _text(old, elsewhere, bucket)
    assert "whose candidate is not in this store" in _text(small_candidate(store), store, bucket)
    (bucket.root / "channels/dev.json").write_text("{")
    assert "could not be read" in _text(small_candidate(store), store, bucket)


def test_a_decision_on_record_is_told(store: FolderStore, bucket: FolderBucket) -> None:
    one = small_candidate(store)
    approve(one, unanswered(Channel.DEV, 72), store=store)

    assert "On record already: decline by nobody (no answer in 72 h)." in _text(one, store, bucket)


def test_the_form_takes_an_answer_about_what_it_shows_and_no_other(store: FolderStore) -> None:
    one, other = small_candidate(store), small_candidate(store)
    shown = form(one, Channel.DEV, "text")
    good = filled_in(YES, Channel.DEV, one.identity, one.digest)

    assert said(shown.model_validate(good).model_dump(), one) == YES
    for wrong in ({"digest": other.digest}, {"channel": "beta"}, {"approver": " "}, {"decision": "yes"}, {"more": "1"}):
        with pytest.raises(ValidationError):
            shown.model_validate({**good, **wrong})
    with pytest.raises(ValidationError, match="digest"):
        shown.model_validate({"decision": "approve", "approver": "Ada"})


def test_an_answer_about_another_candidate_is_refused(store: FolderStore) -> None:
    one, other = small_candidate(store), small_candidate(store)

    with pytest.raises(NotApproved, match=f"was asked about {one.identity}"):
        said(filled_in(YES, Channel.DEV, one.identity, one.digest), other)
