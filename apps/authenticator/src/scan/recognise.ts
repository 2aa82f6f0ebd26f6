import { type QrContent, readQr } from '@sigillo/device-protocol';
import { parseOtpauthMigration, parseOtpauthUri, type ReadOtpauthKey } from '@sigillo/otp';

/** Accounts that a text holds, and how many of them this app cannot use. */
export interface FoundKeys {
  keys: ReadOtpauthKey[];
  skipped: number;
  /** Of an export that is spread over several QR codes: which one this is, from 1, and how many there are. */
  part?: { number: number; of: number };
}

/** What the text of a QR code is to this app. Another kind of code becomes another member here. */
export type Recognised =
  | { kind: 'keys'; found: FoundKeys }
  | { kind: 'ours'; content: QrContent }
  | { kind: 'unknown' };

/**
 * Reads the text of a QR code, whoever made it.
 *
 * @param appOrigin whose codes are ours: those of this app alone
 */
export function recognise(text: string, appOrigin: string): Recognised {
  const trimmed = text.trim();
  const content = readQr(appOrigin, trimmed);
  if (content) return { kind: 'ours', content };
  const key = parseOtpauthUri(trimmed);
  if (key) return { kind: 'keys', found: { keys: [key], skipped: 0 } };
  const migration = parseOtpauthMigration(trimmed);
  if (!migration) return { kind: 'unknown' };
  const { keys, skipped, batch } = migration;
  const part = batch.size > 1 ? { part: { number: batch.index + 1, of: batch.size } } : {};
  return { kind: 'keys', found: { keys, skipped, ...part } };
}

/** The first text that means something, else what the first one is; undefined without any text. */
export function recogniseFirst(texts: readonly string[], appOrigin: string): Recognised | undefined {
  const all = texts.map((text) => recognise(text, appOrigin));
  return all.find(({ kind }) => kind !== 'unknown') ?? all[0];
}
