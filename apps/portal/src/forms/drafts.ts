const drafts = new Map<string, Record<string, string>>();

/** Keeps what was typed while the portal is open, so that going away and back loses nothing. */
export function keepDraft(form: string, values: Record<string, string>, names: readonly PropertyKey[]): void {
  drafts.set(form, Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name))));
}

/** What was kept of a form; empty when nothing was. */
export function readDraft(form: string): Record<string, string> {
  return drafts.get(form) ?? {};
}

/** Forgets a form whose contents nobody needs again. What was sent otherwise stays, to go back to. */
export function dropDraft(form: string): void {
  drafts.delete(form);
}
