"""Fuzzing: what is fuzzed, and the full run of it."""
