import { gunzipSync } from 'node:zlib';
import { sql } from 'kysely';
import type { Db } from '../../apps/server/src/platform/database/database.ts';
import type { Keyring } from '../../apps/server/src/platform/keyring/keyring.ts';
import { tablesOf } from './table-contents.ts';

type Row = Record<string, unknown>;

/** Everything that a database holds, as text: what is clear as it is, what is sealed opened. */
export async function readableContents(db: Db, keyring: Keyring): Promise<{ table: string; text: string }[]> {
  const all: { table: string; text: string }[] = [];
  for (const table of await tablesOf(db)) {
    const { rows } = await sql<Row>`select * from ${sql.table(table)}`.execute(db);
    for (const row of rows) all.push({ table, text: textOf(keyring, table, row) });
  }
  return all;
}

function textOf(keyring: Keyring, table: string, row: Row): string {
  const texts = Object.entries(row).map(([column, value]) => {
    if (!Buffer.isBuffer(value)) return JSON.stringify(value);
    const opened = openedBy(keyring, table, row, column, value);
    return `${value.toString('latin1')} ${opened ? plainOf(opened) : ''}`;
  });
  return texts.join('\n');
}

const plainOf = (value: Buffer): string =>
  (value[0] === 0x1f && value[1] === 0x8b ? gunzipSync(value) : value).toString('utf8');

/** By whichever one or two of its row's values the place was named. */
function openedBy(
  keyring: Keyring,
  table: string,
  row: Row,
  column: string,
  value: Buffer,
): Buffer | undefined {
  const names = Object.values(row).filter((one) => typeof one === 'string' || typeof one === 'number');
  const places = ['1', ...names.map(String), ...names.flatMap((a) => names.map((b) => `${a}/${b}`))];
  for (const place of places) {
    try {
      return keyring.open(value, { table, row: place, column });
    } catch {
      // Not by this one.
    }
  }
  return undefined;
}
