"""The commands `wenbao people`: who may come in, by the page and by the HTTP interface."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from indexer.command_line import Directory, new_app, print_json, say
from indexer.location import default_index_directory
from indexer.people.accounts import Accounts, Role

people_app = new_app("谁能用应用和 HTTP 接口。Who may use the app and the HTTP interface.")
Name = Annotated[str, typer.Argument(help="名称 The name")]
Email = Annotated[
    str | None,
    typer.Option("--email", help="单点登录（OpenID Connect）时的邮箱 The address told by OpenID Connect"),
]
Password = Annotated[
    bool,
    typer.Option("--password", help="问密码（不是终端时从标准输入读一行）Ask for a password, or read a line of standard input"),
]  # fmt: skip
Token = Annotated[
    bool, typer.Option("--token", help="给一个新令牌，只显示这一次 Make a token; it is shown this once")
]


@people_app.command("add")
def add_person(
    name: Name,
    role: Annotated[
        Role, typer.Option("--role", help="reader 只能读，editor 也能改 What it may do")
    ] = Role.READER,
    email: Email = None,
    password: Password = False,
    token: Token = False,
    index: Directory = None,
) -> None:
    """添加一个人或程序；不写 --email、--password 就给令牌。Add somebody; without --email and --password a token is made."""
    token = token or not (email or password)
    made = Accounts(index or default_index_directory()).add(
        name, role, password=_asked(password), email=email, token=token
    )
    say(made if made is not None else f"已添加 {name}（{role.value}）")


@people_app.command("set")
def set_person(
    name: Name,
    role: Annotated[Role | None, typer.Option("--role", help="reader 或 editor", show_default=False)] = None,
    email: Email = None,
    password: Password = False,
    token: Token = False,
    index: Directory = None,
) -> None:
    """改角色、邮箱、密码或令牌，没写的不动。Change a role, an address, a password or a token; the rest stays."""
    made = Accounts(index or default_index_directory()).set(
        name, role=role, password=_asked(password), email=email, token=token
    )
    say(made if made is not None else f"已更改 {name}")


@people_app.command("list")
def list_people(index: Directory = None) -> None:
    """列出名称、角色、怎样进来，每行一个 JSON。List names, roles and ways in, a line of JSON each."""
    for one in Accounts(index or default_index_directory()).all():
        print_json(
            {"name": one.name, "role": one.role, "ways": one.ways, "email": one.email, "added": one.added}
        )


@people_app.command("remove")
def remove_person(name: Name, index: Directory = None) -> None:
    """移除，立即失效。Remove somebody, who comes in no more from then on."""
    Accounts(index or default_index_directory()).remove(name)
    say(f"已移除 {name}")


def _asked(wanted: bool) -> str | None:
    if not wanted:
        return None
    if sys.stdin.isatty():
        return str(typer.prompt("密码 Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")
