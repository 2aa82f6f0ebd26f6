import { literalText, PUT_IN, readSource } from './source-text.ts';
import type { Violation } from './violation.ts';

/** What nothing but the gate may write: whoever could, would prove or admit without it. */
const GATE_TABLES = [
  'operation',
  'operation_unit',
  'approval',
  'ceremony',
  'party',
  'challenge',
  'evidence',
  'attempt_bucket',
  'recognised_browser',
  'session',
  'session_client',
  'capability',
  'qr_ticket',
  'device',
  'device_nonce',
  'pairing',
  'account_hold',
  'emergency_link',
  'emergency_lookup',
];

/** Everybody who writes them, by the start of the path, and why. */
const WRITERS: Record<string, string> = {
  'apps/server/src/stores/gate/': 'the gate’s own stores',
  'apps/server/src/platform/database/partitions.ts': 'moves rows between the partitions of any one table',
  'apps/server/src/platform/database/insert-many.ts':
    'writes the table its caller names, who is judged by it',
  'tests/setup/session-standing.ts': 'makes sessions of less than anybody could open, which must be refused',
  'scripts/boundaries/table-writes.test.ts': 'samples of what is refused',
};

/** Functions that write a table, and which of their arguments names it. */
const WRITING_CALLS = new Map([
  ['insertInto', 0],
  ['updateTable', 0],
  ['deleteFrom', 0],
  ['replaceInto', 0],
  ['mergeInto', 0],
  ['insertMany', 1],
]);
const RULE = 'only-the-gate-writes-its-tables';

/**
 * Where a source file writes a table of the gate, by a function or by SQL in a text, though it is not
 * among those who may. A write whose table cannot be read off is one too: it may be any table.
 */
export function findTableWrites(path: string, source: string): Violation[] {
  if (Object.keys(WRITERS).some((writer) => path.startsWith(writer))) return [];
  const { calls, texts } = readSource(path, source);

  const built = calls.flatMap(({ name, arguments: given, line }) => {
    const position = WRITING_CALLS.get(name);
    return position === undefined ? [] : [{ line, table: literalText(given[position])?.split(/\s/)[0] }];
  });
  const written = texts.flatMap(({ text, line }) => tablesWritten(text).map((table) => ({ line, table })));

  return [...built, ...written]
    .filter(({ table }) => table === undefined || GATE_TABLES.includes(table))
    .map(({ line, table }) => ({ rule: RULE, path, line, message: messageOf(table) }));
}

/** The tables that SQL in a text writes; undefined for one that is put in, or follows in another text. */
function tablesWritten(text: string): (string | undefined)[] {
  const name = String.raw`(?:only\s+)?(?:"?public"?\s*\.\s*)?("?\w+"?|${PUT_IN}|$)`;
  const statements = [
    String.raw`insert\s+into\s+${name}`,
    String.raw`merge\s+into\s+${name}`,
    String.raw`delete\s+from\s+${name}`,
    String.raw`truncate\s+(?:table\s+)?${name}`,
    String.raw`copy\s+${name}\s*(?:\([^)]*\)\s*)?from`,
    String.raw`update\s+${name}(?:\s+(?:as\s+)?\w+)?\s+set\b`,
  ];
  const pattern = new RegExp(String.raw`\b(?:${statements.join('|')})`, 'gi');
  return [...text.matchAll(pattern)].map((match) => {
    const table = match.slice(1).find(Boolean)?.replaceAll('"', '').toLowerCase();
    return table === PUT_IN ? undefined : table;
  });
}

function messageOf(table: string | undefined): string {
  return table
    ? `writes ${table}; ask the gate (apps/server/src/gate) to do it`
    : 'writes a table whose name does not stand here; write it out';
}
