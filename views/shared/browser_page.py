"""What only a script in the browser can do: the language of the page, Streamlit's own words, the menu on a phone."""

from __future__ import annotations

import streamlit as st

from embeddings.language import Language

# What Streamlit says by itself, in English in every language; a test in a browser looks for what is left of it.
OWN_WORDS = {
    "Press Enter to submit form": "按回车提交",
    "Press Enter to apply": "按回车生效",
    "No results": "没有匹配的选项",
    "Choose options": "请选择",
    "Choose an option": "请选择",
    "Select all": "全选",
    "Upload": "选择文件",
    "Selectbox options": "选项",
    "Clear value": "清除",
    "Clear all": "全部清除",
    "Selected values": "已选的",
    "Open": "打开",
    "Main menu": "主菜单",
    "Copy to clipboard": "复制",
    "Show/hide columns": "显示或隐藏列",
    "Search": "查找",
    "Fullscreen": "全屏",
    "Close fullscreen": "退出全屏",
    "Page not found": "没有这一页",
    "Close": "关闭",
    "Skip to main content": "跳到正文",
    "App pages": "各页",
    "Help": "说明",
    "Dismiss": "关闭",
    "Show data": "看数据",
    "Download as PNG": "存为图片",
    "Copy Vega-Lite spec": "复制图的定义",
    "Vega visualization": "图",
    "progress": "进度",
    "file upload": "上传文件",
    "Add files": "再选文件",
    "Connection error": "连接断了",
    "Streamlit server is not responding. Are you connected to the internet?": "应用没有回应：可能正在重新启动，也可能网络断了。恢复后会自动接上。",
    "add icon": "加",
    "Increment": "加一",
    "Decrement": "减一",
    "Type to search": "输入要找的词",
    "Clear selection": "取消选择",
    "Previous Result": "上一处",
    "Next Result": "下一处",
    "Close Search": "不找了",
}
# And what it says around a name: as regular expressions of the browser, and what is said instead.
_NO_PAGE = "You have requested page (/.*), but no .*"
_NO_SUCH_PAGE = "The page that you have requested does not seem to exist.*"
_AROUND: dict[Language, dict[str, str]] = {
    "zh": {
        "Help for (.*)": "说明：$1",
        "Remove (.*)": "移除 $1",
        "Add: (.*)": "添加：$1",
        "(.*) per file": "$1 以内",
        "(\\d+) options? available\\.": "$1 个选项",
        "(\\d+) more": "还有 $1 个",
        _NO_PAGE: "没有“$1”这一页，已打开“提问”。",
        _NO_SUCH_PAGE: "地址里写的页不存在，已打开“提问”。",
    },
    "en": {
        _NO_PAGE: "There is no page “$1”; the page Ask is open instead.",
        _NO_SUCH_PAGE: "There is no page of that name; the page Ask is open instead.",
    },
}
_LANGUAGES = {"zh": "zh-CN", "en": "en"}
# Texts are set as text alone. What was said before stays known, for the day when the language is changed.
_JS = """
export default function(component) {
  const { data } = component;
  document.documentElement.lang = data.lang;
  const state = (window.__wenbao ??= { said: new WeakMap(), page: data.page });
  state.data = data;
  const said = (text) => {
    const { words, around } = state.data;
    const bare = text.trim();
    if (bare in words) return words[bare];
    for (const [from, to] of Object.entries(around)) {
      const whole = new RegExp(`^${from}$`, 's');
      if (whole.test(bare)) return bare.replace(whole, to);
    }
    return null;
  };
  const visit = (node) => {
    const before = state.said.get(node);
    const text = before && before.now === node.nodeValue ? before.own : node.nodeValue;
    const now = said(text) ?? text;
    if (now !== node.nodeValue) { state.said.set(node, { own: text, now }); node.nodeValue = now; }
  };
  const sweep = (root) => {
    if (root.nodeType === Node.TEXT_NODE) { visit(root); return; }
    if (root.nodeType !== Node.ELEMENT_NODE || root.closest('.wb-pane, [data-testid="stHtml"]')) return;
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) visit(texts.currentNode);
    for (const one of [root, ...root.querySelectorAll('[aria-label], [title], [placeholder]')])
      for (const name of ['aria-label', 'title', 'placeholder'])
        if (one.getAttributeNode(name)) visit(one.getAttributeNode(name));
  };
  if (!state.watch) {
    state.watch = new MutationObserver((changes) => {
      for (const change of changes) {
        if (change.type === 'characterData') visit(change.target);
        if (change.type === 'attributes') {
          const attribute = change.target.getAttributeNode(change.attributeName);
          if (attribute && !change.target.closest('.wb-pane, [data-testid="stHtml"]')) visit(attribute);
        }
        change.addedNodes.forEach(sweep);
      }
    });
    state.watch.observe(document.body, { childList: true, subtree: true, characterData: true,
      attributeFilter: ['aria-label', 'title', 'placeholder'] });
  }
  sweep(document.body);
  if (state.page !== data.page) {
    state.page = data.page;
    // On a phone the menu lies over the page that was chosen in it.
    if (window.innerWidth < 768) document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
  }
}
"""


def browser_page(language: Language, page: str) -> None:
    """Tell the browser the language of the page, and which page is drawn."""
    inside = language == "zh"
    component = st.components.v2.component("wenbao_page", html="<span></span>", js=_JS, isolate_styles=False)
    component(
        key="browser_page",
        data={
            "lang": _LANGUAGES[language],
            "page": page,
            "words": OWN_WORDS if inside else {},
            "around": _AROUND[language],
        },
        height=1,
    )
