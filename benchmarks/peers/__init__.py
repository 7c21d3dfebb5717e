"""Wenbao beside what a user would build himself of the libraries that he would find."""
