import { link, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StartRefused } from '../../start-refused.ts';
import { processIdentity } from './process-identity.ts';

/** Who holds a folder. A number of a process comes back, its number and start together do not. */
interface Claim {
  pid: number;
  /** Empty once the holder let go. */
  started: string;
}

/** Another server runs on this data directory. */
export class DataDirectoryInUse extends StartRefused {}

const PREFIX = 'server.lock.';

/**
 * Makes this process the only holder of a folder, until it lets go or ends, however it ends.
 *
 * Claims are numbered files and the highest counts. A new one is made only above a dead one, and only by
 * creating a name that nobody has, so of many that find the same dead claim one gets the next number. The
 * highest is never removed, only superseded: a slow contender cannot claim a number that was used meanwhile.
 *
 * @returns lets go
 * @throws DataDirectoryInUse when a living process holds it
 */
export async function lockDirectory(folder: string): Promise<() => Promise<void>> {
  for (;;) {
    const newest = (await claimNumbers(folder)).at(-1) ?? 0;
    await refuseIfHeld(folder, newest);
    const number = newest + 1;
    if (!(await create(folder, number))) continue;

    const numbers = await claimNumbers(folder);
    if (numbers.at(-1) === number) {
      await Promise.all(numbers.slice(0, -1).map((older) => rm(fileOf(folder, older), { force: true })));
      return () => replace(folder, number, { pid: process.pid, started: '' });
    }
    await rm(fileOf(folder, number), { force: true });
  }
}

async function claimNumbers(folder: string): Promise<number[]> {
  const names = (await readdir(folder)).filter((name) => name.startsWith(PREFIX));
  const numbers = names.map((name) => Number(name.slice(PREFIX.length)));
  return numbers.filter(Number.isInteger).sort((a, b) => a - b);
}

async function refuseIfHeld(folder: string, number: number): Promise<void> {
  const text = await readFile(fileOf(folder, number), 'utf8').catch(() => undefined);
  if (!text) return;
  const { pid, started } = JSON.parse(text) as Claim;
  if (!started || (await processIdentity(pid)) !== started) return;
  throw new DataDirectoryInUse(
    `Another Sigillo server (process ${pid}) is running on the data directory ${folder}. ` +
      'Stop it first, or give this one a data directory of its own.',
  );
}

/** False when somebody has this number already. A claim appears with its content, by linking a whole file. */
async function create(folder: string, number: number): Promise<boolean> {
  const started = await processIdentity(process.pid);
  const draft = await writeDraft(folder, { pid: process.pid, started: started ?? 'unknown' });
  try {
    await link(draft, fileOf(folder, number));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function replace(folder: string, number: number, claim: Claim): Promise<void> {
  await rename(await writeDraft(folder, claim), fileOf(folder, number));
}

async function writeDraft(folder: string, claim: Claim): Promise<string> {
  const draft = join(folder, `draft-${process.pid}-${crypto.randomUUID()}`);
  await writeFile(draft, JSON.stringify(claim), { flag: 'wx' });
  return draft;
}

function fileOf(folder: string, number: number): string {
  return join(folder, `${PREFIX}${number}`);
}
