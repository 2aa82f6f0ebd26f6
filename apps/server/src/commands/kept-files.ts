import type { KeyObject } from 'node:crypto';
import { type Checkpoint, readCheckpoint } from '../platform/audit/checkpoint.ts';
import { readCheckpointFile } from '../platform/audit/checkpoint-file.ts';
import { StartRefused } from '../platform/start-refused.ts';

/** @throws StartRefused when the file cannot be read */
export function readLines(file: string): Promise<string[]> {
  return readCheckpointFile(file).catch((error: Error) => {
    throw new StartRefused(`${file} cannot be read: ${error.message}`);
  });
}

/** @throws StartRefused when a file cannot be read or has a line that was not signed here */
export async function readCheckpoints(files: readonly string[], key: KeyObject): Promise<Checkpoint[]> {
  const found: Checkpoint[] = [];
  for (const file of files) {
    for (const [index, line] of (await readLines(file)).entries()) {
      const checkpoint = readCheckpoint(line, key);
      if (!checkpoint)
        throw new StartRefused(
          `Line ${index + 1} of ${file} is no checkpoint that this installation signed.`,
        );
      found.push(checkpoint);
    }
  }
  return found;
}

export const newestOf = (checkpoints: readonly Checkpoint[]): Checkpoint | undefined =>
  checkpoints.toSorted((one, other) => one.block - other.block).at(-1);
