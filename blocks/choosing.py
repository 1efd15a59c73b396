"""Decoding under a grammar without masking the vocabulary at every token. Imported only where a model is loaded.

llama-cpp-python asks the grammar about all tokens of the vocabulary before it picks one. Here the token is picked
first, as the settings say (greedy, or top-k, top-p, min-p, temperature, then a draw), and the grammar is asked about
that one alone. Only when it refuses is the vocabulary masked and a token picked again, by the same settings, from what
is left. That is what llama.cpp's own programs do (`common_sampler_sample` in its common/sampling.cpp: "grammar-based
rejection sampling"; "resampling").

Greedy answers are those of full masking: the best of all tokens, where it is allowed, is the best of the allowed ones.
With a temperature, a refused draw is drawn anew from the allowed tokens. Without top-k, top-p and min-p that is the
same distribution as masking first: p(x) + p(refused) p(x) / p(allowed) = p(x) / p(allowed). With them the first draw is
from the best of all tokens and the second from the best of the allowed ones. Nothing that the grammar refuses is ever
said. Each draw takes one random number: a seed gives the same text again, but not the one that masking first gave.
"""

import ctypes
from functools import cached_property
from typing import Any

import llama_cpp
import numpy as np
from numpy.typing import NDArray

from blocks.gbnf import allows, grammar_sampler
from josi.errors import ExportError

Ids = NDArray[np.int32]

_TOKEN_DATA = np.dtype([("id", np.int32), ("logit", np.float32), ("p", np.float32)])  # llama_token_data in llama.h


class ChoosingLlama(llama_cpp.Llama):  # type: ignore[misc]  # the library has no types
    """llama-cpp-python's Llama with another way to hold a grammar; without one nothing is different."""

    @cached_property
    def tokens(self) -> "Tokens":
        return Tokens(self._model, self.n_vocab())

    def _init_sampler(self, *args: Any, grammar: Any = None, **settings: Any) -> Any:
        chain = super()._init_sampler(*args, grammar=None, **settings)
        if grammar is None:
            return chain
        return ChooseThenCheck(chain, grammar_sampler(self._model.vocab, grammar._grammar), self)


class ChooseThenCheck:
    """Stands where llama-cpp-python has its sampler: one token at each call. `refused` counts second choices."""

    def __init__(self, chain: Any, grammar: Any, llama: ChoosingLlama) -> None:
        self._chain, self._grammar, self._llama = chain, grammar, llama
        self.refused = 0

    def sample(self, context: Any, place: int = -1) -> int:
        """The next token. Raises ExportError where no token of this vocabulary can go on."""
        token = int(self._chain.sample(context, place))
        if not allows(self._grammar, token):
            self.refused += 1
            token = self._choose_again(context, place)
            llama_cpp.llama_sampler_accept(self._chain.sampler, token)
        llama_cpp.llama_sampler_accept(self._grammar, token)
        return token

    def _choose_again(self, context: Any, place: int) -> int:
        """From the allowed tokens, with their scores as the model gave them.

        The chain has taken note of the refused token. Of its samplers only penalties look back, and ours are off.
        """
        ids = self._llama.tokens.allowed(self._grammar)
        if not ids.size:
            raise ExportError("no token of this model can go on with the grammar.", "Look at the grammar's characters.")
        raw = llama_cpp.llama_get_logits_ith(context.ctx, place)
        _data, array = _candidates(ids, np.ctypeslib.as_array(raw, shape=(self._llama.n_vocab(),))[ids])
        llama_cpp.llama_sampler_apply(self._chain.sampler, ctypes.byref(array))
        return int(array.data[array.selected].id)

    def close(self) -> None:
        if self._grammar is not None:
            llama_cpp.llama_sampler_free(self._grammar)
            self._grammar = None
        self._chain.close()

    def __del__(self) -> None:
        self.close()


class Tokens:
    """A vocabulary by first characters: a character that may not come rules out every token that begins with it.

    In most places of a JSON text one or two characters may come; then a few hundred tokens are looked at, not 150,000.
    """

    def __init__(self, model: Any, count: int) -> None:
        groups: dict[str, list[int]] = {}
        alone: dict[str, int] = {}
        looked_at: list[int] = []  # always: ends of a text, and parts of a character
        for token in range(count):
            piece = bytes(model.token_to_piece(token, special=True))
            first = _first_character(piece)
            if first is None or llama_cpp.llama_vocab_is_eog(model.vocab, token):
                looked_at.append(token)
                continue
            groups.setdefault(first, []).append(token)
            if piece == first.encode():
                alone[first] = token
        for first in [first for first in groups if first not in alone]:
            looked_at += groups.pop(first)
        self._alone = np.array([alone[first] for first in groups], np.int32)
        self._groups = [np.array(ids, np.int32) for ids in groups.values()]
        self._looked_at = np.array(looked_at, np.int32)

    def allowed(self, grammar: Any) -> Ids:
        """The tokens that may come next, in the order of their ids."""
        begins = _may_come(grammar, self._alone)
        open_groups = [group for group, may in zip(self._groups, begins, strict=True) if may]
        ids = np.sort(np.concatenate([self._looked_at, *open_groups]))
        return np.asarray(ids[_may_come(grammar, ids)], np.int32)


def _may_come(grammar: Any, ids: Ids) -> NDArray[np.bool_]:
    data, array = _candidates(ids, np.zeros(len(ids), np.float32))
    llama_cpp.llama_sampler_apply(grammar, ctypes.byref(array))
    return np.asarray(np.isfinite(data["logit"]), np.bool_)


def _candidates(ids: Ids, logits: NDArray[np.float32]) -> tuple[NDArray[Any], Any]:
    """llama.cpp's array of candidates over memory of ours: samplers sort it and change it in place."""
    data = np.empty(len(ids), _TOKEN_DATA)
    data["id"], data["logit"], data["p"] = ids, logits, 0
    pointer = data.ctypes.data_as(llama_cpp.llama_token_data_p)
    return data, llama_cpp.llama_token_data_array(pointer, len(ids), -1, False)


def _first_character(piece: bytes) -> str | None:
    """None where a token begins within a character, or is empty."""
    for size in range(1, min(4, len(piece)) + 1):
        try:
            return piece[:size].decode()
        except UnicodeDecodeError:
            continue
    return None
