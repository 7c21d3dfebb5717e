"""The library as tools and resources that assistants call (Model Context Protocol)."""
