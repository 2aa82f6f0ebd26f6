import { z } from 'zod';

const time = z.iso.datetime();

/** Why an account rests, for its holder. */
export const HoldView = z
  .object({
    cause: z.enum(['holder-request', 'emergency-link', 'lost-credential', 'suspected-abuse']),
    since: time,
    until: time.nullable().describe('Until when it was meant to last; null where somebody else ends it'),
    lifts: z
      .enum(['holder', 'new-proofing', 'operators'])
      .describe(
        'Who ends it: the holder, now; whoever proves the identity anew, since its time is over and it is not as sure as before; or two operators, since misuse was suspected',
      ),
    doubts: z
      .array(z.enum(['document-expired', 'contact-unverified', 'credential-compromised', 'other-cause']))
      .describe('What is not as sure as before'),
  })
  .meta({ id: 'Hold' });

export const Suspension = z.object({ holds: z.array(HoldView) });

export const Lifted = z.object({
  active: z.boolean().describe('The account is active again'),
  left: z.array(HoldView).describe('What it still rests for'),
});
