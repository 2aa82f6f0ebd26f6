/**
 * Fills the "Shown by:" parts of docs/requirements.md from the results of the last full test run: a test shows
 * the requirements whose ids stand in brackets in its name. Run it after `npm test`:
 *
 *   node scripts/requirements-table.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { relative, sep } from 'node:path';

/** The parts we need of the report that vitest writes as JSON. */
export interface TestReport {
  testResults: { name: string; assertionResults: { fullName: string; status: string }[] }[];
}

/** Titles of passed tests by file, both in order, by requirement. */
type Evidence = Map<string, Map<string, string[]>>;

/** `OTP-2`, and `SPID-IDL-1`. */
const ID = /\[((?:[A-Z]+-)+\d+)\]/g;
/** Of what people do: `[A7]`. */
const JOURNEY = /\[[A-G]\d+\]/g;
const SECTION = /^## ((?:[A-Z]+-)+\d+)\b/;
const MOST_TITLES = 5;

/** Which passed tests name which requirement. @param root the folder that paths are told from */
export function collectEvidence(report: TestReport, root: string): Evidence {
  const evidence: Evidence = new Map();
  const files = report.testResults.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  for (const { name, assertionResults } of files) {
    const path = relative(root, name).split(sep).join('/');
    if (path.startsWith('..')) throw new Error(`The report is of another checkout: ${name}`);
    for (const { fullName, status } of assertionResults) {
      if (status === 'passed') addTest(evidence, path, fullName);
    }
  }
  return evidence;
}

function addTest(evidence: Evidence, path: string, fullName: string): void {
  const title = fullName.replace(ID, '').replace(JOURNEY, '').replace(/\s+/g, ' ').trim();
  for (const [, id = ''] of fullName.matchAll(ID)) {
    const files = evidence.get(id) ?? new Map<string, string[]>();
    const titles = files.get(path) ?? [];
    evidence.set(id, files.set(path, titles.includes(title) ? titles : [...titles, title]));
  }
}

/** The document with every "Shown by:", the last thing of its section, written anew. */
export function fillShownBy(document: string, evidence: Evidence): string {
  const sections = document.split(/^(?=## )/m).map((section) => {
    const at = section.search(/^Shown by:/m);
    if (at < 0) return section;
    const files = evidence.get(SECTION.exec(section)?.[1] ?? '');
    const blankLines = section.slice(section.trimEnd().length);
    return section.slice(0, at) + shownBy(files) + blankLines;
  });
  return sections.join('');
}

/** The requirements of the document that no passed test names. */
export function findUnshown(document: string, evidence: Evidence): string[] {
  const ids = document.split('\n').flatMap((line) => SECTION.exec(line)?.[1] ?? []);
  return ids.filter((id) => !evidence.has(id));
}

function shownBy(files: Map<string, string[]> = new Map()): string {
  if (files.size === 0) return 'Shown by: nothing yet.';
  const tests = Array.from(files, ([path, titles]) => `- \`${path}\`: ${summarise(titles)}`);
  return ['Shown by:', '', ...tests].join('\n');
}

function summarise(titles: string[]): string {
  const listed = titles.slice(0, MOST_TITLES).map((title) => title.replace(/[\\`*_<>[\]]/g, '\\$&'));
  const others = titles.length - listed.length;
  return `${listed.join('; ')}${others > 0 ? `; and ${others} more` : ''}`;
}

if (import.meta.main) {
  const path = 'docs/requirements.md';
  const report: TestReport = JSON.parse(readFileSync('reports/tests.json', 'utf8'));
  const evidence = collectEvidence(report, process.cwd());
  const document = readFileSync(path, 'utf8');
  writeFileSync(path, fillShownBy(document, evidence));
  const unshown = findUnshown(document, evidence);
  if (unshown.length > 0) console.log(`No passed test names ${unshown.join(', ')}`);
}
