"""What the reading pane is in the browser: its elements, its looks, and the script that fills and moves it."""

from __future__ import annotations

HTML = """
<div class='wb-reader'>
  <div class='wb-tools' role='toolbar'>
    <select class='wb-outline'></select>
    <span class='wb-search'>
      <input class='wb-find' type='search'><span class='wb-count' role='status'></span>
      <button class='wb-former' type='button'>↑</button><button class='wb-next' type='button'>↓</button>
    </span>
    <button class='wb-back' type='button'></button>
    <button class='wb-print' type='button'><svg viewBox='0 0 24 24' aria-hidden='true'><path d='M7 9V3h10v6M7 17H4v-7h16v7h-3M7 14h10v7H7z'/></svg></button>
  </div>
  <div class='wb-body'>
    <div class='wb-pane' tabindex='0' role='region'></div>
    <div class='wb-rail' aria-hidden='true'></div>
  </div>
</div>
"""
CSS = """
.wb-reader { font-family: var(--st-font); color: var(--st-text-color); }
.wb-tools { display: flex; flex-wrap: wrap; gap: .3rem; align-items: center; margin-bottom: .35rem; font-size: .88rem; }
.wb-tools select, .wb-tools input, .wb-tools button { font: inherit; color: inherit; min-height: 2rem;
  background: var(--st-secondary-background-color); border: 1px solid var(--st-border-color, #d1d5db);
  border-radius: .4rem; padding: .1rem .5rem; }
.wb-tools button { cursor: pointer; }
.wb-tools :is(select, input, button):focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 1px; }
.wb-print svg { display: block; width: 1.1rem; height: 1.1rem; fill: none; stroke: currentColor; stroke-width: 1.8; }
.wb-tools select { flex: 1 1 5rem; min-width: 0; max-width: 100%; }
.wb-tools [hidden] { display: none; }
.wb-reader { container-type: inline-size; }
@container (max-width: 26rem) { .wb-search { order: -1; flex-basis: 100% !important; } }
.wb-search { display: inline-flex; gap: .2rem; align-items: center; flex: 1 1 11.4rem; min-width: 0; }
.wb-search input { flex: 1; min-width: 0; width: 7rem; padding-right: .2rem; }
.wb-tools button { padding: .1rem .45rem; }
.wb-count { font-variant-numeric: tabular-nums; white-space: nowrap; }
.wb-body { position: relative; }
.wb-pane { max-height: max(19rem, min(38rem, calc(100vh - 17.5rem))); overflow-y: auto; position: relative;
  padding: .4rem 1.3rem .4rem .9rem; border: 1px solid var(--st-border-color, #d1d5db); border-radius: .5rem;
  line-height: 1.9; box-sizing: border-box; }
.wb-pane:focus-visible { outline: 2px solid var(--st-primary-color); }
.wb-pane p { margin: 0 0 .7rem 0; white-space: pre-wrap; }
.wb-pane .wb-n { float: left; width: 2.4rem; margin-left: -.4rem; opacity: .74; font-size: .75rem;
  user-select: none; }
.wb-pane b { font-weight: 650; }
.wb-pane mark { background: #ffe08a; color: #111; padding: .05rem .1rem; border-radius: .2rem; }
.wb-pane.wb-near mark { background: color-mix(in srgb, var(--st-text-color) 9%, transparent); color: inherit; }
.wb-pane.wb-many mark::before { content: attr(data-mark); color: #a10d24; font-weight: 700; font-size: .75em;
  margin-right: .15rem; }
.wb-rail { position: absolute; top: .3rem; bottom: .3rem; right: .2rem; width: .6rem; pointer-events: none; }
.wb-tick { position: absolute; right: 0; width: .6rem; height: 4px; border-radius: 2px; pointer-events: auto;
  cursor: pointer; background: #64748b; }
.wb-tick.wb-opened { background: #c8102e; }
.wb-tick.wb-sought { background: #2563eb; }
::highlight(wb-found) { background: #bfdbfe; color: #111; }
::highlight(wb-found-now) { background: #2563eb; color: #fff; }
"""
# Text reaches the page through textContent alone, so nothing in a report can be markup.
JS = """
export default function(component) {
  const { data, parentElement } = component;
  const root = parentElement.querySelector('.wb-reader');
  if (!root) return;
  const part = (name) => root.querySelector('.wb-' + name);
  const pane = part('pane'), rail = part('rail'), find = part('find'), words = data.words;
  const state = (root.wbState ??= { found: [], at: -1 });
  const named = (name, label, text) => {
    const one = part(name);
    one.setAttribute('aria-label', label);
    one.title = label;
    if (text) one.textContent = text;
    return one;
  };
  named('tools', words.pane); named('pane', words.pane); named('outline', words.outline);
  named('former', words.former); named('next', words.next);
  named('back', words.back, words.back); named('print', words.print);
  find.placeholder = words.find;
  find.setAttribute('aria-label', words.find);

  const paragraph = (number) => pane.querySelector(`p[data-n="${number}"]`);
  const reach = (top) => { pane.scrollTop = Math.max(0, top - pane.clientHeight / 3); };
  const home = () => { const mark = pane.querySelector('mark'); if (mark) reach(mark.offsetTop); else pane.scrollTop = 0; };
  const topOf = (range) => range.getBoundingClientRect().top - pane.getBoundingClientRect().top + pane.scrollTop;
  const draw = () => {
    rail.replaceChildren();
    const whole = pane.scrollHeight;
    if (whole <= pane.clientHeight) return;
    const tick = (top, kind, title) => {
      const one = document.createElement('div');
      one.className = 'wb-tick ' + kind;
      one.style.top = `${(100 * top) / whole}%`;
      one.title = title;
      one.onclick = () => reach(top);
      rail.append(one);
    };
    for (const number of data.hits) { const p = paragraph(number); if (p) tick(p.offsetTop, '', words.hit); }
    for (const range of state.found.slice(0, 300)) tick(topOf(range), 'wb-sought', words.found);
    for (const mark of pane.querySelectorAll('mark')) tick(mark.offsetTop, 'wb-opened', words.place);
  };
  const paint = () => {
    if (!window.Highlight || !CSS.highlights) return;
    // One registry for the whole page: each pane paints its own.
    const panes = (window.__wenbaoFound ??= new Map());
    panes.set(root, state);
    for (const one of panes.keys()) if (!one.isConnected) panes.delete(one);
    const all = [...panes.values()];
    CSS.highlights.set('wb-found', new Highlight(...all.flatMap((one) => one.found)));
    CSS.highlights.set('wb-found-now', new Highlight(...all.flatMap((one) => one.found[one.at] ?? [])));
  };
  const told = () => {
    part('count').textContent = !find.value.trim() ? ''
      : state.found.length ? `${state.at + 1}/${state.found.length}` : words.none;
  };
  const go = (at) => {
    if (!state.found.length) return;
    state.at = (at + state.found.length) % state.found.length;
    reach(topOf(state.found[state.at]));
    paint(); told();
  };
  const seek = () => {
    state.found = []; state.at = -1;
    const sought = find.value.trim().toLowerCase();
    if (sought) for (const p of pane.children) {
      const walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT,
        (node) => (node.parentElement.className === 'wb-n' ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT));
      const nodes = [];
      let text = '';
      while (walker.nextNode()) { nodes.push([text.length, walker.currentNode]); text += walker.currentNode.nodeValue; }
      const low = text.toLowerCase();
      if (low.length !== text.length) continue;
      const place = (offset, last) => {
        const [start, node] = nodes.findLast(([start]) => (last ? start < offset : start <= offset));
        return [node, offset - start];
      };
      for (let at = low.indexOf(sought); at >= 0; at = low.indexOf(sought, at + sought.length)) {
        const range = document.createRange();
        range.setStart(...place(at, false));
        range.setEnd(...place(at + sought.length, true));
        state.found.push(range);
      }
    }
    paint(); draw(); told();
    if (state.found.length) go(Math.max(0, state.found.findIndex((range) => topOf(range) >= pane.scrollTop)));
  };
  const printed = () => {
    const frame = document.createElement('iframe');
    frame.className = 'wb-printed';
    frame.style.cssText = 'position:fixed;width:0;height:0;border:0';
    frame.setAttribute('aria-hidden', 'true');
    root.querySelector('.wb-printed')?.remove();
    root.append(frame);
    const paper = frame.contentDocument;
    paper.documentElement.lang = document.documentElement.lang;
    paper.title = data.title;
    const style = paper.createElement('style');
    style.textContent = '@page{size:A4;margin:22mm}body{font:12pt/1.8 "Noto Serif CJK SC","Songti SC",SimSun,serif}' +
      'h1{font-size:18pt;text-align:center}p{margin:0 0 .5em;white-space:pre-wrap}' +
      'mark{background:none;text-decoration:underline;text-underline-offset:3px}';
    const head = paper.createElement('h1');
    head.textContent = data.title;
    paper.head.append(style);
    paper.body.append(head);
    for (const p of pane.children) {
      const copy = p.cloneNode(true);
      copy.querySelector('.wb-n')?.remove();
      paper.body.append(paper.adoptNode(copy));
    }
    frame.contentWindow.print();
  };

  const outline = part('outline');
  outline.hidden = !data.headings.length;
  outline.replaceChildren(new Option(words.outline, ''));
  for (const one of data.headings) outline.append(new Option('\\u3000'.repeat(one.depth) + one.text, one.paragraph));
  outline.onchange = () => { const p = paragraph(outline.value); if (p) pane.scrollTop = p.offsetTop - 8; outline.value = ''; };
  find.oninput = () => { clearTimeout(state.wait); state.wait = setTimeout(seek, 150); };
  find.onkeydown = (event) => {
    // The page has shortcuts of its own; what is typed here is none of them.
    event.stopPropagation();
    if (event.key === 'Enter') { event.preventDefault(); go(state.at + (event.shiftKey ? -1 : 1)); }
    if (event.key === 'Escape') { find.value = ''; seek(); }
  };
  part('next').onclick = () => go(state.at + 1);
  part('former').onclick = () => go(state.at - 1);
  part('back').onclick = () => { home(); pane.focus({ preventScroll: true }); };
  part('print').onclick = printed;

  const goes = data.opened && data.opened !== state.opened;
  state.opened = data.opened;
  const fit = () => {
    if (!root.isConnected) { document.removeEventListener('scroll', fit, true); window.removeEventListener('resize', fit); return; }
    const room = window.innerHeight - pane.getBoundingClientRect().top - 20;
    pane.style.maxHeight = window.innerWidth > 640 ? `clamp(17rem, ${Math.round(room)}px, 44rem)` : '';
  };
  if (data.fits && !state.fit) {
    state.fit = true;
    document.addEventListener('scroll', fit, { capture: true, passive: true });
    window.addEventListener('resize', fit);
  }
  const show = () => {
    // What was opened begins with its column, or the group it belongs to: the quotation stands above the pane.
    const column = root.closest('[class*="st-key-opened_"], [data-testid="stColumn"]') ?? root;
    const { top } = column.getBoundingClientRect();
    if (top < 0 || top > window.innerHeight * 0.6) {
      column.style.scrollMarginTop = '4.5rem';
      column.scrollIntoView({ block: 'start' });
    }
  };
  if (pane.dataset.shown === data.key) {
    if (goes) requestAnimationFrame(show);
    return;
  }
  pane.dataset.shown = data.key;
  pane.classList.toggle('wb-near', data.look === 'near');
  pane.classList.toggle('wb-many', data.look === 'many');
  pane.replaceChildren();
  for (const block of data.blocks) {
    const p = document.createElement('p');
    p.dataset.n = block.paragraph;
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
  part('back').hidden = !pane.querySelector('mark');
  requestAnimationFrame(() => {
    if (data.fits) fit();
    // Below the end of a long text there is room, so that a mark at its end stands high up too.
    pane.style.paddingBottom = '';
    if (pane.scrollHeight > pane.clientHeight) pane.style.paddingBottom = `${Math.round(pane.clientHeight * 0.6)}px`;
    home(); draw();
    if (data.opened) show();
    if (find.value.trim()) { const top = pane.scrollTop; seek(); pane.scrollTop = top; }
  });
}
"""
