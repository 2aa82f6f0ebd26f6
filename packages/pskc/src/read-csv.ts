import { base32Decode } from '@sigillo/otp';
import {
  checkedToken,
  type TokenFile,
  type TokenRecord,
  tokenCollector,
  Unreadable,
  wholeNumber,
} from './token-record.ts';

const COLUMNS = ['serial', 'seed', 'digits', 'period', 'counter', 'algorithm'] as const;
type Column = (typeof COLUMNS)[number];
const MOST_LINES = 50_000;

/**
 * Reads tokens from a table: one a line, under a line that names the columns. A token has a `period` (time-based)
 * or a `counter`; `digits` are 6 and `algorithm` is SHA-1 unless told otherwise. Faults are told line by line.
 */
export async function readCsv(text: string): Promise<TokenFile> {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
  const [head = ''] = lines;
  const separator = head.includes(';') ? ';' : ',';
  const collector = tokenCollector();
  return collector.read(async () => {
    if (lines.length > MOST_LINES) throw new Unreadable(`the file has more than ${MOST_LINES} lines`);
    const columns = columnsOf(head.split(separator));
    for (const [i, line] of lines.entries()) {
      if (i === 0 || line.trim() === '') continue;
      await collector.token(`line ${i + 1}`, () => readLine(line.split(separator), columns));
    }
  });
}

function columnsOf(names: string[]): Column[] {
  const columns = names.map((name) => {
    const known = COLUMNS.find((one) => one === name.trim().toLowerCase());
    if (!known)
      throw new Unreadable(`the first line names the columns ${COLUMNS.join(', ')}, not ${name.trim()}`);
    return known;
  });
  if (new Set(columns).size < columns.length) throw new Unreadable('the first line names a column twice');
  for (const needed of ['serial', 'seed'] as const)
    if (!columns.includes(needed)) throw new Unreadable(`the first line names no column ${needed}`);
  return columns;
}

function readLine(cells: string[], columns: Column[]): TokenRecord {
  if (cells.length !== columns.length)
    throw new Unreadable(`there are ${cells.length} values where the first line names ${columns.length}`);
  const cell = (column: Column): string => cells[columns.indexOf(column)]?.trim() ?? '';
  const period = cell('period');
  const counter = cell('counter');
  if ((period === '') === (counter === '')) throw new Unreadable('a token has a period or a counter');
  return checkedToken({
    serial: cell('serial'),
    kind: period === '' ? 'hotp' : 'totp',
    seed: seedOf(cell('seed')),
    algorithm: cell('algorithm'),
    digits: wholeNumber(cell('digits') || '6', 'digits'),
    stepSeconds: wholeNumber(period || '30', 'period'),
    counter: wholeNumber(counter || '0', 'counter'),
  });
}

/**
 * A seed in hexadecimal or base 32. What can be read as hexadecimal is: that a random seed of 128 bits in base 32
 * has no letter after F is less likely than one in a hundred thousand million.
 */
function seedOf(text: string): Uint8Array {
  const isHex = /^(?:[0-9a-f]{2})+$/i.test(text);
  const seed = isHex
    ? Uint8Array.from(text.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16))
    : base32Decode(text);
  if (!seed) throw new Unreadable('the seed is neither hexadecimal nor base 32');
  return seed;
}
