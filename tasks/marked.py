"""YAML with the places of its values, parsed once, by libyaml: the text is a hundred files."""

from typing import Any

import yaml

_Loader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


def read_marked(text: str) -> tuple[yaml.Node | None, Any]:
    """The nodes of a document, which know their lines, and its values. Raises yaml.YAMLError."""
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        return node, None if node is None else loader.construct_document(node)
    finally:
        loader.dispose()
