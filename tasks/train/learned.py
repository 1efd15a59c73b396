"""A model's final states, computed where something is learned only.

Only answers carry loss, one token in six: the last layer needs its queries and its feed-forward network nowhere else.
A third of the time of the base's training goes with them; loss and gradient stay those of transformers' own pass.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch
    from transformers import Qwen2ForCausalLM


def states_at(model: "Qwen2ForCausalLM", ids: "torch.Tensor", wanted: "torch.Tensor") -> "torch.Tensor":
    """Final hidden states, (count, hidden), of the tokens where `wanted`, (rows, width), is true, row after row.

    `ids`, (rows, width), are padded on the right: attention is causal, so that no token sees padding and no mask is
    needed.
    """
    import torch
    from torch.nn.functional import scaled_dot_product_attention
    from transformers.models.qwen2.modeling_qwen2 import apply_rotary_pos_emb

    *early, last = model.model.layers
    places = torch.arange(ids.shape[1])
    states = model.model.embed_tokens(ids)
    turns = model.model.rotary_emb(states, places[None])
    for layer in early:
        states = layer(states, attention_mask=None, position_embeddings=turns)

    attention, normed = last.self_attn, last.input_layernorm(states)
    queries, keys, values = (
        project(normed).unflatten(-1, (-1, attention.head_dim)).transpose(1, 2)
        for project in (attention.q_proj, attention.k_proj, attention.v_proj)
    )
    queries, keys = apply_rotary_pos_emb(queries, keys, *turns)
    # Of each row the wanted places first, then others until all rows have as many: those are dropped again.
    count = int(wanted.sum(dim=1).max())
    asked = torch.argsort(wanted.int(), dim=1, descending=True, stable=True)[:, :count]
    real = wanted.gather(1, asked)
    attended = scaled_dot_product_attention(
        queries.gather(2, asked[:, None, :, None].expand(-1, queries.shape[1], -1, queries.shape[3])),
        keys.repeat_interleave(attention.num_key_value_groups, dim=1),
        values.repeat_interleave(attention.num_key_value_groups, dim=1),
        attn_mask=asked[:, None, :, None] >= places,
    )
    states = states[wanted] + attention.o_proj(attended.transpose(1, 2).flatten(2)[real])
    states = states + last.mlp(last.post_attention_layernorm(states))
    found: torch.Tensor = model.model.norm(states)
    return found
