import { ATTRIBUTE_NAMES } from '@sigillo/identity';
import { z } from 'zod';

const day = z.iso.date();

const Attributes = z
  .object(Object.fromEntries(ATTRIBUTE_NAMES.map((name) => [name, z.string().optional()])))
  .describe('By the names of the table of attributes (AgID); what the identity does not have is left out');

const DocumentView = z.object({
  type: z.string().describe('As the attribute `idCard` names it, such as `cartaIdentita`'),
  number: z.string(),
  issuer: z.string(),
  issuedOn: day,
  expiresOn: day,
});

/** A digital identity as its holder sees it. */
const IdentityView = z
  .object({
    id: z.uuid(),
    type: z
      .int()
      .min(1)
      .max(4)
      .describe('1 natural person, 2 legal person, 3 and 4 professional use of either'),
    state: z.enum(['requested', 'active', 'suspended', 'revoked']),
    causes: z
      .array(
        z.object({
          cause: z.string(),
          until: z.iso.datetime().nullable().describe('When it ends by itself, if it does'),
        }),
      )
      .describe('Why it rests, or why it ended'),
    spidCode: z.string(),
    issuedOn: day.nullable(),
    expiresOn: day.nullable(),
    documentExpiresOn: day.nullable(),
    attributes: Attributes,
    birthPlace: z.string().nullable().describe('The place of birth in words'),
    document: DocumentView.nullable().describe('The document that proved who the holder is'),
  })
  .meta({ id: 'Identity' });

export const IdentitiesAnswer = z.object({ identities: z.array(IdentityView) });
