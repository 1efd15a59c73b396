"""Athletes drawn at random: every context is one that the app could show."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from josi.contract import (
    AthleteMemory,
    ChatContext,
    DataTier,
    HistoryTurn,
    Level,
    MemoryFact,
    Persona,
    Phase,
    PlannedSession,
    ProfileSummary,
    Readiness,
    Sport,
    State,
    Tier,
    Zone,
)
from josi.sports import first_sport, sport_of
from tasks.data.athletes import Dialogue, People
from tasks.data.families import Setting

T = TypeVar("T")

# The states that the engine shows with a level.
STATES: dict[Level, tuple[State, ...]] = {
    Level.GREEN: (State.RECOVERED, State.PRODUCTIVE),
    Level.YELLOW: (State.PRODUCTIVE, State.ACCUMULATED),
    Level.ORANGE: (State.ACCUMULATED, State.OVERREACHED),
    Level.RED: (State.OVERREACHED, State.ILLNESS_RISK),
}
LEVELS = (Level.GREEN,) * 4 + (Level.YELLOW,) * 3 + (Level.ORANGE,) * 2 + (Level.RED,) * 2

# Sets and minutes of work and rest; the session's duration adds a warm-up and a cool-down.
INTERVALS: dict[Zone, tuple[tuple[int, int, int], ...]] = {
    "Z3": ((2, 15, 5), (3, 10, 3), (2, 20, 5)),
    "Z4": ((3, 8, 4), (4, 6, 3), (3, 10, 5)),
    "Z5": ((4, 4, 4), (5, 3, 3), (6, 3, 2)),
    "Z6": ((6, 1, 2), (8, 1, 2)),
}
EASY: dict[Zone, tuple[int, ...]] = {"R": (20, 30), "Z1": (30, 40, 45), "Z2": (40, 45, 60, 75, 90, 120)}
ZONES: tuple[Zone, ...] = ("R", "Z1", "Z1", "Z2", "Z2", "Z2", "Z2", "Z3", "Z3", "Z4", "Z4", "Z5", "Z6")

SPORTS = (Sport.RUN,) * 4 + (Sport.BIKE,) * 4 + (Sport.SKI, Sport.SKI, Sport.SKATE, Sport.SKATE, Sport.STRENGTH)
ATHLETE_LEVELS = ("beginner", "intermediate", "advanced", "elite", "masters")
NAMES = ("Anna", "Ben", "Chloe", "Daan", "Emma", "Finn", "Isa", "Jonas", "Lotte", "Mila", "Noah", "Sem", "Tess", "Wout")
GOALS = ("race", "general fitness", "health", "comeback")

FIRST_DAY = date(2026, 1, 5)


LONG_FACTS, LONG_PATTERNS, LONG_NOTES = (5, 12), (2, 5), (1, 4)


def draw(rng: Random, setting: Setting, people: People, *, long: bool = False) -> ChatContext:
    """A context that fits the setting. The same generator state gives the same context on every machine.

    `long`: a conversation of three or four turns and a full memory, wherever the setting says nothing else.
    """
    level = rng.choice(setting.readiness or LEVELS)
    phase = setting.phase or rng.choice(tuple(Phase))
    shown = setting.session if setting.session is not None else rng.random() < 0.5
    tier = setting.tier or (Tier.ADVISOR if rng.random() < 0.06 else Tier.COACH)
    knows_sport = setting.sport is None and rng.random() < 0.75
    return ChatContext(
        athlete_id=f"athlete-{rng.randrange(1000):03d}",
        tier=tier,
        mode=tier,
        persona_id=setting.persona or Persona.BALANCED,
        today=FIRST_DAY + timedelta(days=rng.randrange(364)),
        readiness=Readiness(
            state=rng.choice(STATES[level]),
            level=level,
            confidence=round(rng.uniform(0.5, 0.95), 2),
            data_tier=rng.choice((DataTier.BASIC, DataTier.STANDARD, DataTier.GOOD)),
        ),
        has_session_context=shown,
        planned_session=planned(rng, phase) if shown else None,
        profile_summary=_profile(rng, phase, knows_sport, setting.level),
        athlete_memory=_memory(
            rng, setting, people, may_name_sport=setting.sport is None and not knows_sport, long=long
        ),
        history=_history(rng, setting, people, long=long),
    )


def planned(rng: Random, phase: Phase) -> PlannedSession:
    """A planned session whose zone, duration and structure belong together."""
    zone = rng.choice(ZONES)
    if zone in EASY:
        minutes = rng.choice(EASY[zone])
        label = f"Easy walk {minutes}min" if zone == "R" else f"Continuous {zone} {minutes}min"
    else:
        sets, work, rest = rng.choice(INTERVALS[zone])
        minutes = 5 * round((sets * (work + rest) + rng.choice((15, 20, 25))) / 5)
        label = f"{sets}x{work}min {zone} / {rest}min Z1"
    return PlannedSession(
        intent=zone,
        target_zone=zone,
        target_duration_min=minutes,
        structure_label=label,
        meso_day=rng.randint(1, 28),
        phase=phase,
    )


def known_sport(context: ChatContext) -> Sport | None:
    """The sport that a context gives away: the profile's, else the first one that the memory names."""
    profile, memory = context.profile_summary, context.athlete_memory
    remembered = (*(fact.fact for fact in memory.key_facts), *memory.patterns) if memory else ()
    return sport_of(profile.sport if profile else None) or first_sport(remembered)


def _profile(rng: Random, phase: Phase, knows_sport: bool, wanted_level: str | None) -> ProfileSummary | None:
    sport = rng.choice(SPORTS).value if knows_sport else None
    level = wanted_level or (rng.choice(ATHLETE_LEVELS) if rng.random() < 0.75 else None)
    personal = rng.random() < 0.25
    name = rng.choice(NAMES) if personal else None
    goal = rng.choice(GOALS) if personal and rng.random() < 0.5 else None
    shown_phase = phase.value if personal and rng.random() < 0.3 else None
    if not (sport or level or personal):
        return None
    return ProfileSummary(name=name, sport=sport, level=level, goal_type=goal, current_phase=shown_phase)


def _memory(rng: Random, setting: Setting, people: People, *, may_name_sport: bool, long: bool) -> AthleteMemory | None:
    facts, patterns, notes = list(setting.memory), setting.patterns, setting.notes
    if not facts and may_name_sport and rng.random() < 0.3:
        facts.append(rng.choice(people.sport_facts[rng.choice(tuple(people.sport_facts))]))
    if long:
        facts += _sample(rng, people.facts, LONG_FACTS)
        patterns = patterns or _sample(rng, people.patterns, LONG_PATTERNS)
        notes = notes or _sample(rng, people.notes, LONG_NOTES)
    elif not (facts or patterns or notes):
        if rng.random() >= 0.15:
            return None
        facts.append(rng.choice(people.facts))
    elif rng.random() < 0.3:
        facts.append(rng.choice(people.facts))
    return AthleteMemory(
        key_facts=tuple(MemoryFact(fact=fact, source="conversation", confidence=0.9) for fact in facts),
        patterns=patterns or _some(rng, people.patterns, 0.2),
        coaching_notes=notes or _some(rng, people.notes, 0.15),
    )


def _history(rng: Random, setting: Setting, people: People, *, long: bool) -> tuple[HistoryTurn, ...]:
    if setting.history:
        return _turns(setting.history)
    if long:
        return _turns(rng.choice(people.dialogues))
    return _turns(rng.choice(people.small_talk)) if rng.random() < 0.1 else ()


def _turns(said: Dialogue) -> tuple[HistoryTurn, ...]:
    return tuple(HistoryTurn(role=role, message=text) for role, text in said)


def _sample(rng: Random, choices: Sequence[T], count: tuple[int, int]) -> tuple[T, ...]:
    return tuple(rng.sample(choices, min(len(choices), rng.randint(*count))))


def _some(rng: Random, choices: Sequence[T], share: float) -> tuple[T, ...]:
    return (rng.choice(choices),) if rng.random() < share else ()
