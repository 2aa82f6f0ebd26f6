/** What one check of an installation found. */
export interface Finding {
  /** What was looked at, such as `Database`. */
  subject: string;
  /** With a fault the server does not start, or does not do what it is for; a warning may stand. */
  state: 'ok' | 'warning' | 'fault';
  /** One sentence; of a fault also what to do. Never the value of a secret. */
  says: string;
}

/** Runs a check that throws what is wrong, in words for whoever administers the installation. */
export function findingOf(subject: string, says: string, check: () => unknown): Finding {
  try {
    check();
    return { subject, state: 'ok', says };
  } catch (error) {
    return { subject, state: 'fault', says: error instanceof Error ? error.message : String(error) };
  }
}
