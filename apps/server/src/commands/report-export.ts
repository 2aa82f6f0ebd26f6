import type { ExportFault, VerifiedExport } from '@sigillo/audit-proof';

const WORDS: Record<ExportFault, string> = {
  'not-an-export': 'It is no export of an access history, or not all of it.',
  'seal-broken':
    'The key did not sign these bytes: they were changed, or another installation gave them out.',
  'lines-broken': 'Some lines are not the ones that were recorded.',
  'blocks-broken': 'Some blocks of the audit are confirmed by no signed checkpoint.',
};
/** More would hide the others. */
const MOST_LINES_TOLD = 20;

/** What verifying an exported access history came to, line by line. */
export function* reportExport(verified: VerifiedExport): Iterable<string> {
  const { file, lines, proven, pending, unbound, broken, faults } = verified;
  if (file)
    yield `Given out by ${JSON.stringify(file.issuer)} for account ${JSON.stringify(file.account)}, ${JSON.stringify(file.exportedAt)}.`;
  yield `${lines} lines: ${proven} stand in the sealed audit, ${pending} were not sealed yet, ${unbound} are older than the proof.`;
  for (const fault of faults) yield `FAULT ${fault}: ${WORDS[fault]}`;
  for (const id of broken.slice(0, MOST_LINES_TOLD)) yield `FAULT line ${JSON.stringify(id)}`;
  yield faults.length === 0 ? 'The file is genuine.' : 'The file is not what was given out.';
}
