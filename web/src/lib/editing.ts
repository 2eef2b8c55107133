// How the text editor looks, and the lines that are marked in it.
import { HighlightStyle } from '@codemirror/language';
import { Annotation, StateEffect, StateField, type Range } from '@codemirror/state';
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** Marks changes that come from the work, so that they do not go back to it. */
export const fromWork = Annotation.define<boolean>();

/** The stretch under the marker. */
export const setMarked = StateEffect.define<{ from: number; to: number } | null>();

const markedLine = Decoration.line({ class: 'cm-marked' });

/** The lines of the marked stretch, moved along as one types. */
export const markedLines = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(now, transaction) {
    let lines = now.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(setMarked)) continue;
      const found: Range<Decoration>[] = [];
      if (effect.value) {
        const { doc } = transaction.state;
        const last = doc.lineAt(Math.max(effect.value.from, effect.value.to - 1)).number;
        for (let n = doc.lineAt(effect.value.from).number; n <= last; n++)
          found.push(markedLine.range(doc.line(n).from));
      }
      lines = Decoration.set(found);
    }
    return lines;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** Three inks and weight instead of a rainbow. */
export const inks = HighlightStyle.define([
  { tag: tags.comment, color: 'var(--ink-3)' },
  { tag: [tags.propertyName, tags.atom, tags.bool], color: 'var(--ink)' },
  { tag: [tags.string, tags.number], color: 'var(--ink-2)' },
  { tag: [tags.heading, tags.bracket], color: 'var(--ink)', fontWeight: '500' },
]);

const floating = {
  background: 'var(--sheet)',
  color: 'var(--ink)',
  border: '1px solid var(--line-2)',
  borderRadius: '6px',
  boxShadow: 'var(--shadow)',
  fontFamily: 'var(--sans)',
  fontSize: '12.5px',
  lineHeight: '18px',
};

/** The tokens of the page, inside the editor. */
export const look = EditorView.theme({
  '&': { height: '100%', color: 'var(--ink)', background: 'var(--paper)', fontSize: '12.5px' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '20px', overflow: 'auto', scrollbarWidth: 'thin' },
  '.cm-content': { padding: '10px 0', caretColor: 'var(--ink)' },
  '.cm-line': { padding: '0 12px 0 8px' },
  '.cm-gutters': { background: 'var(--paper)', color: 'var(--ink-3)', border: '0', fontSize: '11px' },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 6px 0 14px', minWidth: '38px' },
  '.cm-gutter-lint': { width: '14px' },
  '.cm-activeLine': { background: 'color-mix(in srgb, var(--well) 70%, transparent)' },
  '.cm-activeLineGutter': { background: 'none', color: 'var(--ink)' },
  '.cm-marked': { background: 'var(--mark-wash)', boxShadow: 'inset 3px 0 0 var(--mark)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)', borderLeftWidth: '1.5px' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground, .cm-content ::selection':
    { background: 'var(--line-2)' },
  '.cm-selectionMatch': { background: 'var(--line)' },
  '.cm-searchMatch': { background: 'var(--mark-wash)', outline: '1px solid var(--mark-line)' },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': { background: 'var(--line)', outline: 'none' },
  '.cm-tooltip': floating,
  '.cm-tooltip .hover': { padding: '6px 10px', maxWidth: '420px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: 'var(--mono)',
    fontSize: '12px',
    maxHeight: '240px',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '3px 8px', lineHeight: '18px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    background: 'var(--mark-wash)',
    color: 'var(--ink)',
  },
  '.cm-completionIcon': { display: 'none' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '600' },
  '.cm-completionDetail': {
    fontFamily: 'var(--sans)',
    fontStyle: 'normal',
    color: 'var(--ink-3)',
    marginLeft: '12px',
  },
  '.cm-panels': { background: 'var(--well)', color: 'var(--ink)', borderBottom: '1px solid var(--line)' },
  '.cm-panel.cm-search': { padding: '6px 12px', fontFamily: 'var(--sans)', fontSize: '12px' },
  '.cm-panel.cm-search input, .cm-panel.cm-search button': {
    fontSize: '12px',
    background: 'var(--sheet)',
    backgroundImage: 'none',
    color: 'var(--ink)',
    border: '1px solid var(--line-2)',
    borderRadius: '3px',
    padding: '2px 8px',
  },
  '.cm-diagnostic': { padding: '6px 10px', borderLeft: '3px solid var(--ink-3)' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--error)' },
  '.cm-diagnosticAction': {
    background: 'var(--ink)',
    color: 'var(--paper)',
    borderRadius: '3px',
    padding: '1px 8px',
    font: '500 12px/18px var(--sans)',
    border: '0',
  },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--error) 1.2px',
    textUnderlineOffset: '3px',
    color: 'var(--error)',
  },
  '.cm-lintRange-warning, .cm-lintRange-info': {
    backgroundImage: 'none',
    textDecoration: 'underline dotted var(--ink-3) 1.2px',
    textUnderlineOffset: '3px',
  },
  '.cm-lint-marker': {
    width: '10px',
    height: '10px',
    content: '""',
    borderRadius: '50%',
    border: '1.4px solid var(--ink-3)',
    marginTop: '5px',
  },
  '.cm-lint-marker-error': { borderColor: 'var(--error)', background: 'var(--error)' },
});
