import { z } from 'zod';
import { integer, setting } from './setting.ts';

const fourCapitals = { accepts: 'four capitals', schema: z.string().regex(/^[A-Z]{4}$/) };

/** Digital identities that this installation issues. */
export const identitySettings = {
  identities: {
    provider: setting(
      {
        env: 'SIGILLO_IDENTITY_PROVIDER',
        says: 'The four letters that AgID gave to the provider, with which codes of digital identities begin.',
      },
      fourCapitals,
      'SIGL',
    ),
    years: setting(
      {
        env: 'SIGILLO_IDENTITY_YEARS',
        says: 'For how many years a digital identity is issued; it ends with the contract for it.',
      },
      integer(1, 20),
      10,
    ),
  },
};
