// Finds what was searched for in the code of the pages, line by line, and helps where nothing is
// found. Sphinx's own search looks through the text and shows its results in #search-results.
"use strict";
{
  const FIRST_PAGES = 6, LINES_SHOWN = 3;
  const query = new URLSearchParams(location.search).get("q")?.trim() ?? "";
  const results = document.getElementById("search-results");
  const isOneName = query !== "" && !/\s/.test(query);
  const isCode = /[._()[\]=]|\p{Ll}\p{Lu}/u.test(query);
  const root = document.documentElement.dataset.content_root;

  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  // A whole name, called where a parenthesis says so; else whatever begins like it.
  const patterns = () => {
    const name = query.replace(/\(\)?$/, "");
    const text = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const flags = /\p{Lu}/u.test(name) ? "u" : "iu";
    const end = query === name ? "(?![\\p{L}\\p{N}_])" : "(?=\\()";
    return [`${text}${end}`, text].map((one) => new RegExp(`(?<![\\p{L}\\p{N}_])${one}`, flags));
  };

  const matches = (pages, pattern) => pages.map(([address, title, sections]) => {
    const lines = sections.flatMap(([anchor, section, code]) => code.split("\n")
      .filter((line) => pattern.test(line)).map((line) => ({ anchor, section, line })));
    lines.sort((a, b) => /^(from|import) /.test(a.line) - /^(from|import) /.test(b.line));
    return { address, title, lines };
  }).filter((page) => page.lines.length).sort((a, b) => b.lines.length - a.lines.length);

  const marked = (line, pattern) => {
    const { 0: found, index } = pattern.exec(line);
    const mark = make("mark", { textContent: found });
    return make("code", {}, line.slice(0, index), mark, line.slice(index + found.length));
  };

  const item = (page, pattern) => {
    const seen = new Set();
    const lines = page.lines.filter(({ line }) => !seen.has(line) && seen.add(line));
    const shown = lines.slice(0, LINES_SHOWN).map(({ anchor, section, line }) => make("li", {},
      make("a", { href: `${root}${page.address}#${anchor}` }, marked(line, pattern),
        make("span", { textContent: section }))));
    return make("li", {}, make("a", { href: root + page.address, textContent: page.title }),
      ` (${page.lines.length} ${page.lines.length === 1 ? "line" : "lines"})`,
      make("ul", {}, ...shown));
  };

  const show = (pages, pattern) => {
    const list = (some) => make("ul", {}, ...some.map((page) => item(page, pattern)));
    const section = make("section", { className: "code-results" },
      make("h2", { textContent: "In the code" }), list(pages.slice(0, FIRST_PAGES)));
    const others = pages.slice(FIRST_PAGES);
    if (others.length) {
      const words = `${others.length} more ${others.length === 1 ? "page" : "pages"}`;
      section.append(make("details", {}, make("summary", { textContent: words }), list(others)));
    }
    results[isCode ? "before" : "after"](section);
  };

  // The fewest letters to change, add or take away.
  const distance = (a, b) => {
    let row = [...Array(b.length + 1).keys()];
    for (let i = 1; i <= a.length; i++) {
      const next = [i];
      for (let j = 1; j <= b.length; j++) {
        const swap = row[j - 1] + (a[i - 1] !== b[j - 1]);
        next.push(Math.min(row[j] + 1, next[j - 1] + 1, swap));
      }
      row = next;
    }
    return row[b.length];
  };

  const similar = (pages) => {
    const text = pages.flatMap(([, title, sections]) => [title, ...sections.flat()]).join(" ");
    const names = [...new Set(text.match(/[\p{L}_][\p{L}\p{N}_]{3,}/gu))];
    const wanted = query.replace(/\W+$/, "").split(".").pop().toLowerCase();
    const most = wanted.length < 6 ? 1 : 2;
    return names.map((name) => [distance(wanted, name.toLowerCase()), name])
      .filter(([far]) => far <= most).sort((a, b) => a[0] - b[0]).slice(0, 3)
      .map(([, name]) => name);
  };

  const searchFor = (words) => make("a", {
    href: `?q=${encodeURIComponent(words)}`, textContent: words });
  const linked = (sentence, words) => make("li", {}, sentence,
    ...words.flatMap((word, i) => (i ? [", ", searchFor(word)] : [searchFor(word)])));

  const help = (pages, foundInCode) => {
    const summary = results.querySelector(".search-summary");
    if (foundInCode) {
      summary.textContent = "The text of no page has it, only the code does.";
      return;
    }
    summary.textContent = `No page has “${query}”, neither in its text nor in its code.`;
    const ways = make("ul", { className: "search-help" });
    const near = similar(pages), words = query.split(/\s+/);
    if (near.length) ways.append(linked("Something like it is there: ", near));
    if (words.length > 1) {
      ways.append(linked("A page must have all of the words. Search for one: ", words));
    }
    ways.append(make("li", {}, "All names of the packages stand in the ",
      make("a", { href: `${root}genindex.html`, textContent: "index" }), "."));
    ways.append(make("li", {}, "The menu lists all pages, and a shorter word finds more."));
    summary.after(ways);
  };

  const finished = () => new Promise((resolve) => {
    const look = () => results.querySelector(".search-summary")?.textContent && resolve();
    new MutationObserver(look).observe(results, { childList: true, subtree: true });
    look();
  });

  if (query) {
    fetch(`${root}_static/livebook/code-lines.json`).then((answer) => answer.json())
      .then(async (pages) => {
        let found = [];
        for (const pattern of isOneName ? patterns() : []) {
          found = matches(pages, pattern);
          if (found.length) {
            show(found, pattern);
            break;
          }
        }
        await finished();
        if (!results.querySelector("ul.search li")) help(pages, found.length > 0);
      });
  }
}
