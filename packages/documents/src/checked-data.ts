import { isDay } from '@sigillo/identity';
import { DocumentDataRefused } from './document-data-refused.ts';
import { faceFor } from './fonts.ts';

/** The longest text of one field, in code points. Longer ones are no name or address. */
const MAX_FIELD_LENGTH = 500;

/**
 * Controls, characters that turn or hide what follows (U+202E and its kin), lone surrogates, unassigned ones, line
 * and paragraph separators; and marks piled so high that they would cover the lines above.
 */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]|\p{M}{3}/u;

/**
 * The data with every text in NFC, fit to be printed.
 *
 * @throws DocumentDataRefused when a text is empty, over-long, not printable, without glyphs in our typefaces, or is
 *   not the date or colour that it should be
 */
export function checkedData<T>(data: T): T {
  return checked(data, '') as T;
}

function checked(value: unknown, field: string): unknown {
  if (typeof value === 'string') return checkedText(value, field);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(
    entries.map(([key, member]) => [key, checked(member, field ? `${field}.${key}` : key)]),
  );
}

function checkedText(raw: string, field: string): string {
  // Over-long by code units first: normalising a huge text costs time.
  if (raw.length > 4 * MAX_FIELD_LENGTH) throw new DocumentDataRefused(field, 'too-long');
  const text = raw.normalize('NFC');
  if (text.trim() === '') throw new DocumentDataRefused(field, 'empty');
  if (Array.from(text).length > MAX_FIELD_LENGTH) throw new DocumentDataRefused(field, 'too-long');
  if (UNPRINTABLE.test(text)) throw new DocumentDataRefused(field, 'unprintable');
  if (!faceFor(text, 'regular') || !faceFor(text, 'bold')) throw new DocumentDataRefused(field, 'no-glyph');
  checkShape(text, field);
  return text;
}

/** What the name of a field promises about its text. */
function checkShape(text: string, field: string): void {
  if (/(^|\.)(dateOfBirth|[a-z]+On)$/.test(field) && !isDay(text)) {
    throw new DocumentDataRefused(field, 'not-a-date');
  }
  if (/(Url|Link)$/.test(field) && !/^https?:$/.test(URL.parse(text)?.protocol ?? '')) {
    throw new DocumentDataRefused(field, 'not-a-link');
  }
  if (field === 'provider.colour' && !/^#[0-9a-f]{6}$/i.test(text)) {
    throw new DocumentDataRefused(field, 'not-a-colour');
  }
}
