import type { Keyring } from '../../platform/keyring/keyring.ts';

const IDENTITY_TYPES = ['1', '2', '3', '4'];

/** The keyed hashes by which an identity of this fiscal code is found, of whatever type it is. */
export const fiscalNumberHashes = (keyring: Keyring, fiscalCode: string): Buffer[] =>
  IDENTITY_TYPES.map((type) => keyring.mac('fiscal-number', type, `TINIT-${fiscalCode}`));
