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
        "a dull pain in my chest and arms",
        "when I work my chest hurts",
        "took my shirt off because my chest hurts",
        "my strap shows nothing but my chest hurts",
        "chest and shoulders hurt when I breathe in",
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
        "ik heb vaak last van hartkloppingen",
        "een rare hapering in mijn hartslag",
        "een druk op het hart bij traplopen",
        "I know heart problems run in my family, and mine hurts: heart pain",
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
# Ways of saying it that the rules were once tried on unseen: 28 of these 36 were found before they were widened.
OTHER_WORDS = [
    "I felt a crushing sensation across my ribs and chest",
    "My ticker went crazy on the bike, missing beats",
    "I nearly blacked out after standing up",
    "whole body went weak and I had to grab the fence, saw stars",
    "It feels like a band is tightening round my chest",
    "Got the spins after that hill",
    "I have been feeling faint all week",
    "My heart was beating out of rhythm yesterday",
    "My chest burns when I go uphill",
    "Woke up gasping, couldn't breathe",
    "left shoulder and jaw pain when I climb, arm tingling",
    "Doctor says I have a heart murmur, plan me a tempo",
    "My knee is killing me but give me a run",
    "Agonising hip, still want intervals",
    "there's a stabbing in my foot every step",
    "I want to train despite the pain",
    "been in pain for ten days now",
    "my calf popped and now it is swollen",
    "hurts like hell when I land",
    "I pushed through a lot of knee pain, more please",
    "achilles pain since last month",
    "my back went and I can hardly bend",
    "is it ok to run on a fractured toe",
    "tight chestedness lately, can I ride",
    "I passed out in the shower",
    "mijn borst doet pijn als ik hard ga",
    "ik viel gisteren flauw",
    "ik voel me licht in het hoofd",
    "mijn hart gaat tekeer terwijl ik op de bank zit",
    "ik krijg bijna geen adem",
    "ik train gewoon door de pijn heen",
    "mijn achillespees doet al weken pijn",
    "stekende pijn in mijn knie bij elke stap",
    "ik zie zwarte vlekken na het sprinten",
    "het draait in mijn hoofd",
    "beklemd gevoel op de borst",
]
HARMLESS = [
    "Heart rate was 150 the whole ride",
    "What should my heart rate be in an easy run?",
    "My heart sank when it rained",
    "I love this sport with all my heart",
    "chest press felt heavy today, what next?",
    "Dizzy with excitement for the race",
    "Feeling light and fast",
    "That workout was a killer",
    "My legs are killing me after leg day",
    "Slight ache in my calf, easy run please",
    "Sore quads, what can I do?",
    "My breathing felt great",
    "I run out of breath on hills, how can I improve?",
    "Head wind was terrible",
    "blackout at home so no treadmill",
    "My watch died, no pulse data",
    "Shoulder is a bit stiff",
    "stomach felt funny after gels",
    "I'd like to run without stopping",
    "mijn benen doen zeer van gisteren",
    "hartslag bleef mooi laag",
    "mijn hart ligt bij het schaatsen",
    "even op adem komen na die sprint",
    "een beetje stijve knie",
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
    "my screen went black during the ride",
    "my toenail turned black",
    "a blackout at home, so no treadmill",
    "I pass out flyers at the race",
    "sharpen me up for the race",
    "what is a good resting heart rate?",
    "my heart rate climbs on hot days",
    "my heart rate jumps when I sprint",
    "chest and back in the gym today, I want to build strength",
    "I need to get this off my chest: I hate hills",
    "rather out of breath after that sprint, great fun",
    "the strap sits around my chest, does it matter?",
    "met een hoge borst over de finish",
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


@pytest.mark.parametrize("text", OTHER_WORDS)
def test_symptoms_in_other_words_are_found(text: str) -> None:
    assert red_flag(text) is not None


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
