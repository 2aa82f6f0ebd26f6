import { StartRefused } from '../../../platform/start-refused.ts';

/** What the operating system refused (a file that is not there, a full disk) as a sentence; else the error itself. */
export function systemRefusal(error: unknown): unknown {
  const isSystemError = error instanceof Error && 'syscall' in error;
  return isSystemError ? new StartRefused(`${error.message}.`) : error;
}
