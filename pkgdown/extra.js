// What the pages need beside bootstrap: a search that also works from a file, and buttons that copy code.
// The index is a script, search.js, since a page that was opened as a file may load no other kind.
(() => {
  "use strict";

  const MOST = 20, MOST_OF_A_PAGE = 3;

  const score = (page, words) => {
    const title = page.title.toLowerCase();
    const heading = page.heading.toLowerCase();
    const text = page.text.toLowerCase();
    let sum = 0;
    for (const word of words) {
      if (title.includes(word)) sum += title.split(/[^\w.]+/).includes(word) ? 12 : 8;
      else if (heading.includes(word)) sum += 6;
      else if (text.includes(word)) sum += 1;
      else return 0;
    }
    return sum + (page.heading ? 0 : 3);
  };

  const excerpt = (text, word) => {
    const at = Math.max(0, text.toLowerCase().indexOf(word) - 40);
    return (at ? "…" : "") + text.slice(at, at + 110) + "…";
  };

  const entry = (page, words, base) => {
    const link = document.createElement("a");
    link.href = base + page.url;
    link.append(Object.assign(document.createElement("b"), {
      textContent: page.title + (page.heading ? " › " + page.heading : "")
    }), Object.assign(document.createElement("span"), { textContent: excerpt(page.text, words[0]) }));
    return link;
  };

  const show = (found, query, base) => {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    found.replaceChildren();
    if (query.trim().length < 2 || !window.searchIndex) return;
    const count = {};
    const pages = window.searchIndex.map(page => [score(page, words), page])
      .filter(([points]) => points > 0).sort((a, b) => b[0] - a[0])
      .filter(([, page]) => (count[page.title] = (count[page.title] ?? 0) + 1) <= MOST_OF_A_PAGE).slice(0, MOST);
    found.append(...pages.map(([, page]) => entry(page, words, base)));
    if (!pages.length) found.append("Nothing found.");
  };

  const startSearch = input => {
    const base = input.dataset.searchIndex.replace("search.json", "");
    const found = Object.assign(document.createElement("div"), { id: "search-found" });
    input.setAttribute("aria-label", "Search");
    input.after(found);
    input.form?.addEventListener("submit", event => {
      event.preventDefault();
      found.querySelector("a")?.click();
    });
    input.addEventListener("focus", () => {
      if (document.getElementById("search-index")) return;
      const index = Object.assign(document.createElement("script"), {
        id: "search-index", src: base + "search.js", onload: () => show(found, input.value, base + "../")
      });
      document.head.append(index);
    });
    input.addEventListener("input", () => show(found, input.value, base + "../"));
    document.addEventListener("keydown", event => {
      if (event.key === "Escape") { input.value = ""; found.replaceChildren(); }
    });
    document.addEventListener("click", event => {
      if (!input.parentNode.contains(event.target)) found.replaceChildren();
    });
  };

  const addCopyButton = block => {
    const button = Object.assign(document.createElement("button"), {
      type: "button", className: "copy", textContent: "Copy"
    });
    button.addEventListener("click", async () => {
      const lines = block.querySelector("pre").textContent.split("\n");
      await navigator.clipboard.writeText(lines.filter(line => !line.startsWith("#>")).join("\n"));
      button.textContent = "Copied";
      setTimeout(() => { button.textContent = "Copy"; }, 1500);
    });
    block.append(button);
  };

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("#search-input").forEach(startSearch);
    if (navigator.clipboard) document.querySelectorAll("div.sourceCode").forEach(addCopyButton);
  });
})();
