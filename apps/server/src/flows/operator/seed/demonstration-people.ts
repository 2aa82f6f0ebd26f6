import { base32Decode } from '@sigillo/otp';
import type { AccountStart } from '../../../gate/ready-account.ts';

/** One of the accounts that everybody who reads the source can sign in with. */
export interface DemonstrationPerson extends Omit<AccountStart, 'passwordHash' | 'email' | 'language'> {
  email: string;
  password: string;
}

/** Not random: whoever tries the product may type it into an app beforehand. */
const BRUNOS_SECRET = 'DEMOSECRETFORBRUNOATEXAMPLEORG23';

/** One without a second factor, one with an authenticator app, one with codes by SMS. */
export const DEMONSTRATION_PEOPLE: readonly DemonstrationPerson[] = [
  {
    email: 'anna@example.org',
    userId: 'ANNA00000A',
    password: 'tre gatti sul tetto',
    phone: null,
    totpSeed: null,
    smsCodes: false,
  },
  {
    email: 'bruno@example.org',
    userId: 'BRVN00000N',
    password: 'pane burro e alici',
    phone: null,
    totpSeed: base32Decode(BRUNOS_SECRET) ?? null,
    smsCodes: false,
  },
  {
    email: 'carla@example.org',
    userId: 'CAR1A0000F',
    password: 'vento di mare a settembre',
    phone: { address: '+393331234567', confirmed: true },
    totpSeed: null,
    smsCodes: true,
  },
];
