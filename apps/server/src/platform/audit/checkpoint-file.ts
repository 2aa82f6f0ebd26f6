import { open, readFile } from 'node:fs/promises';

/** Where checkpoints go: out of reach of whoever can change the database. */
export interface CheckpointLog {
  /** The newest one; undefined when there is none yet. */
  last(): Promise<string | undefined>;
  /** Returns when it is kept. */
  append(checkpoint: string): Promise<void>;
}

/** A file to which checkpoints are appended, one a line. */
export function checkpointFile(path: string): CheckpointLog {
  return {
    last: async () => (await checkpointsSoFar(path)).at(-1),
    append: async (checkpoint) => {
      const file = await open(path, 'a', 0o644);
      try {
        await file.appendFile(`${checkpoint}\n`);
        await file.datasync();
      } finally {
        await file.close();
      }
    },
  };
}

/** The checkpoints in a file, oldest first; a line that a crash cut off is among them. */
export async function readCheckpointFile(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8');
  return text.split('\n').filter((line) => line !== '');
}

/** The same of a file that this installation writes: before its first checkpoint there is none. */
export const checkpointsSoFar = (path: string): Promise<string[]> =>
  readCheckpointFile(path).catch(ifMissing);

function ifMissing(error: unknown): string[] {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
  throw error;
}
