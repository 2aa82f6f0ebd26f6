import { z } from 'zod';
import { RelyingPartyView } from '../../../gate/http/ceremony.schema.ts';
import { interactionId } from '../../../gate/http/interaction.schema.ts';

export const ConsentQuery = z.strictObject({ interaction: interactionId });

export const ConsentRequest = z.object({
  relyingParty: RelyingPartyView,
  account: z.object({ email: z.string() }),
  scopes: z.array(
    z.object({
      name: z.string().describe('openid, profile, email, phone, offline_access'),
      values: z.array(z.string()).describe('What the relying party will be shown'),
    }),
  ),
});

export const ConsentDecision = z.strictObject({ interaction: interactionId, accept: z.boolean() });

export const ConsentOutcome = z.object({ redirectTo: z.string() });
