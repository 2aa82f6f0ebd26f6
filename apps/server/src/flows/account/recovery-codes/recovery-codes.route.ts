import { z } from 'zod';
import { busy } from '../../../factors/password/password-hashing.problems.ts';
import type { PasswordHasher } from '../../../factors/password/password-hashing.ts';
import { newRecoveryCodes } from '../../../factors/recovery-code/recovery-code.factor.ts';
import type { Authenticators, RecoveryCodes } from '../../../gate/account-ports.ts';
import { proofNeeded, signInNeeded, tooManyTries } from '../../../gate/gate.problems.ts';
import type { ViewPorts } from '../../../gate/http/ceremony-view.ts';
import { requireSession } from '../../../gate/http/presenter.ts';
import { type Allowed, sensitive } from '../../../gate/http/sensitive.ts';
import { notifyHolder } from '../../../gate/notices.ts';
import type { Gate } from '../../../gate/ports.ts';
import type { App } from '../../../platform/http/app.ts';
import { randomId, uuidv7 } from '../../../platform/ids.ts';

export interface RecoveryCodePorts extends ViewPorts {
  authenticators: Authenticators;
  codes: RecoveryCodes;
  hasher: PasswordHasher;
}

/** Ten slow hashes each: not a way to keep others waiting. */
const ISSUES = { count: 5, perSeconds: 3600 } as const;

const Issued = z.object({ codes: z.array(z.string()), issuedAt: z.iso.datetime() });

/** Codes to keep on paper: shown once; a new set voids the old one ([REC-1]). */
export function recoveryCodeRoutes(app: App, ports: RecoveryCodePorts): void {
  app.post(
    '/api/account/recovery-codes',
    {
      schema: {
        operationId: 'issueRecoveryCodes',
        summary: 'Make new recovery codes, shown this once; all older ones are void',
        tags: ['recovery'],
        response: { 201: Issued },
        problems: [signInNeeded, proofNeeded, tooManyTries, busy],
      },
    },
    async (request, reply) => {
      const { accountId } = await requireSession(ports.gate, request);
      ports.gate.limits.take(`recovery-codes:${accountId}`, ISSUES);
      const operation = { type: 'recovery-codes-issued' as const, details: {} };
      const ready = await sensitive(
        ports,
        request,
        reply,
        { ...operation, type: 'recovery-codes-asked' },
        async () => true,
      );
      const made = ready ? await newRecoveryCodes(ports.hasher) : { codes: [], hashes: [] };
      await sensitive(ports, request, reply, operation, (allowed) =>
        replaceCodes(ports, allowed, made.hashes),
      );
      return reply.code(201).send({ codes: made.codes, issuedAt: ports.gate.clock.now().toISOString() });
    },
  );
}

async function replaceCodes(
  { gate, authenticators, codes }: RecoveryCodePorts,
  { tx, prover, presenter }: Allowed,
  hashes: Buffer[],
): Promise<void> {
  for (const old of prover.authenticators.filter((one) => one.method === 'recovery-code'))
    await authenticators.remove(tx, prover.id, old.id);
  await gate.attempts.reset(tx, prover.id, 'recovery-code');
  const id = uuidv7(gate.clock.nowMs());
  await authenticators.insert(tx, prover.id, { ...newSet(gate), id });
  await codes.insert(tx, prover.id, id, hashes);
  await notifyHolder(gate, tx, prover, presenter, { template: 'recovery-codes-issued' });
}

function newSet(gate: Gate) {
  return {
    method: 'recovery-code',
    state: 'active' as const,
    channelId: randomId(),
    contactId: null,
    bindingLevel: 2 as const,
    keyProtection: 'memory' as const,
    secret: null,
    label: '',
    at: gate.clock.now(),
    expiresAt: null,
  };
}
