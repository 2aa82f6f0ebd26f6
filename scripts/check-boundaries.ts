/**
 * The rules of the house that neither the compiler nor the linter knows: which way imports point, who writes
 * the gate's tables, where randomness and time come from.
 *
 *   node scripts/check-boundaries.ts
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findDatabaseClock, findForbiddenCalls } from './boundaries/forbidden-calls.ts';
import { checkImports } from './boundaries/imports.ts';
import { findTableWrites } from './boundaries/table-writes.ts';
import type { Violation } from './boundaries/violation.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** What the sources of a checkout do that they must not. */
export function checkSources(root = ROOT): { files: number; violations: Violation[] } {
  const sources = listFiles(root, '{apps/*/src,packages/*/src,tests,scripts,bench}/**/*.{ts,tsx}');
  const migrations = listFiles(root, 'apps/server/src/migrations/*.sql');
  const read = (path: string) => readFileSync(join(root, path), 'utf8');
  const violations = [
    ...sources.flatMap((path) => findTableWrites(path, read(path))),
    ...sources.filter(isProduct).flatMap((path) => findForbiddenCalls(path, read(path))),
    ...migrations.flatMap((path) => findDatabaseClock(path, read(path))),
  ];
  return { files: sources.length + migrations.length, violations };
}

function listFiles(root: string, pattern: string): string[] {
  const paths = globSync(pattern, { cwd: root, exclude: (name) => name.includes('node_modules') });
  return paths.map((path) => path.replaceAll('\\', '/')).sort();
}

function isProduct(path: string): boolean {
  return /^(apps|packages)\//.test(path) && !/\.(test|fixture)\.tsx?$/.test(path);
}

function format({ rule, path, line, message }: Violation): string {
  return `${line ? `${path}:${line}` : path}  ${message}  [${rule}]`;
}

if (import.meta.main) {
  const imports = await checkImports(ROOT, join(ROOT, '.dependency-cruiser.cjs'));
  const sources = checkSources();
  const violations = [...imports.violations, ...sources.violations];
  for (const violation of violations) console.error(format(violation));
  console.log(
    `boundaries: ${imports.modules} modules and ${sources.files} files read, ${violations.length} violations`,
  );
  process.exitCode = violations.length > 0 ? 1 : 0;
}
