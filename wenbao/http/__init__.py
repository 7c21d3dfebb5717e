"""The library over HTTP: a thin door for other programs onto `wenbao`."""
