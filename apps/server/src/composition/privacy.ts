import { eraseAccounts, forgetPrivate } from '../flows/account/privacy/erase-accounts.service.ts';
import { makeExports } from '../flows/account/privacy/export.service.ts';
import type { Gate } from '../gate/ports.ts';
import { MINUTE_MS, SECOND_MS } from '../platform/clock/clock.ts';
import type { Jobs } from '../platform/jobs/jobs.ts';
import { dataExportStore } from '../stores/privacy/data-export.store.ts';
import { erasureStore } from '../stores/privacy/erasure.store.ts';
import type { Queue, Stores } from './gate.ts';
import type { Platform } from './platform.ts';

/** What gives holders their data, and erases accounts. */
export function privacyPorts({ keyring }: Pick<Platform, 'keyring'>) {
  return {
    exports: dataExportStore(keyring),
    erasures: erasureStore,
  };
}

const MAKE_EXPORTS_MS = 2 * SECOND_MS;
const ERASE_MS = 5 * SECOND_MS;

/** Makes what holders asked for, erases accounts whose day has come, and forgets what need not be kept any longer. */
export function keepPrivacy(
  platform: Platform,
  jobs: Jobs,
  { gate, queue, stores }: { gate: Gate; queue: Queue; stores: Stores },
): void {
  const ports = { gate, queue, settings: platform.config, ...stores, ...privacyPorts(platform) };
  jobs.every('make-exports', MAKE_EXPORTS_MS, () => makeExports(ports));
  jobs.every('erase-accounts', ERASE_MS, () => eraseAccounts(ports));
  jobs.every('forget-private', MINUTE_MS, () => forgetPrivate(ports));
}
