import { z } from 'zod';
import type { ContactChanges, Contacts, RecoveryCodes } from '../../../gate/account-ports.ts';
import { heldUntil } from '../../../gate/contact-hold.ts';
import { isAppMethod } from '../../../gate/devices.ts';
import { signInNeeded } from '../../../gate/gate.problems.ts';
import { maskContact } from '../../../gate/http/ceremony-view.ts';
import { requireSession } from '../../../gate/http/presenter.ts';
import type { Contact, Prover } from '../../../gate/model.ts';
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

const ContactView = z
  .object({
    id: z.uuid(),
    kind: z.enum(['email', 'phone']),
    address: z.string().describe('A telephone number is masked'),
    verified: z.boolean(),
    lockedUntil: time.nullable().describe('It cannot be changed before then'),
  })
  .meta({ id: 'Contact' });

const AccountView = z.object({
  userId: z.string(),
  email: z.string(),
  emailVerified: z.boolean(),
  phone: z.string().nullable().describe('Masked'),
  phoneVerified: z.boolean(),
  language: z.enum(['it', 'en']),
  contacts: z.array(ContactView).describe('The e-mail address and the telephone number, if there is one'),
  heldUntil: time.nullable().describe('A contact was changed: resets and exports wait until then'),
  authenticators: z.array(AuthenticatorView),
  recoveryCodes: z.object({ left: z.int(), createdAt: time }).nullable(),
});

interface OverviewPorts {
  gate: Gate;
  codes: RecoveryCodes;
  contacts: Contacts;
  changes: ContactChanges;
}

/** What the account pages show of the account. */
export function overviewRoutes(app: App, ports: OverviewPorts): void {
  const { gate, codes } = ports;
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
        const locks = await ports.contacts.locks(tx, prover.id);
        const held = await heldUntil({ ...ports, clock: gate.clock }, tx, prover.id);
        return {
          ...describe(gate, prover),
          contacts: shownContacts(prover).map((one) => contactView(one, locks.get(one.id), gate.clock.now())),
          heldUntil: held?.toISOString() ?? null,
          recoveryCodes,
        };
      });
    },
  );
}

/** One of a kind: the confirmed one, else the one that waits to be. */
function shownContacts({ contacts }: Prover): Contact[] {
  const kinds = ['email', 'phone'] as const;
  return kinds.flatMap((kind) => {
    const own = contacts.filter((one) => one.kind === kind);
    const shown = own.find((one) => one.verifiedAt !== null) ?? own[0];
    return shown ? [shown] : [];
  });
}

function contactView(
  contact: Contact,
  lockedUntil: Date | undefined,
  now: Date,
): z.infer<typeof ContactView> {
  const { id, kind, address } = contact;
  return {
    id,
    kind,
    address: kind === 'email' ? address : maskContact(contact),
    verified: contact.verifiedAt !== null,
    lockedUntil: lockedUntil && lockedUntil > now ? lockedUntil.toISOString() : null,
  };
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
