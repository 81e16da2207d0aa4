// Moves the page's figures. Each `.moving-figure` holds a poster of its first state and native
// controls, and names the file of its data or holds them as JSON. On the reader's first action near
// a figure its data and plotly.js are loaded from this site and draw over the poster; from then on
// the figure follows its controls and the theme.
// Places that the reader may drag carry a ring (`Handle`).
// A click on a point whose `customdata` are the words of a menu's choice makes that choice.
// An element that comes later sends `livebook:figure`, with a function `ask` that gives its states
// one by one, or null if its data hold them all.
"use strict";
{
  const here = new URL(".", document.currentScript.src);
  const coarse = window.matchMedia("(pointer: coarse)");
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const NARROW = 520; // px; below it the legend moves under the plot
  const CONFIG = {
    displayModeBar: false, // nothing inside the picture takes the keyboard's focus
    displaylogo: false,
    showSendToCloud: false,
    scrollZoom: false, // the wheel scrolls the page
  };

  const scripts = new Map();

  /** Load a script of this site once: a build of plotly.js, or a figure's data. */
  function load(name) {
    if (!scripts.has(name)) {
      const loading = new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = new URL(name, here).href;
        script.onload = resolve;
        script.onerror = () => reject(new Error(`${name} did not load`));
        document.head.append(script);
      });
      loading.catch(() => scripts.delete(name)); // the next action tries again
      scripts.set(name, loading);
    }
    return scripts.get(name);
  }

  /** A copy in which every color that `twins` knows, wherever it stands, is its dark twin. */
  function recolored(value, twins) {
    if (typeof value === "string") return twins[value.toLowerCase()] ?? value;
    if (Array.isArray(value)) {
      return typeof value.at(-1) === "number" ? value : value.map((item) => recolored(item, twins));
    }
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, recolored(item, twins)]),
    );
  }

  /** The traces at one position of the controls: a frame holds the entries that differ, whole. */
  function tracesAt(spec, index) {
    const changes = spec.frames[index]?.data ?? {};
    return spec.data.map((trace, number) => ({ ...trace, ...changes[number] }));
  }

  /** The layout at one position of the controls, fitted to the page, its width and the pointer. */
  function layoutAt(spec, index, { family, width }) {
    const ours = {
      height: spec.height,
      width, // plotly.js measures on the window's resize, while the page still moves
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      uirevision: "reader", // a zoom outlasts the next move of a control
    };
    const layout = { ...ours, ...spec.layout, ...spec.frames[index]?.layout };
    layout.font = { ...layout.font, family }; // plotly.js takes no "inherit"
    if (width < NARROW) {
      const below = { x: 0, xanchor: "left", yref: "container", y: 0, yanchor: "bottom" };
      layout.legend = { ...layout.legend, ...below, orientation: "h" };
    }
    if (coarse.matches) layout.dragmode ??= false; // a finger scrolls the page
    if (spec.handles) layout.dragmode = false; // the mouse drags handles, not a zoom
    if (calm.matches) layout.transition = { duration: 0 };
    return layout;
  }

  /** All positions of the controls that come from moving some of them, the others as they stand. */
  function reachable(values, sizes, moves) {
    return moves.reduce(
      (found, moved) => found.flatMap((each) =>
        Array.from({ length: sizes[moved] }, (_, value) =>
          each.map((old, number) => (number === moved ? value : old)))),
      [values],
    );
  }

  /** A ring over a place of the plot. Dragged, it turns its controls to the nearest such place. */
  class Handle {
    constructor(figure, { moves, axes, places }) {
      Object.assign(this, { figure, moves, axes, places });
      this.ring = document.createElement("div");
      this.ring.className = "moving-figure-handle";
      this.ring.addEventListener("pointerdown", (event) => this.grab(event));
      this.ring.addEventListener("pointermove", (event) => this.drag(event));
      this.ring.addEventListener("lostpointercapture", () => this.release());
      figure.plot.append(this.ring);
    }

    /** Where a state's place lies in the plot, in pixels; null where it cannot be seen. */
    pixels(index) {
      const place = this.places[index];
      if (!place) return null;
      const drawn = this.axes.map((name) => this.figure.chart._fullLayout[name]);
      const along = drawn.map((axis, number) => axis.d2p(place[number]));
      const seen = drawn.every((axis, n) => along[n] >= -0.5 && along[n] <= axis._length + 0.5);
      return seen ? drawn.map((axis, number) => axis._offset + along[number]) : null;
    }

    /** The pixels between a place of the plot and the ring, infinite while there is none. */
    distance(point) {
      const place = this.pixels(this.figure.index);
      return place ? Math.hypot(point[0] - place[0], point[1] - place[1]) : Infinity;
    }

    /** Put the ring where the controls say. */
    put() {
      const place = this.pixels(this.figure.index);
      this.ring.hidden = !place;
      if (place) this.ring.style.translate = place.map((pixels) => `${pixels}px`).join(" ");
    }

    /** Turn the controls to the state whose place is nearest to a point of the plot. */
    pull(point) {
      const { figure } = this;
      let [best, least] = [null, Infinity];
      for (const values of reachable(figure.values, figure.sizes, this.moves)) {
        const place = this.pixels(figure.frameOf(values));
        const far = place ? Math.hypot(point[0] - place[0], point[1] - place[1]) : Infinity;
        if (far < least) [best, least] = [values, far];
      }
      if (best) figure.turn(best);
      this.put();
    }

    grab(event) {
      const place = this.pixels(this.figure.index);
      if (event.button || !place) return;
      event.preventDefault(); // no text is selected
      this.ring.setPointerCapture(event.pointerId);
      this.ring.classList.add("dragged");
      const point = this.figure.pointOf(event);
      this.grip = place.map((pixels, number) => pixels - point[number]);
    }

    drag(event) {
      if (!this.grip) return;
      this.pull(this.figure.pointOf(event).map((pixels, number) => pixels + this.grip[number]));
    }

    release() {
      this.grip = null;
      this.ring.classList.remove("dragged");
    }
  }

  class MovingFigure {
    constructor(element) {
      this.element = element;
      this.ask = null;
      this.plot = element.querySelector(".moving-figure-plot");
      this.controls = [...element.querySelectorAll(".moving-figure-controls :is(input, select)")];
      this.moved = false;
      this.handles = [];
      for (const control of this.controls) {
        control.addEventListener("input", () => {
          this.say(control);
          this.moved = true;
          this.show();
        });
      }
    }

    /** What the figure is drawn from, as its file or the page has it. */
    async read() {
      const { file } = this.element.dataset;
      if (!file) return JSON.parse(this.element.querySelector(":scope > script").textContent);
      await load(file);
      return window.livebookFigures[this.element.id];
    }

    get values() {
      return this.controls.map((control) => Number(control.value));
    }

    get sizes() {
      return this.controls.map((control) => control.options?.length ?? Number(control.max) + 1);
    }

    /** A frame's number: row-major over the controls, the last one fastest. */
    frameOf(values) {
      const { sizes } = this;
      return values.reduce((index, value, number) => index * sizes[number] + value, 0);
    }

    get index() {
      return this.frameOf(this.values);
    }

    /** Say a slider's value in its own words. */
    say(control) {
      if (control.type !== "range") return;
      const label = JSON.parse(control.dataset.labels)[Number(control.value)];
      control.setAttribute("aria-valuetext", label);
      control.parentElement.querySelector("output").textContent = label;
    }

    /** Where a pointer is, in pixels from the plot's corner. */
    pointOf({ clientX, clientY }) {
      const { left, top } = this.plot.getBoundingClientRect();
      return [clientX - left, clientY - top];
    }

    /** Turn the controls to these positions, as if the reader had. */
    turn(values) {
      const changed = this.controls.filter((control, n) => Number(control.value) !== values[n]);
      this.controls.forEach((control, number) => { control.value = values[number]; });
      for (const control of changed) control.dispatchEvent(new Event("input", { bubbles: true }));
    }

    /** Wait for the end of a click or tap: plotly.js keeps its events from some of them. */
    press(down) {
      if (down.button || down.target.closest(".moving-figure-handle, .legend")) return;
      addEventListener("pointerup", (up) => {
        const moved = Math.hypot(up.clientX - down.clientX, up.clientY - down.clientY);
        if (up.pointerId === down.pointerId && moved < 8) this.beckon(up);
      }, { once: true });
    }

    /** Bring the nearest handle to where the reader clicked between the axes. */
    beckon(event) {
      const point = this.pointOf(event);
      const [nearest] = [...this.handles].sort((a, b) => a.distance(point) - b.distance(point));
      const within = nearest.axes.every((name, number) => {
        const { _offset, _length } = this.chart._fullLayout[name];
        return point[number] >= _offset && point[number] <= _offset + _length;
      });
      if (within) nearest.pull(point);
    }

    /** Make the handles, once there is a drawing for them to stand in. */
    makeHandles() {
      this.handles = (this.spec.handles ?? []).map((handle) => new Handle(this, handle));
      if (this.handles.length) this.plot.addEventListener("pointerdown", (down) => this.press(down));
    }

    /** Turn the menu that knows these words to them, as if the reader had. */
    choose(words) {
      for (const menu of this.controls.filter((control) => control.type === "select-one")) {
        const option = [...menu.options].find(({ text }) => text === words);
        if (!option) continue;
        menu.value = option.value;
        menu.dispatchEvent(new Event("input", { bubbles: true }));
      }
    }

    /** Draw the present state; while a drawing is under way only the newest state waits. */
    async show() {
      this.stale = true;
      if (this.busy) return;
      this.busy = true;
      try {
        while (this.stale) {
          this.stale = false;
          await this.draw();
        }
      } catch (error) {
        this.complain(error);
      } finally {
        this.busy = false;
      }
    }

    async draw() {
      this.spec ??= await this.read();
      await load(this.spec.library);
      const { Plotly } = window;
      const index = this.index;
      const spec = this.ask ? await this.ask(index) : this.spec;
      const dark = document.documentElement.dataset.theme === "dark";
      const twins = dark ? spec.dark : {};
      const { fontFamily: family } = getComputedStyle(this.plot);
      const width = this.plot.clientWidth;
      this.drawnWidth = width;
      const first = !this.chart;
      if (first) {
        this.chart = document.createElement("div");
        this.chart.className = "moving-figure-chart";
        this.plot.append(this.chart);
      }
      await Plotly.react(
        this.chart,
        recolored(tracesAt(spec, index), twins),
        recolored(layoutAt(spec, index, { family, width }), twins),
        CONFIG,
      );
      if (first) {
        this.chart.on("plotly_click", ({ points }) => this.choose(points[0].customdata));
        this.makeHandles();
      }
      for (const handle of this.handles) handle.put();
      this.plot.querySelector(".moving-figure-poster")?.remove();
      this.element.querySelector(".moving-figure-error")?.remove();
      if (this.moved) this.element.dataset.frame = String(index);
    }

    /** Draw again what has been drawn, after the theme or the width changed. */
    refresh() {
      if (this.chart) this.show();
    }

    complain(error) {
      if (this.element.querySelector(".moving-figure-error")) return;
      const note = document.createElement("p");
      note.className = "moving-figure-error";
      note.setAttribute("role", "status");
      note.textContent = `This figure cannot move now: ${error.message}. Reload the page to try again.`;
      this.plot.after(note);
    }
  }

  const figures = new Map(
    [...document.querySelectorAll(".moving-figure")].map((element) => [
      element.querySelector(".moving-figure-plot"), new MovingFigure(element),
    ]),
  );
  const approaching = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      approaching.unobserve(target);
      figures.get(target).show();
    }
  }, { rootMargin: "300px" });

  const ACTIONS = ["pointermove", "pointerdown", "touchstart", "wheel", "scroll", "keydown"];
  function begin({ type, target }) {
    if (type === "scroll" && target !== document) return; // the sidebar, which the theme scrolls
    for (const action of ACTIONS) removeEventListener(action, begin, true);
    for (const plot of figures.keys()) approaching.observe(plot);
  }
  for (const action of ACTIONS) addEventListener(action, begin, { capture: true, passive: true });

  const resized = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const figure = figures.get(target);
      if (figure.chart && target.clientWidth !== figure.drawnWidth) figure.show();
    }
  });
  for (const plot of figures.keys()) resized.observe(plot);

  addEventListener("livebook:figure", ({ target, detail }) => {
    for (const [plot, { element }] of figures) if (!element.isConnected) figures.delete(plot);
    // Where this script was loaded for that element, the element is known already.
    const known = figures.get(target.querySelector(".moving-figure-plot"));
    const figure = known ?? new MovingFigure(target);
    figure.ask = detail.ask;
    figures.set(figure.plot, figure);
    resized.observe(figure.plot);
    figure.show();
  });

  new MutationObserver(() => figures.forEach((figure) => figure.refresh())).observe(
    document.documentElement,
    { attributes: true, attributeFilter: ["data-theme"] },
  );
}
