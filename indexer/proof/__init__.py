"""Whether an index is what was written, and what makes it so again."""
