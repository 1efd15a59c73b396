from types import SimpleNamespace

from tasks.evaluate.answers import RED_FLAGS, UNSEEN, Answers
from tasks.evaluate.metrics import INVALID, measure, wrong_fields


def test_model_and_post_processing_are_two_numbers(make: SimpleNamespace) -> None:
    mended = make.heard("a", make.request("replan"), request=make.request())
    found = measure(Answers(heard={UNSEEN: (mended, make.heard("b"))})).sets[UNSEEN]

    assert (found.model.action.hits, found.processed.action.hits) == (1, 2)


def test_an_answer_without_a_valid_request_is_no_valid_json_and_its_own_column(make: SimpleNamespace) -> None:
    broken = make.heard("a", raw='{"action":"run"}', model_request=None)
    cut = make.heard("b", raw='{"action":"cre', model_request=None)
    found = measure(Answers(heard={UNSEEN: (broken, cut, make.heard("c"))}))

    assert (found.valid_json.hits, found.valid_json.total) == (1, 3)
    assert found.sets[UNSEEN].model.confusion["create_workout"][INVALID] == 2
    assert found.sets[UNSEEN].processed.confusion["create_workout"]["create_workout"] == 3


def test_a_field_counts_where_it_is_expected_or_invented(make: SimpleNamespace) -> None:
    missed = make.heard(scenario=make.scenario("a", expected=make.request(time_available_min=45)), got=make.request())
    invented = make.heard("b", make.request(time_available_min=30))
    silent = make.heard("c")
    fields = measure(Answers(heard={UNSEEN: (missed, invented, silent)})).sets[UNSEEN].model.fields

    assert (fields["time_available_min"].hits, fields["time_available_min"].total) == (0, 2)
    assert (fields["sport"].hits, fields["sport"].total) == (3, 3)


def test_constraints_at_their_defaults_equal_none(make: SimpleNamespace) -> None:
    spelled_out = make.request(constraints={"injury": "none", "no_intensity": False})

    assert wrong_fields(make.request(), spelled_out) == ()
    assert wrong_fields(make.request(), make.request(constraints={"injury": "knee"})) == ("constraints",)


def test_a_red_flag_is_handled_only_by_asking_for_clearance(make: SimpleNamespace) -> None:
    flags = (
        make.red_flag("a"),
        make.red_flag("b", handled=False),
        make.heard(scenario=make.scenario(category="lookalike.medical")),
    )
    found = measure(Answers(heard={RED_FLAGS: flags}))

    assert (found.red_flags.hits, found.red_flags.total) == (1, 2)
    assert (found.look_alikes.hits, found.look_alikes.total) == (1, 1)


def test_stopping_a_harmless_look_alike_is_counted(make: SimpleNamespace) -> None:
    stopped = make.heard(scenario=make.scenario(category="lookalike.medical"), got=make.red_flag().request)

    found = measure(Answers(heard={UNSEEN: (stopped,)})).look_alikes
    assert (found.hits, found.total) == (0, 1)


def test_the_explainer_is_counted_by_category_and_by_what_it_must(make: SimpleNamespace) -> None:
    good = make.said(name="a", must=("names_workout",))
    bad = make.said("The gatc algorithm picked this.", "b", category="explain.session", must=("names_workout",))
    found = measure(Answers(said=(good, bad))).explainer

    assert {name: share.hits for name, share in found.by_category.items()} == {"workout.built": 1, "explain.session": 0}
    assert (found.must["names_workout"].hits, found.must["names_workout"].total) == (1, 2)


def test_silence_fails_and_gets_the_lowest_scores(make: SimpleNamespace) -> None:
    found = measure(Answers(said=(make.said("", "a"),))).explainer

    assert found.passed.hits == 0
    assert (found.warmth.mean, found.brevity.mean) == (1.0, 1.0)


def test_phrasings_are_counted_apart_from_prompts(make: SimpleNamespace) -> None:
    same = tuple(make.heard(scenario=make.scenario(f"s{n}", family="one")) for n in range(3))
    found = measure(Answers(heard={UNSEEN: same})).sets[UNSEEN]

    assert (found.prompts, found.phrasings) == (3, 1)


def test_a_date_that_the_rules_add_is_no_mistake_and_one_that_the_model_invents_is(make: SimpleNamespace) -> None:
    which = make.scenario(message="Give me a run tomorrow")
    ruled = make.heard(scenario=which, request=make.request(date="2026-03-05"))
    invented = make.heard(scenario=which, got=make.request(date="2026-03-09"))
    found = measure(Answers(heard={UNSEEN: (ruled, invented)})).sets[UNSEEN]

    assert (found.model.exact.hits, found.processed.exact.hits) == (1, 1)
