"""Damaged copies of a report: what is lost of its structure, and of the answers to its questions."""
