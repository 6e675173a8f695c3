"""`guiju release`: build, sign, publish and verify one sealed file of rules."""

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from guiju.commands.terminal.options import AddRules, Color, Lang
from guiju.commands.terminal.tongue import say

__all__ = ["release"]

Action: TypeAlias = Annotated[
    str, typer.Argument(metavar="build|sign|publish|verify", help=say("做什么", "what to do"), show_default=False)
]
Paths: TypeAlias = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar=say("路径…", "PATH…"),
        help=say("build：规则（默认随附）；其余：.gjr 文件", "build: the rules (default: the shipped ones); else the .gjr file"),
        show_default=False,
    ),
]
Output: TypeAlias = Annotated[
    Path | None, typer.Option("-o", "--output", metavar=say("文件", "FILE"), help=say("写到哪里", "where to write"))
]
Previous: TypeAlias = Annotated[
    Path | None,
    typer.Option("--previous", metavar="X.gjr", help=say("上一次发布，版本号由此推算", "the release before, which gives the version")),
]
Key: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--key", metavar="PEM", help=say("sign：私钥；verify：发布者的公钥", "sign: a private key; verify: the publisher's public key")
    ),
]
To: TypeAlias = Annotated[
    Path | None, typer.Option("--to", metavar=say("文件夹", "FOLDER"), help=say("publish：发布仓库", "publish: the repository"))
]
Keys: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--keys",
        metavar=say("文件夹", "FOLDER"),
        help=say("publish：离线保存的角色私钥", "publish: the private keys of the roles, kept off line"),
    ),
]
NewKeys: TypeAlias = Annotated[
    bool, typer.Option("--new-keys", help=say("publish：先在 --keys 里生成私钥", "publish: make the keys in --keys first"))
]
Days: TypeAlias = Annotated[int | None, typer.Option("--days", help=say("publish：多少天后过期", "publish: expires after so many days"))]
Day: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="YYYY-MM-DD", help=say("build：证明哪一天（默认：今天）", "build: the day that is proved (default: today)")
    ),
]
Corpus: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--impact-on", metavar=say("材料", "CORPUS"), help=say("build：连同对这些材料的影响", "build: with the impact on this material")
    ),
]


def release(
    action: Action,
    paths: Paths = None,
    add_rules: AddRules = None,
    output: Output = None,
    previous: Previous = None,
    key: Key = None,
    to: To = None,
    keys: Keys = None,
    new_keys: NewKeys = False,
    days: Days = None,
    as_of: Day = None,
    impact_on: Corpus = None,
    lang: Lang = None,
    color: Color = None,
) -> None:
    """Publish rules."""
    from guiju.commands.publisher.run_release import ReleaseOptions, run_release
    from guiju.commands.shared.question import day_of

    if action not in ("build", "sign", "publish", "verify"):
        raise typer.BadParameter(say("只有 build、sign、publish、verify", "it is build, sign, publish or verify"), param_hint="ACTION")
    options = ReleaseOptions(
        action=action,
        paths=tuple(paths or ()),
        add_rules=tuple(add_rules or ()),
        output=output,
        previous=previous,
        key=key,
        to=to,
        keys=keys,
        new_keys=new_keys,
        days=days,
        as_of=day_of(as_of),
        impact_on=tuple(impact_on or ()),
        color=color,
    )
    raise typer.Exit(run_release(options))
