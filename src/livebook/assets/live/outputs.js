// Shows what a cell prints and gives, in the page.

const MOST_TEXT = 200_000; // characters of one cell's stream; more would stall the page

const make = (tag, className, text = "") => {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.textContent = text;
  return element;
};

let figuresScript;

/** Load the figures' script unless the page has it. */
function figures(folder) {
  if (document.querySelector("script[src*='livebook/figures.js']")) return Promise.resolve();
  figuresScript ??= new Promise((resolve, reject) => {
    const style = make("link");
    style.rel = "stylesheet";
    style.href = `${folder}figures.css`;
    const script = make("script");
    script.src = `${folder}figures.js`;
    script.onload = resolve;
    script.onerror = () => reject(new Error("the figures' script did not load"));
    document.head.append(style, script);
  });
  return figuresScript;
}

/** A sanitized tree is not needed: the reader runs this code, as in a notebook; scripts do not run. */
function html(content) {
  const box = make("div", "live-html");
  box.innerHTML = content;
  for (const table of box.querySelectorAll("table")) table.classList.add("table"); // the theme's
  return box;
}

function picture(type, content, alt) {
  const image = make("img");
  image.src = `data:${type};base64,${content}`;
  image.alt = alt ?? "Picture that this cell drew";
  return image;
}

async function formula(folder, content) {
  const { default: katex } = await import("katex");
  if (!document.querySelector("link[href*='katex.min.css']")) {
    const style = make("link");
    style.rel = "stylesheet";
    style.href = `${folder}katex/katex.min.css`;
    document.head.append(style);
  }
  const box = make("div", "math");
  const tex = content.trim().replace(/^\$+|\$+$/g, "");
  katex.render(tex, box, { displayMode: true, throwOnError: false });
  return box;
}

export class Output {
  /** `empty` gives an empty box for what comes; `folder` is the address of our static files. */
  constructor(empty, folder, session) {
    this.empty = empty;
    this.folder = folder;
    this.session = session;
    this.length = 0;
  }

  /** Show one message of the cell's. */
  show(message) {
    if (!this.box) this.clear();
    this[message.kind](message);
  }

  clear() {
    this.box = this.empty();
    this.length = 0;
  }

  stream({ name, text }) {
    const room = MOST_TEXT - this.length;
    this.length += text.length;
    if (room <= 0) return;
    let last = this.box.lastElementChild;
    if (last?.dataset.stream !== name) {
      last = make("pre", `live-stream live-${name}`);
      last.dataset.stream = name;
      last.tabIndex = 0; // it may scroll
      this.box.append(last);
    }
    last.append(text.slice(0, room));
    if (text.length >= room) this.note("More was printed; it is not shown.");
  }

  async output({ mime, content, alt }) {
    const place = make("div", "live-value");
    this.box.append(place);
    if (mime === "text/html") place.append(html(content));
    else if (mime === "image/svg+xml") place.append(html(content));
    else if (mime.startsWith("image/")) place.append(picture(mime, content, alt));
    else if (mime === "text/latex") place.append(await formula(this.folder, content));
    else place.append(make("pre", "", content));
  }

  async figure({ html: content, moves, start }) {
    const place = make("div");
    place.innerHTML = content;
    this.box.append(place);
    const element = place.firstElementChild;
    await figures(this.folder);
    // The state that was drawn last: the theme and the width change more often than the state.
    let shown = { index: start, state: JSON.parse(element.querySelector("script").textContent) };
    const ask = async (index) => {
      if (shown.index !== index) {
        const state = await this.session.draw(moves, index);
        if (state.error) throw new Error(state.error.trim().split("\n").at(-1));
        shown = { index, state };
      }
      return shown.state;
    };
    const detail = { ask: moves === null ? null : ask };
    element.dispatchEvent(new CustomEvent("livebook:figure", { bubbles: true, detail }));
  }

  error({ text, advice }) {
    const box = make("pre", "live-stream live-error", text);
    box.tabIndex = 0;
    this.box.append(box);
    if (advice) this.note(advice);
  }

  missing({ module }) {
    this.note(`${module} is not part of the Python in this page.`);
  }

  stopped() {
    this.note("Stopped. The variables are as the cell left them.");
  }

  note(text) {
    this.box.append(make("p", "live-note", text));
  }
}
