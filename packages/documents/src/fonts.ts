import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font } from 'fontkit';

/** How heavy a text is set. */
export type Weight = 'regular' | 'bold';

/** A typeface in one weight; `name` is what pdfkit knows it by. */
export interface Face {
  name: string;
  bytes: Uint8Array;
  font: Font;
}

const titillium = '@expo-google-fonts/titillium-web';
const sourceSans = '@expo-google-fonts/source-sans-3';

/** The typeface of our pages first; the second for what it has no letters for: Greek, Cyrillic, Vietnamese. */
const files: Record<Weight, readonly string[]> = {
  regular: [
    `${titillium}/400Regular/TitilliumWeb_400Regular.ttf`,
    `${sourceSans}/400Regular/SourceSans3_400Regular.ttf`,
  ],
  bold: [
    `${titillium}/600SemiBold/TitilliumWeb_600SemiBold.ttf`,
    `${sourceSans}/600SemiBold/SourceSans3_600SemiBold.ttf`,
  ],
};

const { resolve } = createRequire(import.meta.url);
const opened = new Map<string, Face>();

/**
 * The first face that has every letter of a text, or undefined if none has them all.
 * A text is set in one face throughout, so that a name never mixes two.
 */
export function faceFor(text: string, weight: Weight): Face | undefined {
  for (const file of files[weight]) {
    const face = openFace(file);
    if (Array.from(text).every((letter) => face.font.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0)))
      return face;
  }
  return undefined;
}

/** Read and parsed once a process. */
function openFace(file: string): Face {
  const known = opened.get(file);
  if (known) return known;

  const bytes = readFileSync(resolve(file));
  const font = create(bytes);
  if (font.type !== 'TTF') throw new TypeError(`${file} is not one TrueType font`);
  const face = { name: file, bytes, font };
  opened.set(file, face);
  return face;
}
