"""The rules as a port has to answer them: JSON in, JSON out, one entry a rule.

`schemas/vectors/RULE.jsonl` holds cases of each (`{"rule", "name", "input", "expected"}` a line). A port in Kotlin,
Swift or Rust does the same when it gives `expected` for every `input`. The cases are hand-written, in `data/vectors/`.
"""

from collections.abc import Mapping

from josi.vectors.contract import CONTRACT
from josi.vectors.dialogue import DIALOGUE
from josi.vectors.knowledge import KNOWLEDGE
from josi.vectors.memory import MEMORY
from josi.vectors.messages import MESSAGES
from josi.vectors.policy import POLICY
from josi.vectors.rule import Rule

RULES: Mapping[str, Rule] = {
    rule.name: rule
    for rule in (
        *MESSAGES,
        *DIALOGUE,
        *KNOWLEDGE,
        *MEMORY,
        *POLICY,
        *CONTRACT,
    )
}
