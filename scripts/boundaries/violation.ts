/** One place where a rule of the repository is broken. */
export interface Violation {
  rule: string;
  path: string;
  /** The first line of a file is 1; 0 speaks of the file as a whole. */
  line: number;
  message: string;
}
