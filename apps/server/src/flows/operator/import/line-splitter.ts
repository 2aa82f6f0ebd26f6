import { heldBytes, isBlank } from './held-bytes.ts';
import type { RawRecord, Splitter } from './splitter.ts';

const NEWLINE = 0x0a;

/**
 * Splits JSON Lines; blank lines are skipped. A line that is no JSON spoils itself alone.
 *
 * @param firstLine number of the line that the first byte is in
 */
export function lineSplitter(firstLine: number): Splitter {
  let line = firstLine;
  const held = heldBytes();

  function finishLine(records: RawRecord[]): void {
    const bytes = held.take();
    if (bytes === undefined || !isBlank(bytes)) records.push({ line, bytes });
    line += 1;
  }

  return {
    push(piece) {
      const records: RawRecord[] = [];
      let from = 0;
      for (let end = piece.indexOf(NEWLINE); end >= 0; end = piece.indexOf(NEWLINE, from)) {
        held.add(piece.subarray(from, end));
        finishLine(records);
        from = end + 1;
      }
      held.add(piece.subarray(from));
      return records;
    },
    end() {
      const records: RawRecord[] = [];
      finishLine(records);
      return records;
    },
  };
}
