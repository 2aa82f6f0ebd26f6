import { type Face, faceFor } from './fonts.ts';
import type { PdfDocument, Reference } from './pdfkit-document.ts';

/** The codes that a simple font can show. */
const FIRST_CHAR = 32;
const LAST_CHAR = 255;

/** Not symbolic: its letters are those of a standard encoding (ISO 32000-1 table 123). */
const NONSYMBOLIC = 1 << 5;

/**
 * The face in which viewers set what people type: whole, not a subset, since nobody knows what that will be. Letters
 * beyond WinAnsi, when typed, are the viewer's to find; what we fill in has its own faces.
 */
export function embedFillingFont(doc: PdfDocument): Reference {
  const face = faceFor('a', 'regular');
  if (!face) throw new TypeError('The typeface of our pages has no letter a');
  const name = face.font.postscriptName;
  const file = doc.ref({ Length1: face.bytes.length });
  file.end(face.bytes);
  const descriptor = doc.ref({
    Type: 'FontDescriptor',
    FontName: name,
    Flags: NONSYMBOLIC,
    ...metrics(face),
    FontFile2: file,
  });
  descriptor.end();
  const font = doc.ref({
    Type: 'Font',
    Subtype: 'TrueType',
    BaseFont: name,
    Encoding: 'WinAnsiEncoding',
    FirstChar: FIRST_CHAR,
    LastChar: LAST_CHAR,
    Widths: winAnsiWidths(face),
    FontDescriptor: descriptor,
  });
  font.end();
  return font;
}

/** In thousandths of the size, as every measure of a font in PDF. */
function metrics({ font }: Face): Record<string, unknown> {
  const { bbox } = font;
  const scaled = [bbox.minX, bbox.minY, bbox.maxX, bbox.maxY, font.ascent, font.descent, font.capHeight].map(
    (measure) => Math.round((measure * 1000) / font.unitsPerEm),
  );
  const [left, bottom, right, top, Ascent, Descent, CapHeight] = scaled;
  return { FontBBox: [left, bottom, right, top], ItalicAngle: 0, Ascent, Descent, CapHeight, StemV: 80 };
}

function winAnsiWidths({ font }: Face): number[] {
  const winAnsi = new TextDecoder('windows-1252');
  return Array.from({ length: LAST_CHAR - FIRST_CHAR + 1 }, (_, i) => {
    const letter = winAnsi.decode(Uint8Array.of(FIRST_CHAR + i));
    const glyph = font.glyphForCodePoint(letter.codePointAt(0) ?? 0);
    return Math.round((glyph.advanceWidth * 1000) / font.unitsPerEm);
  });
}
