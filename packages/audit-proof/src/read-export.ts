import { utf8Decode } from '@sigillo/device-protocol';
import { HISTORY_FORMAT, type HistoryExport } from './history-export.ts';

/** A file as it was read, and the bytes that its seal covers. */
export interface ReadExport {
  file: HistoryExport;
  sealed: Uint8Array;
}

/** What stands before the seal, and after it. */
const SEAL = ',\n"seal":"';
const END = '"}\n';
/** A seal is a few hundred characters. */
const TAIL_BYTES = 4_096;

/** Takes a file apart; undefined when it is none of ours, or is not whole. */
export function readExport(bytes: Uint8Array): ReadExport | undefined {
  const tail = new TextDecoder('latin1').decode(bytes.subarray(-TAIL_BYTES));
  const at = tail.lastIndexOf(SEAL);
  if (at < 0 || !tail.endsWith(END)) return undefined;
  const file = parsed(bytes);
  if (file?.format !== HISTORY_FORMAT || !isList(file.accesses) || !isList(file.blocks)) return undefined;
  const sealedLength = bytes.length - tail.length + at;
  return { file, sealed: bytes.subarray(0, sealedLength) };
}

const isList = (value: unknown): boolean =>
  Array.isArray(value) && value.every((one) => typeof one === 'object' && one !== null);

function parsed(bytes: Uint8Array): HistoryExport | undefined {
  try {
    return JSON.parse(utf8Decode(bytes) ?? '') as HistoryExport;
  } catch {
    return undefined;
  }
}
