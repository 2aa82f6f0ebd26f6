import { globSync } from 'node:fs';
import { join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import extractTsConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import type { Violation } from './violation.ts';

/** What a cruise saw, and which imports point the wrong way. */
export interface ImportReport {
  modules: number;
  violations: Violation[];
}

const FOLDERS = ['apps', 'packages'];

/**
 * Follows every import of the TypeScript below `root`'s apps and packages, by the rules of a configuration.
 *
 * @throws Error when it read fewer than half of the files that are there: it then says nothing about them,
 *   however content it is (dependency-cruiser reads nothing when it does not know the TypeScript it finds)
 */
export async function checkImports(root: string, config: string): Promise<ImportReport> {
  const tsConfig = extractTsConfig(join(root, 'tsconfig.json'));
  const options = { ...(await extractOptions(config)), baseDir: root };
  const { output } = await cruise(FOLDERS, options, undefined, { tsConfig });
  const { modules, summary } = output as ICruiseResult;

  const own = modules.filter(({ source }) => /^(apps|packages)\/.*\.tsx?$/.test(source)).length;
  const present = globSync('{apps,packages}/*/src/**/*.{ts,tsx}', { cwd: root }).length;
  if (own === 0 || own < present / 2) {
    throw new Error(
      `dependency-cruiser read ${own} of ${present} TypeScript files: its answer is worth nothing`,
    );
  }
  const violations = summary.violations.map(({ rule, from, to, comment, cycle }) => {
    const chain = cycle ? cycle.map(({ name }) => name).join(' → ') : to;
    return {
      rule: rule.name,
      path: from,
      line: 0,
      message: `imports ${chain}${comment ? `: ${comment}` : ''}`,
    };
  });
  return { modules: own, violations };
}
