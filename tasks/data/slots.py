"""The mark of a slot in a line, and the slots that answers may have."""

import re

SLOT = re.compile(r"\{(\w+)\}")
ANSWER_SLOTS = frozenset({"workout", "why", "why2", "cap", "name", "session"})
