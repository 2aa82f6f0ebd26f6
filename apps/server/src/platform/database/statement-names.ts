/** Every connection keeps what it prepared: there is an end to it. */
const MOST = 500;
/** Longer ones are written for the number of their rows, and not sent again as they are. */
const LONGEST = 4_000;

/** Names for statements that are sent again and again, by which PostgreSQL knows them once a connection prepared them. */
export interface StatementNames {
  /** The name of a statement; undefined for one that is not worth preparing. */
  of(text: string): string | undefined;
  /** Gives every statement a new name, so that each connection prepares and plans it anew. */
  renew(): void;
}

export function statementNames(): StatementNames {
  const names = new Map<string, string>();
  let generation = 0;
  return {
    of(text) {
      const known = names.get(text);
      if (known !== undefined || names.size >= MOST || text.length > LONGEST) return known;
      const name = `s${generation}_${names.size}`;
      names.set(text, name);
      return name;
    },
    renew() {
      generation += 1;
      names.clear();
    },
  };
}
