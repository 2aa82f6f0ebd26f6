import pg from 'pg';

/** The database could not be reached, or did not answer in time. What was asked for may or may not have happened. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';

  constructor(cause?: unknown) {
    super('the database does not answer', { cause });
  }
}

/**
 * What PostgreSQL says when it cannot serve for now (appendix A of its manual): broken connections, no resources left,
 * an operator or a limit in between (57P01 and its like, 57014), a lock that is not had in time, a transaction that
 * was left alone too long, a standby that takes no writes.
 */
const FOR_NOW = /^(08...|53...|57...|55P03|25P0[34]|25006)$/;

/** Whether what PostgreSQL reported is none of the statement's fault. */
export const isForNow = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && FOR_NOW.test(error.code ?? '');
