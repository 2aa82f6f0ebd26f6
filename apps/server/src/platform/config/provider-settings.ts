import { z } from 'zod';
import { optional, text } from './setting.ts';

const emailAddress = { accepts: 'e-mail address', schema: z.email() };

/** The organisation that answers for this installation, as contracts, forms and cards name it. */
export const providerSettings = {
  provider: {
    name: optional(
      {
        env: 'SIGILLO_PROVIDER_NAME',
        says: 'The name of the organisation in documents; unset, the name of the brand.',
      },
      text,
    ),
    address: optional(
      {
        env: 'SIGILLO_PROVIDER_ADDRESS',
        says: 'Street, postal code and town, where signed requests may be sent; unset, the address of this site.',
      },
      text,
    ),
    certifiedMail: optional(
      {
        env: 'SIGILLO_PROVIDER_CERTIFIED_MAIL',
        says: 'The certified mail address (PEC) to which requests with legal weight are sent.',
      },
      emailAddress,
    ),
    phone: optional({ env: 'SIGILLO_PROVIDER_PHONE', says: 'The number that documents name.' }, text),
  },
};
