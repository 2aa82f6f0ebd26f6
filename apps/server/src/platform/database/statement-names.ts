/** Every connection keeps what it prepared: there is an end to it. */
const MOST = 500;
/** Longer ones are written for the number of their rows, and not sent again as they are. */
const LONGEST = 4_000;

/**
 * Names for statements that are sent again and again, by which PostgreSQL knows them once a connection has prepared
 * them.
 *
 * @returns the name of a statement; undefined for one that is not worth preparing
 */
export function statementNames(): (text: string) => string | undefined {
  const names = new Map<string, string>();
  return (text) => {
    const known = names.get(text);
    if (known !== undefined || names.size >= MOST || text.length > LONGEST) return known;
    const name = `s${names.size}`;
    names.set(text, name);
    return name;
  };
}
