import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * What takes longest, longest first: begun last, one of these would keep a single processor busy at the end.
 * Vitest knows how long files took from the run before, and on a fresh checkout only how large they are, which
 * tells little: the longest of all is in the middle by size.
 */
const LONGEST = [
  'tests/server/killed.int.test.ts',
  'tests/server/enumeration.int.test.ts',
  'apps/server/src/platform/database/embedded/embedded-database.int.test.ts',
  'tests/server/rate-limits.int.test.ts',
  'tests/server/load.int.test.ts',
  'apps/server/src/flows/operator/import/import-killed.int.test.ts',
  'tests/server/strangers.int.test.ts',
  'tests/server/one-time-values.int.test.ts',
  'tests/server/keys-and-logout.int.test.ts',
  'tests/server/cross-site.int.test.ts',
  'tests/server/audit.int.test.ts',
  'tests/server/who-may.int.test.ts',
  'apps/server/src/flows/account/privacy/privacy.int.test.ts',
  'apps/server/src/gate/http/hostile-holders.int.test.ts',
  'bench/bench.int.test.ts',
  'tests/e2e/accessible-authenticator.test.ts',
  'tests/e2e/accessible-sign-in.test.ts',
  'tests/e2e/accessible-account.test.ts',
  'tests/e2e/accessible-open-pages.test.ts',
  'tests/e2e/accessible-selfcare.test.ts',
  'tests/e2e/accessible-console.test.ts',
  'tests/e2e/passkeys.test.ts',
  'tests/e2e/several-tabs.test.ts',
  'tests/e2e/authenticator-requests.test.ts',
  'tests/e2e/first-sign-in-app.test.ts',
  'tests/e2e/qr-sign-in.test.ts',
  'tests/e2e/authenticator-linked.test.ts',
  'tests/e2e/customer-care.test.ts',
  'tests/e2e/accessible-demo-portals.test.ts',
  'tests/e2e/console-desk.test.ts',
  'tests/e2e/lost-second-factor.test.ts',
  'tests/e2e/first-sign-in-sms.test.ts',
];

/** The order of test files within their group: those that are known to take long, then as vitest would. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.sort((a, b) => groupOf(a) - groupOf(b) || placeOf(a) - placeOf(b));
  }
}

const groupOf = ({ project }: TestSpecification): number => project.config.sequence.groupOrder;

function placeOf({ moduleId }: TestSpecification): number {
  const place = LONGEST.findIndex((file) => moduleId.endsWith(`/${file}`));
  return place < 0 ? LONGEST.length : place;
}
