"""The pane beside the answer: a section or the whole report, scrolled to the highlight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal

import streamlit as st

from indexer.report.records import SectionKind
from indexer.report.report import Report
from indexer.text.span import Span
from views.shared.markup import Block

Look = Literal["answer", "many", "near"]

_CSS = """
.wb-pane { height: 34rem; overflow-y: auto; position: relative; padding: .4rem .9rem;
  border: 1px solid var(--st-border-color, #d1d5db); border-radius: .5rem;
  line-height: 1.9; font-family: var(--st-font); color: var(--st-text-color); }
.wb-pane p { margin: 0 0 .7rem 0; white-space: pre-wrap; }
.wb-pane .wb-n { float: left; width: 2.4rem; margin-left: -.4rem; opacity: .7; font-size: .75rem;
  user-select: none; }
.wb-pane b { font-weight: 650; }
.wb-pane mark { background: #ffe08a; color: #111; padding: .05rem .1rem; border-radius: .2rem; }
.wb-pane.wb-near mark { background: color-mix(in srgb, var(--st-text-color) 9%, transparent); color: inherit; }
.wb-pane.wb-many mark::before { content: attr(data-mark); color: #c8102e; font-weight: 700; font-size: .75em;
  margin-right: .15rem; }
"""
# Text reaches the page through textContent alone, so nothing in a report can be markup.
_JS = """
export default function(component) {
  const { data, parentElement } = component;
  const pane = parentElement.querySelector('.wb-pane');
  if (!pane || pane.dataset.shown === data.key) return;
  pane.dataset.shown = data.key;
  pane.classList.toggle('wb-near', data.look === 'near');
  pane.classList.toggle('wb-many', data.look === 'many');
  pane.replaceChildren();
  for (const block of data.blocks) {
    const p = document.createElement('p');
    const n = document.createElement('span');
    n.className = 'wb-n';
    n.textContent = block.paragraph;
    p.append(n);
    for (const run of block.runs) {
      const tag = run.mark ? 'mark' : (run.heading ? 'b' : 'span');
      const piece = document.createElement(tag);
      piece.textContent = run.text;
      if (run.mark) piece.dataset.mark = run.mark;
      p.append(piece);
    }
    pane.append(p);
  }
  requestAnimationFrame(() => {
    const mark = pane.querySelector('mark');
    pane.scrollTop = mark ? Math.max(0, mark.offsetTop - pane.clientHeight / 3) : 0;
  });
}
"""


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """A passage on the page, which may be opened in the pane, with what to highlight in it, in order of place."""

    passage: Span
    document: str
    section: int
    marks: tuple[Span, ...]


def section_to_read(report: Report, section: int) -> Span:
    """The section to open around a hit: under a topic sentence that is the numbered section above."""
    found = report.sections[section]
    if found.kind is SectionKind.TOPIC and found.parent:
        found = report.sections[found.parent]
    return found.span


def reading_pane(key: str, blocks: Sequence[Block], look: Look, name: str = "reading_pane") -> None:
    """Draw the pane. `key` names what is shown: with another key it scrolls to its highlight anew.

    `name` tells several panes of one page apart.

    `look` is "answer" for one highlight, "many" for numbered ones, and "near" for a passage that is
    near the question but no answer: it is set off in grey, since yellow means the report says so.
    """
    # Registered on every run: Streamlit forgets components that a script run did not define.
    pane = st.components.v2.component(
        "wenbao_reading_pane",
        html="<div class='wb-pane' tabindex='0'></div>",
        css=_CSS,
        js=_JS,
        isolate_styles=False,
    )
    pane(key=name, data={"key": key, "look": look, "blocks": [asdict(block) for block in blocks]})
