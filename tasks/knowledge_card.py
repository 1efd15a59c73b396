"""The counts in the card of the coaching cards. `python -m tasks.knowledge_card` writes them anew."""

from collections import Counter
from pathlib import Path

from josi.knowledge import Knowledge, Topic
from tasks.knowledge import CARDS, LANGUAGES, load_cards

MARK = "<!-- counts: written by `python -m tasks.knowledge_card` -->"


def counts(knowledge: Knowledge) -> str:
    """Per topic: cards, how many of them are reviewed, mean words of a text, and calls, in each language."""
    rows = {topic.value: [card for card in knowledge.cards if card.topic is topic] for topic in Topic}
    rows["all"] = list(knowledge.cards)
    practice = sum("coaching practice" in card.source for card in knowledge.cards)
    lines = ["| topic | cards | reviewed | words en / nl | calls en / nl |", "|---|---|---|---|---|"]
    for topic, cards in rows.items():
        states = Counter(card.review.state for card in cards)
        words = " / ".join(str(_mean([len(card.said(one).text.split()) for card in cards])) for one in LANGUAGES)
        calls = " / ".join(str(sum(len(card.said(one).calls) for card in cards)) for one in LANGUAGES)
        lines.append(f"| {topic} | {len(cards)} | {states['reviewed']} | {words} | {calls} |")
    return "\n".join((*lines, "", f"{practice} of {len(rows['all'])} cards rest on coaching practice.", ""))


def _mean(numbers: list[int]) -> int:
    return round(sum(numbers) / len(numbers)) if numbers else 0


def main(root: Path = CARDS) -> None:
    """Write the counts into `ROOT/CARD.md`."""
    path = root / "CARD.md"
    by_hand = path.read_text("utf-8").split(MARK, maxsplit=1)[0].rstrip()
    path.write_text(f"{by_hand}\n\n{MARK}\n{counts(load_cards(root))}", "utf-8")


if __name__ == "__main__":
    main()
