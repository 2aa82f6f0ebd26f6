import { StartRefused } from '../../../platform/start-refused.ts';
import { heldBytes, isBlank } from './held-bytes.ts';
import type { RawRecord, Splitter } from './splitter.ts';

const code = (character: string) => character.charCodeAt(0);
const NEWLINE = code('\n');
const QUOTE = code('"');
const BACKSLASH = code('\\');
const COMMA = code(',');
const OPENING_BRACE = code('{');
const CLOSING_BRACE = code('}');
const OPENING_BRACKET = code('[');
const CLOSING_BRACKET = code(']');

/** Where in the array the reading stands. */
interface Position {
  line: number;
  /** The line in which the current record starts; 0 while only white space has come. */
  startLine: number;
  /** Open braces and brackets inside the current record. */
  depth: number;
  inString: boolean;
  escaped: boolean;
  closed: boolean;
}

/**
 * Splits the elements of a JSON array, from the byte after its opening bracket. An element that is no JSON
 * spoils itself alone, unless one cannot tell where it ends.
 *
 * @param firstLine number of the line that the first byte is in
 * @throws StartRefused, from its methods, when the array does not end, or goes on after its end
 */
export function arraySplitter(firstLine: number): Splitter {
  const at: Position = {
    line: firstLine,
    startLine: 0,
    depth: 0,
    inString: false,
    escaped: false,
    closed: false,
  };
  const held = heldBytes();

  return {
    push(piece) {
      const records: RawRecord[] = [];
      let from = 0;
      for (let end = 0; end < piece.length; end++) {
        if (!endsRecord(at, piece[end] ?? 0)) continue;
        held.add(piece.subarray(from, end));
        const record = { line: at.startLine || at.line, bytes: held.take() };
        const isNothing = at.closed && record.bytes !== undefined && isBlank(record.bytes);
        if (!isNothing) records.push(record);
        at.startLine = 0;
        from = end + 1;
      }
      if (!at.closed) held.add(piece.subarray(from));
      if (held.isTooLong) throw new StartRefused(`Line ${at.startLine}: this record does not seem to end.`);
      return records;
    },
    end() {
      if (at.closed) return [];
      throw new StartRefused(`Line ${at.line}: the file ends before its list does; is it whole?`);
    },
  };
}

/** Takes one byte further; true when it is the comma or bracket after a record. */
function endsRecord(at: Position, byte: number): boolean {
  if (byte === NEWLINE) at.line += 1;
  if (at.inString) {
    readString(at, byte);
    return false;
  }
  if (byte <= 0x20) return false;
  if (at.closed) throw new StartRefused(`Line ${at.line}: something follows the end of the list.`);
  if (at.depth === 0 && (byte === COMMA || byte === CLOSING_BRACKET)) {
    at.closed = byte === CLOSING_BRACKET;
    return true;
  }
  at.startLine ||= at.line;
  if (byte === QUOTE) at.inString = true;
  else if (byte === OPENING_BRACE || byte === OPENING_BRACKET) at.depth += 1;
  else if (byte === CLOSING_BRACE || byte === CLOSING_BRACKET) at.depth = Math.max(0, at.depth - 1);
  return false;
}

function readString(at: Position, byte: number): void {
  if (at.escaped) at.escaped = false;
  else if (byte === BACKSLASH) at.escaped = true;
  else if (byte === QUOTE) at.inString = false;
}
