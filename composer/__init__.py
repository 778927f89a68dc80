"""SAYING: write a message, see it, keep it."""

# Whoever speaks the vocabulary has every kind at hand, though the vocabulary imports none.
import composer.kinds  # noqa: F401
