import { z } from 'zod';
import type { RecoveryCodes } from '../../../gate/account-ports.ts';
import { isAppMethod } from '../../../gate/devices.ts';
import { signInNeeded } from '../../../gate/gate.problems.ts';
import { maskContact } from '../../../gate/http/ceremony-view.ts';
import { requireSession } from '../../../gate/http/presenter.ts';
import type { Prover } from '../../../gate/model.ts';
import type { Gate } from '../../../gate/ports.ts';
import { resolveTarget, secondFactorsOf } from '../../../gate/scene.ts';
import type { App } from '../../../platform/http/app.ts';

const time = z.iso.datetime();

const AuthenticatorView = z
  .object({
    id: z.uuid(),
    type: z.string(),
    label: z.string(),
    detail: z.string().nullable().describe('The masked number of codes by SMS'),
    createdAt: time,
    lastUsedAt: time.nullable(),
  })
  .meta({ id: 'Authenticator' });

const AccountView = z.object({
  userId: z.string(),
  email: z.string(),
  emailVerified: z.boolean(),
  phone: z.string().nullable().describe('Masked'),
  phoneVerified: z.boolean(),
  language: z.enum(['it', 'en']),
  authenticators: z.array(AuthenticatorView),
  recoveryCodes: z.object({ left: z.int(), createdAt: time }).nullable(),
});

/** What the account pages show of the account. */
export function overviewRoutes(app: App, { gate, codes }: { gate: Gate; codes: RecoveryCodes }): void {
  app.get(
    '/api/account',
    {
      schema: {
        operationId: 'getAccount',
        summary: 'The account: contacts, second factors, recovery codes',
        tags: ['account'],
        response: { 200: AccountView },
        problems: [signInNeeded],
      },
    },
    async (request) => {
      const session = await requireSession(gate, request);
      return gate.transaction(async (tx) => {
        const prover = await gate.accounts.load(tx, session.accountId);
        if (!prover) throw signInNeeded();
        const saved = prover.authenticators.find((one) => one.method === 'recovery-code');
        const left = saved ? await codes.countUnused(tx, prover.id, saved.id) : 0;
        const recoveryCodes = saved ? { left, createdAt: saved.createdAt.toISOString() } : null;
        return { ...describe(gate, prover), recoveryCodes };
      });
    },
  );
}

function describe(gate: Gate, prover: Prover) {
  const email = prover.contacts.find((one) => one.kind === 'email');
  const phones = prover.contacts.filter((one) => one.kind === 'phone');
  const held = secondFactorsOf(gate, prover).filter((one) => !isAppMethod(one.method));
  const phone = phones.find((one) => one.verifiedAt !== null) ?? phones[0];
  return {
    userId: prover.userId,
    email: email?.address ?? '',
    emailVerified: Boolean(email?.verifiedAt),
    phone: phone ? maskContact(phone) : null,
    phoneVerified: Boolean(phone?.verifiedAt),
    language: prover.language,
    // The app's devices have a list of their own.
    authenticators: held.map((one) => {
      const contact = resolveTarget(prover, one.id)?.contact;
      return {
        id: one.id,
        type: one.method,
        label: one.label,
        detail: contact ? maskContact(contact) : null,
        createdAt: one.createdAt.toISOString(),
        lastUsedAt: one.lastUsedAt?.toISOString() ?? null,
      };
    }),
  };
}
