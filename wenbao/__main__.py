"""`python -m wenbao`: the same as the command `wenbao`."""

from __future__ import annotations

from wenbao.command import main

if __name__ == "__main__":
    main()
