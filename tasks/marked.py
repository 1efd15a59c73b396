"""YAML as the project's text uses it: with the places of its values, parsed once; or without dates."""

from typing import Any

import yaml

_Loader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader  # libyaml: the text is a hundred files


class Plain(yaml.SafeLoader):
    """YAML without dates: a day stays the text that it is in JSON."""


Plain.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:timestamp"]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_marked(text: str) -> tuple[yaml.Node | None, Any]:
    """The nodes of a document, which know their lines, and its values. Raises yaml.YAMLError."""
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        return node, None if node is None else loader.construct_document(node)
    finally:
        loader.dispose()
