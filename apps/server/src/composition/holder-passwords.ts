import type { PasswordChoice } from '../factors/password/choose-password.ts';
import type { HolderPasswords } from '../factors/password/holder-passwords.ts';
import type { Facts } from '../factors/password/identity-password.ts';
import type { Attributes, Identity } from '../identities/identity.ts';
import type { Stores } from './gate.ts';
import type { Platform } from './platform.ts';

/** What passwords of accounts are judged by, with what is known of who has a digital identity. */
export function holderPasswords(
  choice: PasswordChoice,
  { single, keyring, clock }: Pick<Platform, 'single' | 'keyring' | 'clock'>,
  { identities, pastPasswords, authenticators }: Stores,
): HolderPasswords {
  return {
    ...choice,
    identityOf: (accountId) =>
      single(async (tx) => {
        const held = (await identities.ofAccount(tx, accountId)).filter(isHeld);
        if (held.length === 0) return undefined;
        return { facts: held.flatMap(factsOf), past: await pastPasswords.list(tx, accountId) };
      }),
    stored: async (accountId, id) =>
      (await single((tx) => authenticators.secret(tx, accountId, id)))?.toString(),
    hashLikeness: (accountId, form) => keyring.mac('password-likeness', accountId, form),
    now: () => clock.now(),
  };
}

/** Whether an identity is somebody's: also while it rests. */
const isHeld = ({ state }: Pick<Identity, 'state'>): boolean => state === 'active' || state === 'suspended';

/** What is public of a person, or stands in their papers. Where they live is none of it: words of everyday use. */
const PUBLIC = [
  'name',
  'familyName',
  'dateOfBirth',
  'companyName',
  'mobilePhone',
] as const satisfies readonly (keyof Attributes)[];

function factsOf({ attributes, spidCode }: Identity): Facts {
  const { fiscalNumber = '', companyFiscalNumber = '', ivaCode = '', idCard = '' } = attributes;
  const codes = [fiscalNumber, companyFiscalNumber, ivaCode].map((one) => one.slice(one.indexOf('-') + 1));
  const [, number = '', , issuedOn = '', expiresOn = ''] = idCard.split(' ');
  const words = ['name', 'familyName'].flatMap((name) => attributes[name as 'name']?.split(' ') ?? []);
  const all = [
    ...PUBLIC.map((name) => attributes[name] ?? ''),
    ...words,
    ...codes,
    number,
    issuedOn,
    expiresOn,
  ];
  return [...all, spidCode].filter((fact) => fact !== '');
}
