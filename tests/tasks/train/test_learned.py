"""What is left out of the last layer is not missed: the same states and the same gradient as transformers' own pass."""

import pytest
import torch
from transformers import Qwen2ForCausalLM

from blocks.recipe import TinyBase
from tasks.train.base import build
from tasks.train.learned import states_at

WIDTH = 40
PAD = 0


@pytest.fixture(params=[1, 3], ids=["one layer", "three layers"])
def model(request: pytest.FixtureRequest) -> Qwen2ForCausalLM:
    spec = TinyBase(kind="tiny", hidden=64, layers=request.param, feed_forward=128, vocabulary=300)
    made = build(spec, PAD)
    for weights in made.parameters():  # biases and norms start at nothing and one: a fault in them would not show
        torch.nn.init.normal_(weights, std=0.3)
    return made


@pytest.fixture
def ids() -> torch.Tensor:
    return torch.randint(3, 300, (4, WIDTH), generator=torch.Generator().manual_seed(7))


@pytest.fixture
def wanted(ids: torch.Tensor) -> torch.Tensor:
    """Two answers in the first row, one in the second, nothing in the third, all of the fourth."""
    wanted = torch.zeros_like(ids, dtype=torch.bool)
    wanted[0, 3:7] = wanted[0, 20:25] = wanted[1, 10:30] = wanted[3] = True
    return wanted


def grown(model: Qwen2ForCausalLM, states: torch.Tensor) -> list[torch.Tensor | None]:
    model.zero_grad()
    model.lm_head(states).square().mean().backward()
    return [weights.grad for weights in model.parameters()]


def test_states_and_gradient_are_those_of_the_whole_pass(
    model: Qwen2ForCausalLM, ids: torch.Tensor, wanted: torch.Tensor
) -> None:
    found, whole = states_at(model, ids, wanted), model.model(input_ids=ids).last_hidden_state[wanted]

    torch.testing.assert_close(found, whole, rtol=1e-4, atol=1e-5)
    torch.testing.assert_close(grown(model, found), grown(model, whole), rtol=1e-3, atol=1e-4)


def test_padding_is_not_read(model: Qwen2ForCausalLM, ids: torch.Tensor, wanted: torch.Tensor) -> None:
    wanted[:, 30:] = False
    padded = ids.clone()
    padded[:, 30:] = PAD

    torch.testing.assert_close(states_at(model, padded, wanted), states_at(model, ids, wanted))
