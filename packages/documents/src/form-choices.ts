import { addWidget, appearance, type Form } from './form.ts';
import type { PdfDocument, Reference } from './pdfkit-document.ts';
import { drawArtifact, heightOfText, INK, MEASURE, makeRoom, PAGE, setText } from './sheet.ts';

/** Something to tick. */
export interface Choice {
  /** Stable: programs that read filled forms go by it. */
  name: string;
  label: string;
}

const BODY = { size: 10 };
const SIDE = 12;
const INDENT = 22;

/** The state of a box that is ticked; what a group of one choice holds instead is the choice's name. */
const TICKED = 'Yes';

/** Several may hold: a radio group would not do. */
export function addCheckBoxes(form: Form, choices: readonly Choice[]): void {
  for (const { name, label } of choices) {
    const names = { FT: 'Btn', T: new String(name), TU: new String(label), V: 'Off' };
    form.fields.push(addBox(form, label, label, { ...names, ...states(form.sheet.doc, TICKED) }));
  }
}

const RADIO = 1 << 15;
const NO_TOGGLE_TO_OFF = 1 << 14;

/** One of these holds, none at first. */
export function addOneOf(form: Form, name: string, tip: string, choices: readonly Choice[]): void {
  const { doc } = form.sheet;
  const kids: Reference[] = [];
  const names = { FT: 'Btn', T: new String(name), TU: new String(tip) };
  const group = doc.ref({ ...names, Ff: RADIO | NO_TOGGLE_TO_OFF, V: 'Off', Kids: kids });
  for (const choice of choices) {
    const entries = { Parent: group, ...states(doc, choice.name) };
    kids.push(addBox(form, choice.label, `${tip}: ${choice.label}`, entries));
  }
  // pdfkit writes out a field that has kids by itself, at the end.
  form.fields.push(group);
}

/** A box with its label to the right. */
function addBox(form: Form, label: string, tip: string, entries: Record<string, unknown>): Reference {
  const { sheet } = form;
  const width = MEASURE - INDENT;
  const height = Math.max(SIDE, heightOfText(sheet, label, { ...BODY, width }));
  makeRoom(sheet, height + 6);
  const { y } = sheet;
  const box = { x: PAGE.left, y: y + 1.5, width: SIDE, height: SIDE };
  drawArtifact(sheet, (doc) => doc.roundedRect(box.x, box.y, SIDE, SIDE, 2).lineWidth(0.9).stroke(INK.box));
  const widget = addWidget(form, box, tip, entries);
  sheet.root.add(
    sheet.doc.struct('P', {}, () => setText(sheet, label, { ...BODY, x: PAGE.left + INDENT, y, width })),
  );
  sheet.y += height + 6;
  return widget;
}

/** How a box looks ticked and not; it starts as not. The tick is drawn: no font of symbols is needed. */
function states(doc: PdfDocument, ticked: string): Record<string, unknown> {
  const size = { width: SIDE, height: SIDE };
  const tick = appearance(doc, size, 'q 0.09 0.2 0.302 RG 1.8 w 1 J 1 j 2.8 6.2 m 5.1 3.6 l 9.4 9 l S Q');
  return { AS: 'Off', AP: { N: { [ticked]: tick, Off: appearance(doc, size, 'q Q') } } };
}
