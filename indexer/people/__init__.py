"""What people are and said: who may come in, and what they kept, changed and judged; nothing of it is derived."""
