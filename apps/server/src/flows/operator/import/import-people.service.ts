import { batchesOf, type Entry } from './batches.ts';
import { type BatchOutcome, type BatchPorts, importBatch, outcomeOf } from './import-batch.service.ts';
import { type PersonRules, personReader } from './person-record.ts';
import { readSurveyed, type Survey, surveyFile } from './record-file.ts';
import { openRejectsFile, type RejectsFile } from './rejects-file.ts';
import { sortOut } from './sort-out.ts';

export type ImportPorts = Omit<BatchPorts, 'rejects'>;

export interface ImportWish {
  file: string;
  /** Where the records that become no account are listed. */
  rejectsFile: string;
  /** Checks everything and writes nothing but the list of rejects. */
  dryRun: boolean;
  rules: PersonRules;
  /** Told once before the first batch and after every one. */
  onProgress(progress: ImportProgress): void;
}

/** How far an import has come, in records. */
export interface ImportProgress extends BatchOutcome {
  /** In the file. */
  records: number;
  /** Dealt with before this run: by one that was interrupted. */
  doneBefore: number;
  /** Dealt with, by this run or before. */
  done: number;
}

/**
 * Makes an account of every record of a file. Batch by batch, each all or nothing, so that an import that was
 * interrupted, however it was, goes on where it stood when it is started again with the same file.
 *
 * @throws StartRefused when the file cannot be read as a whole, changes meanwhile, or is being imported
 */
export async function importPeopleFile(ports: ImportPorts, wish: ImportWish): Promise<ImportProgress> {
  const survey = await surveyFile(wish.file);
  const doneBefore = wish.dryRun ? 0 : await ports.runs.recordsDone(ports.db, survey.digest);
  const nothing = { imported: 0, rejected: 0, skipped: 0, hashed: 0 };
  let progress = { ...nothing, records: survey.records, doneBefore, done: doneBefore };
  wish.onProgress(progress);

  const rejects = await openRejectsFile(wish.rejectsFile, doneBefore);
  const deal = wish.dryRun ? rehearsal(ports, rejects) : importer(ports, rejects, survey);
  try {
    const records = readSurveyed(wish.file, survey);
    for await (const entries of batchesOf(records, doneBefore, personReader(wish.rules))) {
      const outcome = await deal(entries);
      progress = { ...progress, ...sumOf(progress, outcome), done: progress.done + entries.length };
      wish.onProgress(progress);
    }
  } finally {
    await rejects.close();
  }
  return progress;
}

type Deal = (entries: Entry[]) => Promise<BatchOutcome>;

function importer(ports: ImportPorts, rejects: RejectsFile, { digest }: Survey): Deal {
  return (entries) => importBatch({ ...ports, rejects }, digest, entries);
}

/** Remembers every identifier of the file, since no account is made that would be found later on. */
function rehearsal(ports: ImportPorts, file: RejectsFile): Deal {
  const seen = new Set<string>();
  return async (entries) => {
    const { newcomers, rejects } = await sortOut(ports, entries, seen);
    await file.put(rejects);
    file.settle();
    return { ...outcomeOf(newcomers, rejects), hashed: 0 };
  };
}

function sumOf(a: BatchOutcome, b: BatchOutcome): BatchOutcome {
  return {
    imported: a.imported + b.imported,
    rejected: a.rejected + b.rejected,
    skipped: a.skipped + b.skipped,
    hashed: a.hashed + b.hashed,
  };
}
