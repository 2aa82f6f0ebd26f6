import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { collectEvidence, fillShownBy, findUnshown, type TestReport } from './requirements-table.ts';

const passed = (...names: string[]) => names.map((fullName) => ({ fullName, status: 'passed' }));
const report: TestReport = {
  testResults: [
    {
      name: '/house/b.test.ts',
      assertionResults: [
        ...passed('group [OTP-1] two steps off are refused', '[OTP-1] [OTP-2] *a* code', 'no requirement'),
        { fullName: '[OTP-2] one that failed', status: 'failed' },
        { fullName: '[PW-1] one that was skipped', status: 'skipped' },
      ],
    },
    { name: '/house/a.test.ts', assertionResults: passed('[OTP-1] a', '[OTP-1] a', '[OTP-1] b') },
  ],
};
const document = `# Requirements

## OTP-1 Codes from an app

The rule.

Shown by: to be filled

## OTP-2 Once

Shown by:

- \`old.test.ts\`: old
- \`older.test.ts\`: older

## PW-1 Length

Shown by: nothing yet.
`;

test('every passed test stands under the requirements it names, by file', () => {
  expect(fillShownBy(document, collectEvidence(report, '/house'))).toBe(`# Requirements

## OTP-1 Codes from an app

The rule.

Shown by:

- \`a.test.ts\`: a; b
- \`b.test.ts\`: group two steps off are refused; \\*a\\* code

## OTP-2 Once

Shown by:

- \`b.test.ts\`: \\*a\\* code

## PW-1 Length

Shown by: nothing yet.
`);
});

test('filling twice changes nothing', () => {
  const evidence = collectEvidence(report, '/house');
  const filled = fillShownBy(document, evidence);
  expect(fillShownBy(filled, evidence)).toBe(filled);
});

test('a long list is cut', () => {
  const names = Array.from({ length: 8 }, (_, i) => `[OTP-1] case ${i}`);
  const evidence = collectEvidence(
    { testResults: [{ name: '/house/a.test.ts', assertionResults: passed(...names) }] },
    '/house',
  );
  expect(fillShownBy('## OTP-1\n\nShown by:', evidence)).toContain('case 3; case 4; and 3 more');
});

test('ids may have three parts', () => {
  const evidence = collectEvidence(
    {
      testResults: [{ name: '/house/a.test.ts', assertionResults: passed('[SPID-IDL-1] revoked is final') }],
    },
    '/house',
  );
  expect(fillShownBy('## SPID-IDL-1 States\n\nShown by:', evidence)).toContain('revoked is final');
  expect(findUnshown('## SPID-IDL-10 By a form', evidence)).toEqual(['SPID-IDL-10']);
});

test('requirements that nothing shows are told', () => {
  expect(findUnshown(document, collectEvidence(report, '/house'))).toEqual(['PW-1']);
});

test('every requirement of the document has one place for its tests', () => {
  const requirements = readFileSync(new URL('../docs/requirements.md', import.meta.url), 'utf8');
  const sections = requirements.split(/^## /m).slice(1);
  expect(sections.length).toBeGreaterThan(30);
  for (const section of sections) {
    expect(section).toMatch(/^(?:[A-Z]+-)+\d+ /);
    expect(section.match(/^Shown by:/gm)).toHaveLength(1);
  }
});
