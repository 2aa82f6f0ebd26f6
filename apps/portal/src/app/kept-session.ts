/** A session that somebody may want to keep: a holder's, or an operator's. */
export interface KeptSession {
  /** How the addresses of its pages begin: they are left when it ends. */
  pages: readonly string[];
  signInPage: string;
  /** Asks again when it ends; does not count as a use. */
  refresh: () => Promise<void>;
  /** Counts as a use. */
  use: () => Promise<unknown>;
  signOut: () => unknown;
}
