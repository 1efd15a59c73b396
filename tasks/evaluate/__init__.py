"""Judging a candidate: the very Q4_K_M files that ship, in llama.cpp, with the grammar and the prompts that ship.

answers (run the models) -> metrics and layers (pure) -> gate (pure) -> report (html, md, json).
"""
