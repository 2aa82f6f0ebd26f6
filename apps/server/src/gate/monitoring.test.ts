import { expect, test } from 'vitest';
import type { Monitoring } from './hold.ts';
import { type Signal, suspendsOn } from './monitoring.ts';

const SIGNALS: Signal[] = ['app-copied', 'passkey-copied', 'request-not-mine'];
const WAYS: Monitoring[] = ['identities', 'everybody', 'notify'];

/** All that suspends: the signal, the setting, and whether the account holds an identity. */
const SUSPENDS = [
  'app-copied identities identity',
  'app-copied everybody identity',
  'app-copied everybody none',
  'passkey-copied identities identity',
  'passkey-copied everybody identity',
  'passkey-copied everybody none',
  'request-not-mine everybody identity',
  'request-not-mine everybody none',
];

test('[SPID-IDL-11] what is noticed suspends exactly where the table says so', () => {
  const found = SIGNALS.flatMap((signal) =>
    WAYS.flatMap((way) =>
      [true, false].flatMap((holds) =>
        suspendsOn(signal, way, holds) ? [`${signal} ${way} ${holds ? 'identity' : 'none'}`] : [],
      ),
    ),
  );
  expect(found.sort()).toEqual(SUSPENDS.sort());
});
