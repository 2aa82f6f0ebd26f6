import { MAX_RECORD_BYTES } from './held-bytes.ts';
import type { RawRecord } from './splitter.ts';

/** What is wrong with a record. Values are not repeated: some are secrets. */
export interface Fault {
  /** Empty when it is the record as a whole. */
  field: string;
  reason: string;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The value behind the bytes of a record. The parser's own message is not used: it quotes what it read. */
export function readRecord({ bytes }: RawRecord): { value: unknown } | { faults: Fault[] } {
  if (!bytes) return { faults: [{ field: '', reason: `is longer than ${MAX_RECORD_BYTES} bytes` }] };
  try {
    return { value: JSON.parse(utf8.decode(bytes)) };
  } catch {
    return { faults: [{ field: '', reason: 'is not JSON in UTF-8' }] };
  }
}
