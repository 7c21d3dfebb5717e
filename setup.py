"""The packages of the wheel; everything else that is to say of it stands in pyproject.toml.

The example reports, app.py and the settings of its server lie in the root of a checkout, where
`streamlit run app.py` finds them. In the wheel they lie inside packages: `indexer/seeds/`, and
`wenbao/page/app.py` with `.streamlit/config.toml` beside it.
"""

from setuptools import find_packages, setup

setup(
    script_name="setup.py",  # told, so that it is not taken for a module of the root
    packages=[
        *find_packages(
            include=[f"{name}*" for name in ("embeddings", "indexer", "answers", "views", "wenbao")]
        ),
        "indexer.seeds",
        "wenbao.page",
    ],
    package_dir={"indexer.seeds": "seeds", "wenbao.page": "."},
)
