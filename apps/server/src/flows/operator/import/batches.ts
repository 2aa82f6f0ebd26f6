import type { Person, ReadPerson } from './person-record.ts';
import { type Fault, readRecord } from './read-record.ts';
import type { RawRecord } from './splitter.ts';

/** One record of the file, read and checked. */
export interface Entry {
  /** Its place among the records, from 1. */
  record: number;
  /** The line in which it starts, from 1. */
  line: number;
  read: { person: Person } | { faults: Fault[] };
}

/** Big enough that the transaction around it costs nothing, small enough that little is lost with it. */
const MOST_RECORDS = 500;
/** Passwords in clear take a hundredth of a second each: a batch of them is over in a second or two. */
const MOST_CLEAR_PASSWORDS = 100;

/**
 * What is imported in one transaction each, in the order of the file.
 *
 * @param skip how many records at the start have been dealt with before
 */
export async function* batchesOf(
  records: AsyncIterable<RawRecord[]>,
  skip: number,
  readPerson: ReadPerson,
): AsyncGenerator<Entry[]> {
  let batch: Entry[] = [];
  let clearPasswords = 0;
  let number = 0;
  for await (const found of records) {
    for (const raw of found) {
      number += 1;
      if (number <= skip) continue;
      const entry = { record: number, line: raw.line, read: readEntry(raw, readPerson) };
      batch.push(entry);
      if (hasClearPassword(entry)) clearPasswords += 1;
      if (batch.length < MOST_RECORDS && clearPasswords < MOST_CLEAR_PASSWORDS) continue;
      yield batch;
      batch = [];
      clearPasswords = 0;
    }
  }
  if (batch.length > 0) yield batch;
}

function readEntry(raw: RawRecord, readPerson: ReadPerson): Entry['read'] {
  const read = readRecord(raw);
  return 'faults' in read ? read : readPerson(read.value);
}

function hasClearPassword({ read }: Entry): boolean {
  return 'person' in read && read.person.password !== undefined;
}
