"""Renders templates; nothing of a seed or a query is ever markup."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from msgspec.structs import replace

from query.output.sanitize import safe
from query.page.asked import Asked
from query.page.exchange import Reply
from query.page.marks import brief
from query.page.static_files import addresses
from query.page.texts import Texts

__all__ = ["render"]

_TEMPLATES = Path(__file__).parent / "templates"


def render(template: str, say: Texts, asked: Asked, *, status: int = 200, **context: Any) -> Reply:
    """Render a template as a whole page; every template has `say`, `asked` and what `base.html` needs."""
    common = {"stale": None, "trouble": "", "path": "/", "names": [], "formats": [], **context}
    html = (
        _templates()
        .get_template(template)
        .render(
            say=say,
            asked=asked,
            plain=Asked(language=asked.language),
            other_language=replace(asked, language=say("other")).url(common["path"]),
            addresses=addresses(),
            **common,
        )
    )
    return Reply(html.encode("utf-8", "replace"), status=status)


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters.update(safe_text=safe, brief=brief)
    return environment
