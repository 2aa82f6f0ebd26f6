/** One record as the file has it. */
export interface RawRecord {
  /** The line in which it starts, from 1. */
  line: number;
  /** Left out when there are more than `MAX_RECORD_BYTES`. */
  bytes: Buffer | undefined;
}

/** Takes the file piece by piece and hands out the records that are complete. */
export interface Splitter {
  push(piece: Buffer): RawRecord[];
  /** The last record; to be called once, at the end of the file. */
  end(): RawRecord[];
}
