"""`addsup docs` (hidden): pages and reports made from rule files and samples, written or compared, in a checkout."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from audit.cli.output import save, say
from audit.errors import ConfigError
from audit.rulefiles import home, load_packs, own_packs

if TYPE_CHECKING:
    from pathlib import Path


def docs(
    check: Annotated[bool, typer.Option("--check", help="Compare and fail when a page differs.")] = False,
    write: Annotated[bool, typer.Option("--write", help="Write the pages that differ.")] = False,
) -> int:
    """Write or compare what is made from the rule files and the samples."""
    if check == write:
        raise ConfigError("say what to do: --check or --write")
    from audit.cli.samples import same, samples  # noqa: PLC0415 (not on the way to a check)

    made = [(path, page.encode()) for path, page in pages()]
    made += samples(home().parent)
    stale = [(path, page) for path, page in made if not same(_bytes(path), page)]
    for path, page in stale:
        if write:
            save(str(path), page)
        said = "written" if write else "differs from what is made today; run `addsup docs --write`"
        say(f"{path.relative_to(home().parent)}: {said}")
    return int(check and bool(stale))


def pages() -> list[tuple[Path, str]]:
    """Return every page that is made from the rules, as it must read."""
    from audit.cli.samples import front_page  # noqa: PLC0415
    from audit.manual import pack_page, packs_page, rule_table, with_block  # noqa: PLC0415 (not on the way to a check)

    root = home()
    if root.name != "rules":
        raise ConfigError("the pages are made in a checkout, not in an installed package")
    packs = load_packs(own_packs(), examples=True)
    made = [(root / "README.md", packs_page(packs))]
    made += [(root / pack.name / "README.md", pack_page(pack)) for pack in packs]
    front = root.parent / "README.md"
    if front.is_file():
        page = with_block(_text(front), "rules", rule_table(packs, link="rules/"))
        made.append((front, front_page(root.parent, page)))
    return made


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""
