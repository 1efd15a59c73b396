"""What the channels ask for. These are constants of the project: no recipe, option or environment changes them.

From spec/product.md (phase 1 and the six layers) and the channels of issue 2. Shares are 0..1, scores 1..5.
"""

PRODUCTION_VALID_JSON = 0.95  # more than
PRODUCTION_ACTION = 0.90  # more than
PRODUCTION_PASS_RATE = 0.80  # more than
PRODUCTION_WARMTH = 3.5  # more than
PRODUCTION_BREVITY = 3.5  # more than

BETA_ACTION = 0.90  # at least, on unseen phrasings, the model's own
BETA_PASS_RATE = 0.80  # at least

DEV_VALID_JSON = 1.0  # with the grammar
DEV_RED_FLAGS = 1.0  # after post-processing

PARITY_AGREEMENT = {"f16": 0.98, "quantized": 0.90}  # share of greedy answers equal to the merged model's, at least
PARITY_TOKENIZATION_DIFFERENCES = 0
