"""Red flags are found in many words; their harmless look-alikes and denials are not."""

import pytest

from josi.illness import is_ill, is_recovering
from josi.red_flags import red_flag

FLAGS = {
    "chest": [
        "I get a stabbing pain in my chest on climbs",
        "my chest felt tight on the warm-up",
        "there is a heavy pressure behind my breastbone",
        "like an elephant standing on my chest",
        "chst pain since lunch",
        "could this be a heart attack?",
        "give me intervals, the chest ache is nothing",
        "pijn op de borst tijdens het lopen",
        "een drukkend gevoel op mijn borst",
        "I can't run without chest pain",
        "I don't know why my chest hurts",
        "For no reason my chest hurts",
        "Isn't it dangerous that my chest hurts when I climb?",
    ],
    "heart": [
        "my heart skips beats at night",
        "heart palpitations again",
        "my pulse is irregular lately",
        "heart is racing and I'm just lying in bed",
        "I was diagnosed with a heart condition",
        "my heart flutters when I climb stairs",
        "hartkloppingen in rust",
        "mijn hart slaat over",
    ],
    "head": [
        "I feel dizzy",
        "got lightheaded on the bike",
        "I fainted yesterday but want to run",
        "nearly passed out at the gym",
        "everything went black for a second",
        "the room started spinning",
        "not tired but dizzy",
        "ik werd duizelig",
        "ik ben flauwgevallen",
        "het werd zwart voor mijn ogen",
    ],
    "breath": ["I'm short of breath while sitting", "I can't catch my breath", "ik ben kortademig in rust"],
    "nerve": ["my left arm is numb", "I coughed up blood", "tintelingen in mijn linkerarm, mijn arm tintelt"],
    "pain": [
        "Push through the pain",
        "I want to run through the pain today",
        "how do I ignore the pain",
        "sharp pain in my knee",
        "my shin has hurt for two weeks",
        "for days now my back hurts",
        "my knee has been sore for three weeks",
        "I can't put weight on my foot",
        "I took painkillers so I can do the session",
        "maybe a stress fracture",
        "door de pijn heen trainen",
        "hevige pijn in mijn heup",
        "al drie weken pijn aan mijn knie",
    ],
}
HARMLESS = [
    "which heart rate zone is this?",
    "let's get to the heart of the matter",
    "that climb was dizzyingly fun",
    "my heart is set on a long ride",
    "I know the route by heart",
    "my heart wasn't in it",
    "chest day at the gym please",
    "my chest strap is too tight",
    "chest press and squats",
    "not for the faint of heart",
    "a faint niggle in my calf",
    "no pain, no gain",
    "see you in the pain cave",
    "that meeting was a pain in the neck",
    "painfully slow traffic",
    "no chest pain today",
    "I don't have any chest pain",
    "my chest does not hurt",
    "no dizziness, all good",
    "never felt dizzy",
    "without any pain in my chest I finished",
    "I never push through the pain",
    "what a breathtaking view",
    "spinning class tonight",
    "sharpen me up for the race",
    "what is a good resting heart rate?",
    "my heart rate climbs on hot days",
    "knee is a bit stiff",
    "my quads are sore from yesterday",
    "muscle pain after the gym, is that normal?",
    "take heart, spring is coming",
    "I ran my heart out? well, almost: a run please",
    "hartslagzone twee graag",
    "van harte bedankt",
    "met hart en ziel getraind, in hart en nieren een loper",
    "duizelingwekkend mooi uitzicht",
    "geen pijn op de borst",
    "ik ben niet duizelig",
    "borstcrawl oefenen",
    "spierpijn van gisteren",
]
ILL = [
    "I'm sick",
    "got the flu",
    "I have a cold",
    "stomach bug since last night",
    "woke up with a fever",
    "throwing up all morning",
    "I think I'm coming down with something",
    "sore throat and blocked nose, what about my session?",
    "tested positive for covid",
    "I'm over the flu now, ease me back in",
    "ik ben ziek",
    "heb griep",
    "verkouden en koorts",
    "buikgriep, ik lig plat",
]
NOT_ILL = [
    "it's cold outside",
    "cold weather running tips",
    "too cold to ride",
    "a cold shower after training?",
    "sick of the treadmill",
    "that was a sick ride",
    "my son is sick, skip today",
    "got my flu shot today",
    "there is a bug in the app",
    "ill have 45 minutes tomorrow",
    "race fever is here",
    "I don't have a fever",
    "Is it bad to train with a fever?",
    "het is koud buiten",
    "ik ben niet ziek",
    "griepprik gehad",
]


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for kind, texts in FLAGS.items() for text in texts], ids=lambda value: value
)
def test_a_symptom_is_a_red_flag(kind: str, text: str) -> None:
    assert red_flag(text) == kind


@pytest.mark.parametrize("text", HARMLESS)
def test_a_look_alike_or_a_denial_is_none(text: str) -> None:
    assert red_flag(text) is None


@pytest.mark.parametrize("text", ILL)
def test_illness_is_heard(text: str) -> None:
    assert is_ill(text)


@pytest.mark.parametrize("text", NOT_ILL)
def test_weather_other_people_and_denials_are_no_illness(text: str) -> None:
    assert not is_ill(text)


@pytest.mark.parametrize(
    ("text", "over"), [("I'm over the flu now", True), ("ik ben weer beter", True), ("I'm sick", False)]
)
def test_an_illness_that_is_over_is_told_from_one_that_is_not(text: str, over: bool) -> None:
    assert is_recovering(text) is over
