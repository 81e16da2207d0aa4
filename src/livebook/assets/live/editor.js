// The editor of a cell: CodeMirror, with the page's own colors for code.

import { indentWithTab } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { indentUnit, syntaxHighlighting } from "@codemirror/language";
import { Prec, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, keymap, lineNumbers } from "@codemirror/view";
import { tagHighlighter, tags } from "@lezer/highlight";
import { minimalSetup } from "codemirror";

// The classes by which Pygments' stylesheet colors the page's code in either theme.
const COLORS = tagHighlighter([
  { tag: tags.keyword, class: "k" },
  { tag: tags.operatorKeyword, class: "ow" },
  { tag: tags.definitionKeyword, class: "k" },
  { tag: tags.moduleKeyword, class: "kn" },
  { tag: tags.controlKeyword, class: "k" },
  { tag: [tags.bool, tags.null], class: "kc" },
  { tag: tags.number, class: "mi" },
  { tag: [tags.string, tags.special(tags.string)], class: "s2" },
  { tag: tags.comment, class: "c1" },
  { tag: tags.operator, class: "o" },
  { tag: tags.function(tags.definition(tags.variableName)), class: "nf" },
  { tag: tags.definition(tags.className), class: "nc" },
  { tag: tags.self, class: "bp" },
]);

const failed = StateEffect.define();
const FAILED = Decoration.line({ class: "live-error-line" });

/** The line at which the last run failed, until the code changes. */
const failedLine = StateField.define({
  create: () => Decoration.none,
  update(marks, { state, docChanged, effects }) {
    for (const effect of effects.filter((each) => each.is(failed))) {
      const known = effect.value !== null && effect.value <= state.doc.lines;
      return known ? Decoration.set(FAILED.range(state.doc.line(effect.value).from)) : Decoration.none;
    }
    return docChanged ? Decoration.none : marks;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/**
 * Put an editor into `box`.
 *
 * `run` is called on Shift+Enter, `leave` on Escape, `change` with the text after each change.
 */
export function edit(box, { code, label, run, leave, change }) {
  const keys = [
    { key: "Shift-Enter", run: () => (run(), true) },
    { key: "Mod-Enter", run: () => (run(), true) },
    { key: "Escape", run: () => (leave(), true) },
    indentWithTab,
  ];
  const view = new EditorView({
    doc: code,
    parent: box,
    extensions: [
      Prec.high(keymap.of(keys)),
      minimalSetup,
      lineNumbers(),
      python(),
      indentUnit.of("    "),
      syntaxHighlighting(COLORS),
      failedLine,
      EditorView.contentAttributes.of({ "aria-label": label }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) change(update.state.doc.toString());
      }),
    ],
  });
  // A slash opens the site's search, and other keys do other things, unless they end here.
  box.addEventListener("keydown", (event) => event.stopPropagation());
  return {
    focus: () => view.focus(),
    /** Mark the line, counted from 1, at which a run failed; null takes the mark away. */
    mark: (line) => view.dispatch({ effects: failed.of(line) }),
    set(text) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
    },
  };
}
