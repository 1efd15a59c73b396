"""What ships beside the models: settings, grammar and coaching cards, byte for byte, from the store to the device."""

from pathlib import Path

from blocks import recipe as recipes
from blocks.bucket import FolderBucket
from blocks.installation import installed
from blocks.store import FolderStore
from blocks.updater import download
from josi.approval import Answer, Decided
from josi.knowledge import Knowledge
from josi.records import Channel, Kind
from tasks.export.runtime import Settled, pack_runtime
from tasks.knowledge import load_cards
from tasks.release.approve import approve
from tasks.release.publish import publish
from tests.candidates import small_candidate

YES = Answer(channel=Channel.DEV, decided=Decided.APPROVE, approver="Ada")


def test_every_card_ships_in_one_canonical_form(tmp_path: Path) -> None:
    store, settled = FolderStore(tmp_path), Settled.of(recipes.load("tiny", {}))

    artifact = pack_runtime("tiny", settled, store)

    folder = store.fetch(artifact)
    assert {path.name for path in folder.iterdir()} >= {"runtime.json", "grammar.gbnf", "knowledge.json"}
    assert (folder / "knowledge.json").read_bytes() == load_cards().to_bytes()
    assert pack_runtime("tiny", settled, store) == artifact


def test_the_cards_reach_the_device_and_a_changed_byte_is_noticed(tmp_path: Path) -> None:
    store, bucket = FolderStore(tmp_path / "store"), FolderBucket(tmp_path / "bucket")
    runtime = pack_runtime("tiny", Settled.of(recipes.load("tiny", {})), store)
    candidate = small_candidate(store).model_copy(update={"runtime": runtime})
    store.put_bytes(candidate.model_dump_json().encode(), "candidate.json", Kind.CANDIDATE, "tiny")

    publish(candidate, approve(candidate, YES, store=store), store=store, bucket=bucket)
    download(str(tmp_path / "bucket"), tmp_path / "app")

    path = installed(tmp_path / "app", verify=True).runtime["knowledge.json"]
    assert Knowledge.model_validate_json(path.read_bytes()) == load_cards()
    path.chmod(0o644)
    data = path.read_bytes()
    path.write_bytes(data[:-2] + bytes([data[-2] ^ 1]) + data[-1:])
    download(str(tmp_path / "bucket"), tmp_path / "app")
    assert installed(tmp_path / "app", verify=True).runtime["knowledge.json"].read_bytes() == load_cards().to_bytes()
