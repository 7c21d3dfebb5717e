"""A quotation to copy, in the forms in which people cite: one click copies, and the button says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal
from urllib.parse import unquote

import streamlit as st

from answers.references import FORMS, CitationForm, QuotedSpan, in_form
from indexer.report.report import Report
from views.shared.wording import SharedWording

_ROW = 52  # pixels
_HTML = "<div class='wb-copies'></div><span class='wb-copied' role='status'></span>"
_CSS = """
.wb-copies { display: grid; grid-auto-rows: 42px; gap: 10px; font-family: var(--st-font); color: var(--st-text-color); }
.wb-copy { display: grid; grid-template-columns: 1fr auto; gap: .1rem .7rem; align-items: center; min-width: 0; }
.wb-copy b { font-size: .88rem; font-weight: 600; }
.wb-copy span { grid-column: 1; font-size: .85rem; line-height: 1.45; opacity: .76; overflow: hidden; display: -webkit-box;
  -webkit-box-orient: vertical; -webkit-line-clamp: 1; overflow-wrap: anywhere; }
.wb-copy button { grid-column: 2; grid-row: 1 / span 2; }
.wb-copies button { font: inherit; font-size: .9rem; color: inherit; cursor: pointer; white-space: nowrap; min-height: 40px;
  padding: .25rem .75rem; border-radius: .5rem; background: var(--st-background-color);
  border: 1px solid var(--st-border-color, #d1d5db); }
.wb-copies button::before { content: ''; display: inline-block; width: .62rem; height: .72rem; margin-right: .5rem;
  border: 1.5px solid; border-radius: 2px; box-shadow: 3px -3px 0 -1px var(--st-background-color), 3px -3px 0 0 currentColor;
  vertical-align: -1px; }
.wb-copies button.wb-done::before { border-width: 0 2px 2px 0; border-radius: 0; box-shadow: none; width: .4rem; height: .75rem;
  transform: rotate(42deg); vertical-align: 1px; }
.wb-copies button:hover { border-color: var(--st-primary-color); color: var(--st-primary-color); }
.wb-copies button.wb-done { color: #15803d; border-color: currentColor; }
@media (prefers-color-scheme: dark) { .wb-copies button.wb-done { color: #4ade80; } }
.wb-copies button:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 1px; }
.wb-copied { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
"""
# Text reaches the page through textContent alone. Without https a browser gives no clipboard: the old way still copies.
_JS = """
export default function(component) {
  const { data, parentElement } = component;
  const list = parentElement.querySelector('.wb-copies'), told = parentElement.querySelector('.wb-copied');
  if (!list || list.dataset.shown === JSON.stringify(data)) return;
  list.dataset.shown = JSON.stringify(data);
  const old = (text) => {
    const area = document.createElement('textarea');
    area.value = text;
    area.style.cssText = 'position:fixed;top:0;opacity:0';
    list.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  };
  const copy = async (text) => {
    try { await navigator.clipboard.writeText(text); return true; } catch { return old(text); }
  };
  const button = (one) => {
    const made = document.createElement('button');
    made.type = 'button';
    made.textContent = one.label;
    if (one.label !== one.name) made.setAttribute('aria-label', `${one.label} ${one.name}`);
    made.onclick = async () => {
      made.style.minWidth = `${made.offsetWidth}px`;
      const done = await copy(one.text);
      made.focus({ preventScroll: true });
      made.classList.toggle('wb-done', done);
      made.textContent = told.textContent = done ? data.copied : data.failed;
      clearTimeout(made.wbWait);
      made.wbWait = setTimeout(() => {
        made.classList.remove('wb-done'); made.textContent = one.label; told.textContent = '';
      }, 4000);
    };
    return made;
  };
  list.replaceChildren(...data.copies.map((one) => {
    if (!one.shown) return button(one);
    const row = document.createElement('div'), name = document.createElement('b'), words = document.createElement('span');
    row.className = 'wb-copy';
    name.textContent = one.name;
    words.textContent = words.title = one.shown;
    row.append(name, button(one), words);
    return row;
  }));
}
"""


@dataclass(frozen=True, slots=True)
class Copy:
    """Something to copy: what it is called, what its button says, the text, and what of it is shown; nothing for a button alone."""

    name: str
    label: str
    text: str
    shown: str = ""


def draw_citations(
    quoted: QuotedSpan, report: Report, link: str, words: SharedWording, *, key: str, link_name: str = ""
) -> None:
    """Draw every form in which a quotation is cited, the short one first, each with its button.

    `link` opens the quotation; with `link_name` it is also offered by itself.
    """
    forms = [
        _listed(name.words(words.language), in_form(form, quoted, report, link, words.language), words)
        for form, name in FORMS.items()
    ]
    _draw([*forms, *([_listed(link_name, link, words)] if link_name else [])], words, key)


def copy_link(link: str, name: str, words: SharedWording, *, key: str) -> None:
    """Draw a link with its button."""
    _draw([_listed(name, link, words)], words, key)


def copy_citation(quoted: QuotedSpan, report: Report, words: SharedWording, *, key: str) -> None:
    """Draw a button alone, which copies the short form of a quotation."""
    text = in_form(CitationForm.SHORT, quoted, report, "", words.language)
    _draw([Copy(words.copy_citation, words.copy_citation, text)], words, key, width="content")


def _listed(name: str, text: str, words: SharedWording) -> Copy:
    # What is copied has its link in signs that every program knows as one; people read its words.
    return Copy(name, words.copy, text, unquote(text))


def _draw(
    copies: Sequence[Copy], words: SharedWording, key: str, width: Literal["stretch", "content"] = "stretch"
) -> None:
    component = st.components.v2.component("wenbao_copy", html=_HTML, css=_CSS, js=_JS, isolate_styles=False)
    data = {
        "copies": [asdict(one) for one in copies],
        "copied": words.copied,
        "failed": words.not_copied,
    }
    # What unfolds is as high as it will be from the first, so that it is laid where there is room.
    height: int | Literal["content"] = sum(_ROW for one in copies if one.shown) or "content"
    component(key=key, data=data, width=width, height=height)
