import { constants, type FileHandle, open, unlink } from 'node:fs/promises';
import type { Reject } from './sort-out.ts';
import { systemRefusal } from './system-refusal.ts';

/**
 * Where the records that became no account are listed, as JSON Lines. What was written stands only once it is
 * settled: whoever is interrupted before writes the same place again, so that each record is listed once.
 */
export interface RejectsFile {
  /** Writes what a batch leaves behind, on the disk before its transaction commits. */
  put(rejects: Reject[]): Promise<void>;
  /** The batch is committed. */
  settle(): void;
  /** Closes the file, and removes it when it is empty. What is not settled may be committed all the same. */
  close(): Promise<void>;
}

/** Readable by its owner alone: it tells who has an account. */
const MODE = 0o600;

/**
 * @param recordsDone records that are settled; what the file says of later ones is forgotten
 * @throws StartRefused when the file cannot be written
 */
export async function openRejectsFile(path: string, recordsDone: number): Promise<RejectsFile> {
  const handle = await open(path, constants.O_RDWR | constants.O_CREAT, MODE).catch((error) => {
    throw systemRefusal(error);
  });
  let settled = recordsDone === 0 ? 0 : await lengthUpTo(handle, recordsDone);
  let end = settled;
  await handle.truncate(settled);
  return {
    async put(rejects) {
      const bytes = Buffer.from(rejects.map((reject) => `${JSON.stringify(reject)}\n`).join(''));
      await handle.write(bytes, 0, bytes.length, settled);
      end = settled + bytes.length;
      await handle.truncate(end);
      await handle.datasync();
    },
    settle() {
      settled = end;
    },
    async close() {
      await handle.close();
      if (end === 0) await unlink(path);
    },
  };
}

/** How many bytes at the start are about records up to this one. */
async function lengthUpTo(handle: FileHandle, record: number): Promise<number> {
  let length = 0;
  for await (const line of handle.readLines({ autoClose: false, start: 0 })) {
    if (!isUpTo(line, record)) break;
    length += Buffer.byteLength(line) + 1;
  }
  return length;
}

function isUpTo(line: string, record: number): boolean {
  try {
    const reject: unknown = JSON.parse(line);
    return hasRecord(reject) && reject.record <= record;
  } catch {
    return false; // the process was killed while it wrote this line
  }
}

function hasRecord(value: unknown): value is { record: number } {
  return typeof value === 'object' && value !== null && 'record' in value && typeof value.record === 'number';
}
