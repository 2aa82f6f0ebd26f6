/**
 * Imports a file in a process of its own, to be killed: `node import-killed.fixture.ts '<json>'`. Says `ready`
 * when it is about to begin.
 */
import { writeSync } from 'node:fs';
import { DEFAULT_PARAMETERS } from '../../../factors/password/argon2id.ts';
import { createHasher } from '../../../factors/password/password-hashing.ts';
import { systemClock } from '../../../platform/clock/clock.ts';
import { connect, type DatabaseAddress } from '../../../platform/database/database.ts';
import { keyEncryptionKeyOf } from '../../../platform/keyring/kek.ts';
import { loadKeyring } from '../../../platform/keyring/keyring.ts';
import { importPeople } from './import.command.ts';

const { address, masterKey, file }: { address: DatabaseAddress; masterKey: string; file: string } =
  JSON.parse(process.argv[2] ?? '');
const db = connect(address, { poolSize: 2, onError: () => undefined });
const keyring = await loadKeyring(db, keyEncryptionKeyOf(Buffer.from(masterKey, 'hex')), systemClock.nowMs());
const hasher = createHasher({ parameters: DEFAULT_PARAMETERS, concurrency: 2, queueLength: 10 });
const settings = { allowedPhoneCountries: ['IT'], serviceName: 'Sigillo', identityProvider: 'SIGL' };
writeSync(1, 'ready\n');
await importPeople({ db, keyring, clock: systemClock, hasher, settings }, { file });
await db.destroy();
