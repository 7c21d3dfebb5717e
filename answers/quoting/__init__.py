"""A language model of the user's own that may only quote: what it says is proven against the reports, or struck out."""
