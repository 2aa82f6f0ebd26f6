/**
 * Cuts a file into its records without reading it whole: a JSON array, or JSON Lines (one object a line).
 * Bytes below 0x80 are never part of a longer UTF-8 character, so the cutting needs no decoding.
 */
import { arraySplitter } from './array-splitter.ts';
import { lineSplitter } from './line-splitter.ts';
import type { Splitter } from './splitter.ts';

const OPENING_BRACKET = 0x5b;
const NEWLINE = 0x0a;
/** Spaces, and the byte order mark that some programs put first. */
const BEFORE_THE_FIRST = new Set([0x20, 0x09, 0x0d, NEWLINE, 0xef, 0xbb, 0xbf]);

/**
 * Splits by what the file starts with: `[` is an array, anything else JSON Lines.
 *
 * @throws StartRefused, from its methods, when an array is broken in a way that hides where records end
 */
export function recordSplitter(): Splitter {
  let line = 1;
  let chosen: Splitter | undefined;
  return {
    push(piece) {
      if (chosen) return chosen.push(piece);
      const start = piece.findIndex((byte) => !BEFORE_THE_FIRST.has(byte));
      const blank = start < 0 ? piece : piece.subarray(0, start);
      line += blank.filter((byte) => byte === NEWLINE).length;
      if (start < 0) return [];
      const isArray = piece[start] === OPENING_BRACKET;
      chosen = isArray ? arraySplitter(line) : lineSplitter(line);
      return chosen.push(piece.subarray(isArray ? start + 1 : start));
    },
    end: () => chosen?.end() ?? [],
  };
}
