import { accessibilityFaults } from './a11y.ts';
import type { Stage } from './stage.ts';
import type { Visitor } from './visitor.ts';
import { watchSafety } from './web-safety.ts';

/** A walk through pages that looks closely at each. */
export interface Crawl {
  /** Looks at the page as it stands, and names that state in what it finds. */
  see(state: string): Promise<void>;
  /** Everything that was wrong [ACC-1] [WEB-1], one line each. */
  faults(): Promise<string[]>;
}

/** Begins a walk; from now on everything that the browser loads is watched. */
export async function crawl(stage: Stage, { page, look }: Visitor): Promise<Crawl> {
  const found: string[] = [];
  const loaded = await watchSafety(page.context(), stage.product.issuer);
  return {
    see: async (state) => void found.push(...(await accessibilityFaults(page, look, state))),
    faults: async () => [...found, ...(await loaded())],
  };
}
