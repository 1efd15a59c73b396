"""The checks of the gate: each looks at the whole material and says what is wrong, where, and how it is mended."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from josi.chat import words_of
from josi.contract import Action, GATCRequest
from josi.examples import Pair
from josi.language import check_given
from josi.parsing import parse_request
from josi.records import Finding, Role, Severity
from tasks.data.grams import Grams
from tasks.data.pairs import SEEN_AS
from tasks.data.quality.material import Material, Placed
from tasks.data.quality.near import near_copies
from tasks.data.read_back import answers_in
from tasks.data.readers import excerpt
from tasks.data.safety import dangers
from tasks.data.targets import clean_block
from tasks.data.topics import DUTCH_SHARE, FAMILIES, LARGEST_FAMILY, WANTED, WHOLE
from tasks.private import masked, personal, secrets

SMALLEST_ACTION, LARGEST_ACTION = 0.05, 0.5  # shares of the interpreter's rows
CONTROL = "<|"


def schema(material: Material) -> Iterator[Finding]:
    """Every interpreter target is a request of the contract, every explainer target is plain text."""
    for placed in material.placed:
        if placed.row.role is Role.INTERPRETER:
            read = parse_request(placed.target, placed.said, material.standard.echo)
            if not isinstance(read, GATCRequest):
                got = "; ".join(f"{one.where}: {one.got}" for one in read) + f" in {placed.target}"
                yield placed.finding("schema", "a GATCRequest", got, "Mend the target, or leave the row out.")
        elif faults := clean_block(placed.row.messages[-2].content)[1]:
            yield placed.finding(
                "schema", "a GATCRequest after [INTERPRETER]", faults, "Mend it, or leave the row out."
            )
        elif placed.target.lstrip().startswith(("{", "[", "```")) or CONTROL in placed.target:
            yield placed.finding("schema", "plain text", placed.target, "Write the answer as sentences.")


def language(material: Material) -> Iterator[Finding]:
    """Every answer that is taught passes the language rules on exactly what the model is shown."""
    for placed in material.answers:
        for _, given, said, answer in answers_in(placed.row.messages):
            for found in check_given(answer, given=given, message=said):
                if found.check == "length" and 0 < len(answer.split()) <= material.standard.max_words:
                    continue  # the recipe allows it
                if found.severity is Severity.BLOCK:
                    expected = f"{found.expected} ({found.check})"
                    yield placed.finding("language", expected, f"{found.got} in {answer!r}", found.remedy)


def safety(material: Material) -> Iterator[Finding]:
    """No row trains an athlete through pain or past a red flag."""
    for placed in material.placed:
        request = None
        if placed.row.role is Role.INTERPRETER:
            read = parse_request(placed.target, placed.said, material.standard.echo)
            if not isinstance(read, GATCRequest):
                continue  # named by the schema's check
            request = read
        for found in dangers(placed.chat, request, "target"):
            yield found.model_copy(update={"check": "safety", "where": placed.place})


def duplicates(material: Material) -> Iterator[Finding]:
    """No row comes twice, and no pair; a message that means two things to the interpreter is a warning."""
    first: dict[tuple[str, ...], Placed] = {}
    for placed in material.placed:
        key = (placed.row.role, *(message.content for message in placed.row.messages[:-1]))
        before = first.setdefault(key, placed)
        if before is placed:
            continue
        if before.target == placed.target:
            yield placed.finding("duplicate", "a row of its own", f"that of {before.place}", "Leave it out.")
        elif placed.row.role is Role.INTERPRETER:
            got = f"{placed.target}, and {before.target} at {before.place}"
            found = placed.finding("conflict", "one meaning of one message", got, "Keep the one that is right.")
            yield found.model_copy(update={"severity": Severity.WARN})
    pairs: dict[tuple[str, str], int] = {}
    for number, pair in enumerate(material.pairs, start=1):
        if pairs.setdefault((pair.messages[-1].content, pair.rejected), number) != number:
            yield Finding(
                check="duplicate",
                where=f"pairs.jsonl:{number}",
                expected="a pair of its own",
                got=f"that of line {pairs[pair.messages[-1].content, pair.rejected]}",
                remedy="Leave it out.",
            )


def private(material: Material) -> Iterator[Finding]:
    """No secret and nobody's personal data, in words that are shown or taught; what is found is not shown again."""
    texts = {(p.place, m.content): p for p in material.placed for m in p.row.messages}
    texts |= {(p.place, m.content): p for p in material.answers for m in p.row.messages}
    known: dict[str, tuple[str, ...]] = {}
    for (_, text), placed in texts.items():
        if text not in known:
            known[text] = (*(f"secret: {kind}" for kind in secrets(text)), *(f"personal: {k}" for k in personal(text)))
        for kind in known[text]:
            remedy = "Take it out of the data, and where it was real, make it void."
            yield placed.finding("private", "nothing private", f"{kind} in {masked(text)}", remedy)


def pairs(material: Material) -> Iterator[Finding]:
    """Of a pair, the answers differ, the refused one holds nothing private, and its prompt is nobody's test prompt."""
    grams = Grams(material.judged)
    for number, pair in enumerate(material.pairs, start=1):
        where = f"pairs.jsonl:{number}"
        if pair.rejected.strip() == pair.chosen.strip():
            yield _pair(where, "two different answers", "the same answer twice")
        for kind in (*secrets(pair.rejected), *personal(pair.rejected)):
            yield _pair(where, "nothing private", f"{kind} in {masked(pair.rejected)}")
        if reason := grams.reason(words_of(pair.messages[-1].content)):
            yield _pair(where, "a phrasing that evaluation does not hold", reason)
        found = check_given(pair.rejected, given=_given(pair), message=words_of(pair.messages[-1].content))
        wrong = {one.check for one in found if one.severity is Severity.BLOCK}
        if pair.reason in SEEN_AS and not wrong & SEEN_AS[pair.reason]:
            yield _pair(where, f"a refused answer in which our rules see {pair.reason}", pair.rejected)


def _given(pair: Pair) -> str:
    return "\n\n".join(message.content for message in pair.messages[1:])


def _pair(where: str, expected: str, got: str) -> Finding:
    return Finding(check="pair", where=where, expected=expected, got=excerpt(got), remedy="Leave the pair out.")


def balance(material: Material) -> Iterator[Finding]:
    """No action is so rare that it is not learned, or so common that it is guessed."""
    rows = material.rows.get(Role.INTERPRETER, {}).get("train", ())
    counts = actions(material)
    for action in Action if rows else ():
        share = counts[action] / len(rows)
        if not SMALLEST_ACTION <= share <= LARGEST_ACTION:
            yield _warning(
                "balance",
                "interpreter/train.jsonl",
                f"{SMALLEST_ACTION:.0%} to {LARGEST_ACTION:.0%} of rows for each action",
                f"{share:.1%} {action}",
                "Write more lines for the rare actions.",
            )


def actions(material: Material) -> Counter[str]:
    """Rows of training by action, from what can be read of the target."""
    rows = material.rows.get(Role.INTERPRETER, {}).get("train", ())
    return Counter(row.action or "unreadable" for row in rows)


def wanted(material: Material) -> Iterator[Finding]:
    """A whole corpus holds what the road asks for. A smaller one, made to try something, is not asked."""
    for role, parts in material.rows.items():
        rows = parts["train"]
        if len(rows) < 3000:
            continue
        topics = Counter(topic for row in rows for topic in row.topics)
        families = Counter(row.family for row in rows)
        dutch = sum(row.language == "nl" for row in rows) / len(rows)
        lacking = [f"{name}: {topics[name]} of {least}" for name, least in WANTED[role].items() if topics[name] < least]
        lacking += [f"families: {len(families)} of {FAMILIES}"] if len(families) < FAMILIES else []
        lacking += [f"Dutch: {dutch:.1%} of {DUTCH_SHARE:.0%}"] if dutch < DUTCH_SHARE else []
        largest, count = families.most_common(1)[0]
        lacking += [f"{largest}: {count} rows of one family"] if count > LARGEST_FAMILY * len(rows) else []
        for what in lacking:
            remedy = f"Write more of it under data/{role}/ (a whole corpus is {WHOLE} rows or more)."
            yield _warning("counts", f"{role}/train.jsonl", "what phases 3 to 5 ask for", what, remedy)


def _warning(check: str, where: str, expected: str, got: str, remedy: str) -> Finding:
    return Finding(check=check, where=where, expected=expected, got=got, remedy=remedy, severity=Severity.WARN)


def _near(material: Material) -> Iterator[Finding]:
    for placed, other in near_copies(material.placed):
        got = f"{placed.said!r}, near {other.place}"
        yield _warning("near copy", placed.place, "a way of saying it of its own", got, "Reword one of the two lines.")


def _leaks(material: Material) -> Iterator[Finding]:
    grams = Grams(material.judged)
    for placed in material.placed:
        found = ((said, grams.reason(said)) for said in placed.heard)
        said, reason = next(((said, reason) for said, reason in found if reason), ("", ""))
        if reason:
            remedy = "Take the row out: an evaluation prompt says the same."
            yield placed.finding("leak", "a phrasing that evaluation does not hold", f"{said!r}: {reason}", remedy)


Check = Callable[[Material], Iterator[Finding]]

CHECKS: Mapping[str, Check] = {
    "schema": schema,
    "language": language,
    "safety": safety,
    "duplicate": duplicates,
    "near copy": _near,
    "leak": _leaks,
    "private": private,
    "pair": pairs,
    "balance": balance,
    "counts": wanted,
}

__all__ = ["CHECKS", "Check", "Placed", "actions"]
