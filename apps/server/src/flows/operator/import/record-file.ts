import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { StartRefused } from '../../../platform/start-refused.ts';
import { recordSplitter } from './record-splitter.ts';
import type { RawRecord } from './splitter.ts';
import { systemRefusal } from './system-refusal.ts';

const PIECE_BYTES = 256 * 1024;

/** What a file holds, before anything of it is imported. */
export interface Survey {
  /** SHA-256 of its bytes: by this it is known when it comes again. */
  digest: Buffer;
  records: number;
}

/**
 * Reads a file once from end to end.
 *
 * @throws StartRefused when it cannot be read, is empty, or is a list that does not end
 */
export async function surveyFile(file: string): Promise<Survey> {
  const hash = createHash('sha256');
  let records = 0;
  for await (const found of readRecords(file, (piece) => hash.update(piece))) records += found.length;
  if (records === 0) throw new StartRefused(`${file} holds no records.`);
  return { digest: hash.digest(), records };
}

/**
 * The records of a file that was surveyed.
 *
 * @throws StartRefused after the last one, when the file is not the same any more
 */
export async function* readSurveyed(file: string, { digest }: Survey): AsyncGenerator<RawRecord[]> {
  const hash = createHash('sha256');
  yield* readRecords(file, (piece) => hash.update(piece));
  if (hash.digest().equals(digest)) return;
  throw new StartRefused(`${file} changed while it was read. Run the import again.`);
}

/** @throws StartRefused when the file cannot be read, or is a list that does not end */
async function* readRecords(file: string, onPiece: (piece: Buffer) => void): AsyncGenerator<RawRecord[]> {
  const splitter = recordSplitter();
  try {
    for await (const piece of createReadStream(file, { highWaterMark: PIECE_BYTES })) {
      onPiece(piece);
      yield splitter.push(piece);
    }
  } catch (error) {
    throw systemRefusal(error);
  }
  yield splitter.end();
}
