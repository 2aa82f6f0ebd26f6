import { DocumentDataRefused } from './document-data-refused.ts';
import { faceFor, type Weight } from './fonts.ts';
import {
  bytesOf,
  type FileProperties,
  newPdfDocument,
  type PdfDocument,
  type Tag,
} from './pdfkit-document.ts';

/** Measures of the page, in points; y runs downwards. */
export const PAGE = { width: 595.28, left: 62, right: 533, top: 90, bottom: 762, footer: 796 };

/** Width of a line of text. */
export const MEASURE = PAGE.right - PAGE.left;

/** Colours that do not follow the brand. All text has at least 7 : 1 on white. */
export const INK = { text: '#17324d', quiet: '#435a70', rule: '#d6dce3', box: '#5b6f82' };

/** Pages being filled from top to bottom. `y` is where the next block starts. */
export interface Sheet {
  doc: PdfDocument;
  root: Tag;
  y: number;
  /** The brand's colour. */
  colour: string;
}

/** How and where a text is set; `y` is the top of its first line. */
export interface Setting {
  x: number;
  y: number;
  width: number;
  size: number;
  weight?: Weight;
  colour?: string;
  /** Distance of lines, as a factor of the size. */
  leading?: number;
  align?: 'left' | 'right';
  /** An address to be read letter by letter: the typeface's kerning draws `//` almost as one stroke. */
  isAddress?: boolean;
  /** Cut with an ellipsis after the first line. */
  oneLine?: boolean;
}

const LEADING = 1.45;

/** Width kept for `Page 1 of 2`. */
const PAGE_NUMBER = 90;

/** A document with its first page, its reading order starting. */
export function newSheet(properties: FileProperties, colour: string): Sheet {
  const doc = newPdfDocument(properties);
  const root = doc.struct('Document') as Tag;
  doc.addStructure(root);
  doc.addPage();
  return { doc, root, y: PAGE.top, colour };
}

/** A new page if the next block, of the given height, does not fit on this one. */
export function makeRoom(sheet: Sheet, height: number): void {
  if (sheet.y + height <= PAGE.bottom) return;
  sheet.doc.addPage();
  sheet.y = PAGE.top;
}

/** Sets a text, breaking lines where it must; only inside a structure element or an artifact. */
export function setText(sheet: Sheet, text: string, setting: Setting): void {
  const { doc } = sheet;
  const { size, leading = LEADING } = setting;
  chooseFace(doc, text, setting);
  doc.fillColor(setting.colour ?? INK.text);
  // The baseline is placed by us, so that faces of different ascent stand on one line.
  const baseline = setting.y + ((leading - 1) / 2 + 0.82) * size;
  doc.text(text, setting.x, baseline, {
    width: setting.width,
    align: setting.align ?? 'left',
    ...(setting.oneLine && { height: size, ellipsis: true }),
    ...lines(doc, setting),
  });
}

/** How high a text will be. */
export function heightOfText(sheet: Sheet, text: string, setting: Omit<Setting, 'x' | 'y'>): number {
  const { doc } = sheet;
  chooseFace(doc, text, setting);
  doc.x = PAGE.left;
  doc.y = PAGE.top;
  return doc.heightOfString(text, { width: setting.width, ...lines(doc, setting) });
}

/** Makes the face that has every letter of a text the one that is set. */
export function chooseFace(doc: PdfDocument, text: string, setting: { size: number; weight?: Weight }): void {
  const face = faceFor(text, setting.weight ?? 'regular');
  if (!face) throw new DocumentDataRefused('', 'no-glyph');
  // Parsed once a process: pdfkit takes parsed fonts, which its types do not say.
  doc.registerFont(face.name, face.font as unknown as Buffer);
  doc.font(face.name, setting.size);
}

function lines(doc: PdfDocument, { size, leading = LEADING, isAddress }: Omit<Setting, 'x' | 'y'>): object {
  const lineGap = leading * size - doc.currentLineHeight(true);
  return { lineGap, baseline: 'alphabetic', ...(isAddress && { features: { kern: false, liga: false } }) };
}

/** Draws what is no content, such as rules and boxes: readers of the text never meet it (ISO 14289-1 §7.1). */
export function drawArtifact(
  sheet: Sheet,
  draw: (doc: PdfDocument) => void,
  type: 'Layout' | 'Pagination' = 'Layout',
): void {
  sheet.doc.markContent('Artifact', { type });
  draw(sheet.doc);
  sheet.doc.endMarkedContent();
}

/** What stands on top and at the foot of every page. */
export interface PageFurniture {
  /** Who writes. */
  sender: string;
  /** What this is, and whose. */
  subject: string;
  pageOf(page: number, pages: number): string;
}

/** Adds head and foot to every page and returns the file. */
export function finishSheet(sheet: Sheet, furniture: PageFurniture): Uint8Array {
  const pages = sheet.doc.bufferedPageRange().count;
  for (let page = 0; page < pages; page++) {
    sheet.doc.switchToPage(page);
    drawArtifact(
      sheet,
      () => drawFurniture(sheet, furniture, furniture.pageOf(page + 1, pages)),
      'Pagination',
    );
  }
  sheet.root.end();
  return bytesOf(sheet.doc);
}

function drawFurniture(sheet: Sheet, furniture: PageFurniture, pageOf: string): void {
  const { doc, colour } = sheet;
  doc.rect(PAGE.left, 46, 26, 3).fill(colour);
  const head = { x: PAGE.left, y: 53, width: MEASURE, size: 11, colour };
  setText(sheet, furniture.sender, { ...head, weight: 'bold', oneLine: true });

  doc.moveTo(PAGE.left, PAGE.footer - 8).lineTo(PAGE.right, PAGE.footer - 8);
  doc.lineWidth(0.5).stroke(INK.rule);
  const foot = { y: PAGE.footer, size: 8, colour: INK.quiet, oneLine: true };
  setText(sheet, furniture.subject, { ...foot, x: PAGE.left, width: MEASURE - PAGE_NUMBER });
  setText(sheet, pageOf, { ...foot, x: PAGE.right - PAGE_NUMBER, width: PAGE_NUMBER, align: 'right' });
}
