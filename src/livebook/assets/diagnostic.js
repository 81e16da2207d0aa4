// Says how many questions of a `.diagnostic` were answered right, and where to start reading. The
// quizzes in it judge themselves (quizzes.js) and carry their verdict as `data-verdict`.
"use strict";
{
  const element = (tag, ...content) => {
    const made = document.createElement(tag);
    made.append(...content);
    return made;
  };

  /** The chapters of the quizzes in their order: name -> its words or link, and whether all is right. */
  function chaptersOf(quizzes) {
    const chapters = new Map();
    for (const quiz of quizzes) {
      const place = quiz.querySelector(".quiz-chapter");
      const name = place.textContent;
      const known = chapters.get(name)?.known ?? true;
      chapters.set(name, { place, known: known && quiz.dataset.verdict === "right" });
    }
    return [...chapters.values()];
  }

  const words = ({ place }) => element("span", ...place.cloneNode(true).childNodes);
  const list = (chapters) => element("ul", ...chapters.map((c) => element("li", words(c))));

  /** What to say of the answers, as elements. */
  function resultOf(quizzes) {
    const right = quizzes.filter((quiz) => quiz.dataset.verdict === "right").length;
    const said = [element("p", `${right} of ${quizzes.length} right.`)];
    const chapters = chaptersOf(quizzes);
    const [first, ...more] = chapters.filter(({ known }) => !known);
    const skimmed = chapters.filter(({ known }) => known);
    if (!first) {
      said.push(element("p", "You can skim them all, and start with the one that you need:"));
    } else {
      said.push(element("p", "Start with ", element("strong", words(first)), "."));
      if (more.length) said.push(element("p", "Then read:"), list(more));
      if (skimmed.length) said.push(element("p", "These you can skim:"));
    }
    if (skimmed.length) said.push(list(skimmed));
    return said;
  }

  for (const form of document.querySelectorAll(".diagnostic")) {
    const quizzes = [...form.querySelectorAll(".quiz")];
    const result = form.querySelector(".diagnostic-result");
    form.dataset.live = "";
    form.addEventListener("change", () => result.replaceChildren());
    form.addEventListener("checked", () => {
      result.ariaLive = null;
      result.replaceChildren(...resultOf(quizzes));
    });
    if (quizzes.every((quiz) => quiz.dataset.verdict)) {
      result.ariaLive = "off"; // an earlier visit's result need not be announced
      result.replaceChildren(...resultOf(quizzes));
    }
  }
}
