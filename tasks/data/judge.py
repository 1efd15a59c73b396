"""One well-formed row: may it be learned from, and if not, why not."""

from collections.abc import Callable

from blocks.recipe import Mix
from josi.contract import GATCRequest
from josi.records import Finding, Record, Role, Severity
from tasks.data.readers import ChatLine
from tasks.data.report import Fault
from tasks.data.safety import against_the_rules, dangers, private_parts
from tasks.data.targets import Shape, clean_block, read_request, shape_of

NO_TARGET = "An interpreter's answer is a GATCRequest, an explainer's is plain text."
REMEDIES = {
    Shape.V3: "Rows of the single-model line are for a v3 recipe; a recipe of two models has no use for them.",
    Shape.BROKEN_JSON: "Complete the JSON of the answer.",
}


class Row(Record):
    """A row that may be learned from: its conversation as it will be taught, and the request if it is one."""

    line: ChatLine
    role: Role
    request: GATCRequest | None


class Verdict(Record):
    """What was found about one line. Without a row it is set aside, for the first of the blocking findings."""

    row: Row | None
    findings: tuple[Finding, ...]
    cleaned: bool = False

    @property
    def faults(self) -> frozenset[Fault]:
        return frozenset(Fault(finding.check) for finding in self.findings)

    @property
    def reason(self) -> str:
        return next(str(finding) for finding in self.findings if finding.severity is Severity.BLOCK)


class Judge:
    """Judges rows one after the other; a pair that any row before has is a duplicate."""

    def __init__(self, mix: Mix, leak: Callable[[str], str] | None = None) -> None:
        self.mix, self.leak = mix, leak
        self._seen: dict[tuple[str, ...], str] = {}

    def judge(self, line: ChatLine) -> Verdict:
        """Every fault of a row; one that only had to be cleaned is kept."""
        shape, text = shape_of(line.target)
        field = f"messages[{len(line.messages) - (line.system is None)}].content"
        if shape not in (Shape.INTERPRETER, Shape.EXPLAINER):
            return Verdict(row=None, findings=(_wrong_shape(line, field, shape),))
        request = read_request(text) if shape is Shape.INTERPRETER else None
        if isinstance(request, str):
            remedy = "Mend the target; the schema is schemas/gatc_request.schema.json."
            finding = line.finding(Fault.OFF_CONTRACT, field, "a GATCRequest", request, remedy)
            return Verdict(row=None, findings=(finding,))
        line, mended = _cleaned(line)
        found = (
            *dangers(line, request, field),
            *private_parts(line),
            *self._repeats(line, request),
            *self._too_long(line, request, field),
            *(against_the_rules(line) if request is None else ()),
        )
        row = None if found else Row(line=line, role=Role(shape.value), request=request)
        return Verdict(row=row, findings=(*found, *mended), cleaned=bool(mended))

    def _repeats(self, line: ChatLine, request: GATCRequest | None) -> list[Finding]:
        pair = (*(message.content for message in line.messages[:-1]), request.to_json() if request else line.target)
        first = self._seen.setdefault(pair, line.where)
        found = []
        if first != line.where:
            got = f"the pair of {first}"
            found.append(line.finding(Fault.DUPLICATE, "row", "a pair of its own", got, "Leave it out."))
        reason = self.leak(line.said) if self.leak else ""
        if reason:
            remedy = "The row is not learned from: an evaluation prompt says the same."
            found.append(line.finding(Fault.LEAK, "row", "a phrasing that evaluation does not hold", reason, remedy))
        return found

    def _too_long(self, line: ChatLine, request: GATCRequest | None, field: str) -> list[Finding]:
        words = max(len(message.content.split()) for message in line.messages[1::2])
        if request is not None or words <= self.mix.max_words:
            return []
        limit, remedy = f"at most {self.mix.max_words} words", "Shorten it, or raise data.max_words."
        return [line.finding(Fault.OVER_LONG, field, limit, f"{words} words", remedy)]


def _wrong_shape(line: ChatLine, field: str, shape: Shape) -> Finding:
    fault = {Shape.V3: Fault.NOT_USED, Shape.BROKEN_JSON: Fault.MALFORMED}.get(shape, Fault.OFF_CONTRACT)
    got = f"{shape}: {line.target}"
    return line.finding(fault, field, "a GATCRequest or plain text", got, REMEDIES.get(shape, NO_TARGET))


def _cleaned(line: ChatLine) -> tuple[ChatLine, list[Finding]]:
    """The line with [INTERPRETER] blocks that fit the closed schema, and a warning for each that did not."""
    messages, found = list(line.messages), []
    for index, message in enumerate(messages):
        content, faults = clean_block(message.content) if message.role == "user" else (message.content, "")
        if faults:
            field = f"messages[{index + (line.system is not None)}].content [INTERPRETER]"
            remedy = "The block is cleaned, the row is used."
            finding = line.finding(Fault.OFF_CONTRACT, field, "a GATCRequest", faults, remedy)
            found.append(finding.model_copy(update={"severity": Severity.WARN}))
            messages[index] = message.model_copy(update={"content": content})
    return (line.model_copy(update={"messages": tuple(messages)}) if found else line), found
