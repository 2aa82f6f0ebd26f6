import { addWidget, appearance, type Box, defaultAppearance, FILLING, type Form } from './form.ts';
import type { Reference } from './pdfkit-document.ts';
import {
  chooseFace,
  drawArtifact,
  heightOfText,
  INK,
  MEASURE,
  makeRoom,
  PAGE,
  type Sheet,
  setText,
} from './sheet.ts';

/** A field to be filled in, by keyboard or by pen. */
export interface TextField {
  /** Stable: programs that read filled forms go by it. */
  name: string;
  label: string;
  /** What the field asks in full; the label where that says it. */
  tip?: string;
  value?: string | undefined;
  /** Lines kept free for writing; more than one makes it a field of many lines. */
  lines?: number;
  /** A signature instead of text. */
  isSignature?: boolean;
}

const LABEL = { size: 9, colour: INK.quiet };
const GAP = 12;
const PADDING = 5;
const LINE = 15;
const MULTILINE = 1 << 12;

/**
 * Fields side by side, each as wide as the others. The row is as high as its longest value needs.
 *
 * @param columns how many would fill the row
 */
export function addFieldRow(form: Form, fields: readonly TextField[], columns = fields.length): void {
  const { sheet } = form;
  const width = (MEASURE - GAP * (columns - 1)) / columns;
  const values = fields.map(({ value = '' }) => brokenLines(sheet, value, width - 2 * PADDING));
  const lines = Math.max(...fields.map((field, i) => Math.max(values[i]?.length ?? 0, field.lines ?? 1)));
  const labelHeight = Math.max(...fields.map(({ label }) => heightOfText(sheet, label, { ...LABEL, width })));
  const height = LINE * lines + 2 * PADDING;
  makeRoom(sheet, labelHeight + height + GAP);

  const { y } = sheet;
  for (const [i, field] of fields.entries()) {
    const x = PAGE.left + i * (width + GAP);
    const label = { ...LABEL, x, y, width };
    sheet.root.add(sheet.doc.struct('P', {}, () => setText(sheet, field.label, label)));
    addField(form, field, { x, y: y + labelHeight + 1, width, height }, values[i] ?? []);
  }
  sheet.y = y + labelHeight + height + 9;
}

function addField(form: Form, field: TextField, box: Box, value: readonly string[]): void {
  drawArtifact(form.sheet, (doc) => {
    doc.roundedRect(box.x, box.y, box.width, box.height, 2).lineWidth(0.7).stroke(INK.box);
  });
  if (field.isSignature) addSignature(form, field, box);
  else addText(form, field, box, value, box.height > 2 * LINE);
}

function addText(
  form: Form,
  field: TextField,
  box: Box,
  broken: readonly string[],
  isMultiline: boolean,
): void {
  const tip = field.tip ?? field.label;
  const widget = addWidget(form, box, tip, {
    FT: 'Tx',
    T: new String(field.name),
    TU: new String(tip),
    V: new String(field.value ?? ''),
    DA: new String(defaultAppearance()),
    ...(isMultiline && { Ff: MULTILINE }),
    AP: { N: textAppearance(form.sheet, field.value ?? '', broken, box) },
  });
  form.fields.push(widget);
}

/** A place for a qualified signature, or for a pen. */
function addSignature(form: Form, field: TextField, box: Box): void {
  const tip = field.tip ?? field.label;
  const names = { T: new String(field.name), TU: new String(tip) };
  const widget = addWidget(form, box, tip, {
    FT: 'Sig',
    ...names,
    AP: { N: appearance(form.sheet.doc, box, 'q Q') },
  });
  form.fields.push(widget);
}

/** The value as text of a variable appearance (ISO 32000-1 §12.7.3.3), which viewers replace when it is edited. */
function textAppearance(sheet: Sheet, value: string, broken: readonly string[], box: Box): Reference {
  const { doc } = sheet;
  if (value === '') return appearance(doc, box, '/Tx BMC EMC');
  chooseFace(doc, value, { size: FILLING.size });
  const face = doc._font;
  const first = box.height - PADDING - 0.74 * LINE;
  const shown = broken.map((line) => `<${face.encode(line)[0].join('')}> Tj T*`).join('\n');
  const text = `BT /${face.id} ${FILLING.size} Tf ${LINE} TL ${FILLING.colour} ${PADDING} ${first} Td\n${shown}\nET`;
  return appearance(doc, box, `/Tx BMC q\n${text}\nQ EMC`, { [face.id]: face.ref() });
}

/** A text broken into lines that fit a width: at spaces, and inside a word that is longer than a line. */
function brokenLines(sheet: Sheet, text: string, width: number): string[] {
  const { doc } = sheet;
  chooseFace(doc, text, { size: FILLING.size });
  const lines: string[] = [];
  let line = '';
  const fits = (longer: string) => doc.widthOfString(longer) <= width;
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (fits(longer)) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = '';
    for (const letter of word) {
      if (line !== '' && !fits(line + letter)) {
        lines.push(line);
        line = '';
      }
      line += letter;
    }
  }
  return [...lines, line];
}
