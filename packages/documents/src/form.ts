import { embedFillingFont } from './filling-font.ts';
import type { PdfDocument, Reference, Tag } from './pdfkit-document.ts';
import type { Sheet } from './sheet.ts';

/** What people type is set so: the face, its size in points, its colour. */
export const FILLING = { font: 'Titillium', size: 10.5, colour: '0.09 0.2 0.302 rg' };

/** Where a field is, in points from the top left of the page. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A sheet with an interactive form (ISO 32000-1 §12.7). */
export interface Form {
  sheet: Sheet;
  fields: Reference[];
}

/** Makes a sheet a form. Its fields carry their own appearance: viewers need not make one (ISO 19005-2 §6.4.1). */
export function newForm(sheet: Sheet): Form {
  const { doc } = sheet;
  const fields: Reference[] = [];
  doc._acroform = { fonts: {}, defaultFont: FILLING.font };
  doc._root.data.AcroForm = doc.ref({
    Fields: fields,
    DA: new String(defaultAppearance()),
    DR: { Font: { [FILLING.font]: embedFillingFont(doc) } },
  });
  return { sheet, fields };
}

/** How viewers set what people type. */
export function defaultAppearance(): string {
  return `/${FILLING.font} ${FILLING.size} Tf ${FILLING.colour}`;
}

/**
 * Puts a field's widget on the page and into the reading order.
 *
 * @param tip what the field asks, read out by screen readers and shown on hover
 * @returns the widget's object
 */
export function addWidget(form: Form, box: Box, tip: string, entries: Record<string, unknown>): Reference {
  const { doc, root } = form.sheet;
  const tag = doc.struct('Form', { alt: tip }) as Tag;
  root.add(tag);
  const widget = { Subtype: 'Widget', F: PRINT, ...entries, structParent: tag };
  doc.annotate(box.x, box.y, box.width, box.height, widget as object);
  tag.end();
  return lastAnnotation(doc);
}

/** Widgets are printed (ISO 32000-1 table 165). */
const PRINT = 1 << 2;

function lastAnnotation(doc: PdfDocument): Reference {
  const annotation = (doc.page as unknown as { annotations: Reference[] }).annotations.at(-1);
  if (!annotation) throw new TypeError('The page has no annotation');
  return annotation;
}

/** What a widget shows, drawn in its own coordinates: (0, 0) is the bottom left corner. */
export function appearance(
  doc: PdfDocument,
  { width, height }: Pick<Box, 'width' | 'height'>,
  content: string,
  fonts: Record<string, unknown> = {},
): Reference {
  const drawing = doc.ref({
    Type: 'XObject',
    Subtype: 'Form',
    BBox: [0, 0, width, height],
    Resources: { Font: fonts },
  });
  drawing.end(content);
  return drawing;
}
