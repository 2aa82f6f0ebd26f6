import { createHash } from 'node:crypto';
import pg from 'pg';

/** Far more statements than the stores have; lists of different lengths make a few more. */
const MOST_STATEMENTS = 1000;
const names = new Map<string, string>();

/** The name under which a statement is prepared; none beyond what a connection should keep. */
function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= MOST_STATEMENTS) return known;
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 22);
  names.set(text, name);
  return name;
}

/** feature_not_supported, as PostgreSQL calls a plan whose columns have changed under it */
const STALE = /^cached plan must not change result type/;

/** Whether a statement failed because a migration has changed what it reads: done again, it is prepared anew. */
export const isStalePlan = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && error.code === '0A000' && STALE.test(error.message);

/**
 * A connection on which a statement with parameters is read and planned once. Most of what a database does for our
 * small statements is planning them. Prepared by the protocol, not by SQL, so that a pooler can follow.
 */
export class PreparingClient extends pg.Client {
  #generation = 0;

  // biome-ignore lint/suspicious/noExplicitAny: the library declares eight ways to call it; one of them is changed
  override query(...given: any[]): any {
    const [text, values, ...rest] = given;
    const name = typeof text === 'string' && Array.isArray(values) && values.length > 0 && nameOf(text);
    if (!name || rest.length > 0) return super.query(...(given as Parameters<pg.Client['query']>));
    const result = super.query({ name: `${name}.${this.#generation}`, text, values });
    result.catch((error: unknown) => {
      // What was prepared before is never asked for again.
      if (isStalePlan(error)) this.#generation += 1;
    });
    return result;
  }
}
