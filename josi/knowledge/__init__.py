"""Coaching cards, and which of them a turn is given: the bounded source of what Josi knows about training."""

from josi.knowledge.cards import Knowledge, KnowledgeCard, Topic
from josi.knowledge.choose import BUDGET, MOST, choose, with_knowledge
from josi.knowledge.weigh import Choice, weigh

__all__ = ["BUDGET", "MOST", "Choice", "Knowledge", "KnowledgeCard", "Topic", "choose", "weigh", "with_knowledge"]
