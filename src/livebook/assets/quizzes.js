// Lets quizzes be answered. Each `.quiz` holds its choices, a place for feedback, and all answers in
// a `details` that a page without script shows. On Check the feedback of what was chosen is copied
// from there. Answers stay in this browser alone.
"use strict";
{
  /** This browser's storage; where it is denied, answers last as long as the page. */
  const storage = {
    read(key) {
      try {
        return JSON.parse(localStorage.getItem(key));
      } catch {
        return null;
      }
    },
    write(key, value) {
      try {
        localStorage.setItem(key, JSON.stringify(value));
      } catch {
        // denied or full
      }
    },
  };

  const paragraph = (text) => {
    const element = document.createElement("p");
    element.textContent = text;
    return element;
  };

  class Quiz {
    constructor(element) {
      this.element = element;
      this.inputs = [...element.querySelectorAll("input")];
      this.answers = [...element.querySelectorAll(".quiz-answers > ul > li")];
      this.more = [...element.querySelectorAll(".quiz-answers > p")];
      this.feedback = element.querySelector(".quiz-feedback");
      this.key = `${location.pathname}#${element.dataset.uid}`;
      element.addEventListener("change", () => {
        this.clear();
        this.remember(false);
      });
      element.dataset.live = "";
      this.restore();
    }

    get chosen() {
      return this.inputs.flatMap((input, number) => (input.checked ? [number] : []));
    }

    get verdict() {
      if (!this.chosen.length) return "empty";
      return this.inputs.every((i) => i.checked === "right" in i.dataset) ? "right" : "wrong";
    }

    /** What to say before the feedback on each choice. */
    get summary() {
      if (this.verdict === "empty") return "Nothing is chosen yet: pick an answer, then check it.";
      if (this.inputs[0].type === "radio") return "";
      if (this.verdict === "right") return "You found all that hold, and nothing else.";
      const missing = this.inputs.some((i) => "right" in i.dataset && !i.checked);
      return missing ? "Not complete: another choice holds too." : "One of these does not hold.";
    }

    clear() {
      this.feedback.replaceChildren();
      delete this.element.dataset.verdict;
    }

    check() {
      this.feedback.ariaLive = null;
      this.show();
      this.remember(true);
    }

    show() {
      const shown = this.chosen.map((number) => this.answers[number]);
      const said = (shown.length ? [...shown, ...this.more] : []).map((source) => {
        const part = document.createElement("div");
        part.append(...source.cloneNode(true).childNodes);
        for (const named of part.querySelectorAll("[id]")) named.removeAttribute("id");
        return part;
      });
      this.feedback.replaceChildren(...(this.summary ? [paragraph(this.summary)] : []), ...said);
      this.element.dataset.verdict = this.verdict;
    }

    remember(checked) {
      const { digest } = this.element.dataset;
      storage.write(this.key, { digest, chosen: this.chosen, checked });
    }

    /** Show again what was answered, which a screen reader need not announce. */
    restore() {
      const kept = storage.read(this.key);
      if (kept?.digest !== this.element.dataset.digest || !Array.isArray(kept.chosen)) return;
      this.inputs.forEach((input, number) => {
        input.checked = kept.chosen.includes(number);
      });
      if (!kept.checked) return;
      this.feedback.ariaLive = "off";
      this.show();
    }
  }

  const forms = new Map();
  for (const element of document.querySelectorAll(".quiz")) {
    const form = element.closest("form");
    forms.set(form, [...(forms.get(form) ?? []), new Quiz(element)]);
  }
  for (const [form, quizzes] of forms) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      for (const quiz of quizzes) quiz.check();
      form.dispatchEvent(new Event("checked"));
    });
  }
}
