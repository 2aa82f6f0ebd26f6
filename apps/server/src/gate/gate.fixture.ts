import type { LevelNeed, Policy } from '@sigillo/assurance';
import { totpAt } from '@sigillo/otp';
import { load, type TestAccount, type TestGate } from '../../../../tests/setup/gate.ts';
import { SECOND_MS } from '../platform/clock/clock.ts';
import { Problem } from '../platform/http/problems.ts';
import { type Admitted, admitSession } from './admit.ts';
import { beginCeremony } from './begin.ts';
import type { Ask, CeremonyContext, Presenter, Scene, SessionEvidence } from './model.ts';
import { prove } from './prove.ts';

/** A policy of one level. */
export const level = (wanted: 1 | 2 | 3, more: Partial<LevelNeed> = {}): Policy => ({
  needs: [
    { need: 'level', level: wanted, secondFactors: null, smsAlone: true, maxAgeSeconds: null, ...more },
  ],
  bound: false,
});

/** A ceremony for nothing but itself. */
export const nothing: CeremonyContext = { clientId: null, interaction: null, operationDigest: null };

export const askPassword = (account: TestAccount): Ask => ({
  slot: 'first',
  method: 'password',
  target: account.passwordId,
});
export const askTotp = (account: TestAccount): Ask => ({
  slot: 'second',
  method: 'totp',
  target: account.totpId,
});
export const askSms = (account: TestAccount): Ask => ({
  slot: 'second',
  method: 'sms-code',
  target: account.smsId,
});

const slugOf = (error: unknown) => (error instanceof Problem ? error.slug : error);

/** How a piece of work ended: `fulfilled`, or the slug of the problem it threw. */
export const slug = (work: Promise<unknown>) => work.then(() => 'fulfilled', slugOf);

/** The steps of tests on one gate, which is opened before they run. */
export function stepsOn(open: () => TestGate) {
  const steps = {
    async begin(account: TestAccount, presenter: Presenter, policy = level(2)): Promise<Scene> {
      const prover = await load(open(), account.id);
      const beginning = { prover, purpose: 'sign-in', policy, context: nothing };
      return beginCeremony(open().gate, beginning, presenter);
    },

    give: (
      scene: Scene,
      ask: Ask,
      code: string,
      presenter: Presenter,
      challengeId: string | null = null,
    ): Promise<Scene> => prove(open().gate, { scene, ask, challengeId, response: { code }, presenter }),

    async withPassword(account: TestAccount, presenter: Presenter, policy = level(2)): Promise<Scene> {
      const scene = await steps.begin(account, presenter, policy);
      return steps.give(scene, askPassword(account), account.password, presenter);
    },

    /** A ceremony whose password was proven in a session a moment ago: saves hashing where it is not the point. */
    async withPasswordEvidence(account: TestAccount, me: Presenter, policy: Policy): Promise<Scene> {
      const prover = await load(open(), account.id);
      const beginning = { prover, purpose: 'sign-in', policy, context: nothing };
      return beginCeremony(open().gate, beginning, me, [steps.passwordOf(account)]);
    },

    /** The password, proven in a session a moment ago. */
    passwordOf: (account: TestAccount): SessionEvidence => ({
      slot: 'first',
      method: 'password',
      target: account.passwordId,
      channelId: account.passwordId,
      levelCap: 3,
      provenAtMs: open().clock.nowMs(),
    }),

    async signedIn(account: TestAccount, me: Presenter): Promise<Admitted> {
      const scene = await steps.withPasswordEvidence(account, me, level(1));
      return admitSession(open().gate, scene, me);
    },

    totpOf: (account: TestAccount): Promise<string> => totpAt(account.seed, open().clock.nowMs()),

    /** To the next time step, whose code nobody has used. */
    nextStep: (): void => open().clock.advance(30 * SECOND_MS),

    /** The last code sent to a number, read from the sealed outbox. */
    async lastCode(to: string): Promise<string> {
      const { db, keyring } = open().platform;
      const rows = await db.selectFrom('outbox').selectAll().orderBy('id', 'desc').execute();
      for (const row of rows) {
        const place = (column: string) => ({ table: 'outbox', row: row.id, column });
        const recipient = keyring.openText(row.recipient_sealed, place('recipient_sealed'));
        if (recipient !== to || !row.content_sealed) continue;
        return JSON.parse(keyring.openText(row.content_sealed, place('content_sealed'))).params.code;
      }
      throw new Error(`nothing was sent to ${to}`);
    },
  };
  return steps;
}
