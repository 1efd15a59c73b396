"""The form as Prefect's UI shows it: the help of a field keeps paragraphs and lists, and loses everything else."""

from blocks.store import FolderStore
from josi.records import Channel
from tasks.release.form import as_help, form
from tests.candidates import small_candidate

MARKDOWN = """### Compared with dev now

dev offers tiny-1f0c.

| | asked | then | now |
|---|---|---|---|
| Action \\| unseen | at least 90% | 0.85 | 0.91 |
- one
- two
"""


def test_each_line_becomes_a_paragraph_and_each_row_a_line_of_a_list() -> None:
    assert as_help(MARKDOWN).split("\n\n") == [
        "### Compared with dev now",
        "dev offers tiny-1f0c.",
        "- asked · then · now",
        "- Action \\| unseen · at least 90% · 0.85 · 0.91",
        "- one",
        "- two",
    ]


def test_what_is_asked_stands_at_the_first_field_and_the_digest_is_fixed(store: FolderStore) -> None:
    one = small_candidate(store)
    fields = form(one, Channel.DEV, f"May {one.identity} go to dev?").model_json_schema()["properties"]

    assert next(iter(fields)) == "decision"
    assert f"May {one.identity} go to dev?" in fields["decision"]["description"]
    assert fields["decision"]["enum"] == ["approve", "decline"]
    assert fields["digest"]["enum"] == [one.digest]
