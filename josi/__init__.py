"""The assistant itself and its rules: what an app developer ports. No I/O, no clock, no network."""
