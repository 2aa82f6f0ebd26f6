import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Actor,
  afterMove,
  endsByItself,
  type IdentityStanding,
  type IdentityState,
  type Move,
  type RevocationCause,
  type SuspensionCause,
} from './identity-life.ts';

const STATES: IdentityState[] = ['requested', 'active', 'suspended', 'revoked'];
const ACTORS: Actor[] = ['holder', 'emergency-link', 'two-operators', 'operator', 'platform', 'import'];
const SUSPENSIONS: SuspensionCause[] = [
  'holder-request',
  'emergency-link',
  'lost-credential',
  'suspected-abuse',
  'document-expired',
];
const REVOCATIONS: RevocationCause[] = [
  'request-refused',
  'holder-request',
  'unused',
  'contract-end',
  'death',
  'legal-person-extinct',
  'illicit-use',
];
const MOVES: Move[] = [
  { type: 'issue' },
  ...SUSPENSIONS.flatMap((cause): Move[] => [
    { type: 'suspend', cause },
    { type: 'lift', cause },
  ]),
  ...REVOCATIONS.map((cause): Move => ({ type: 'revoke', cause })),
];

/** An identity in a state; a suspended one for the cause that the move is about, or for another. */
function standing(state: IdentityState, causes: SuspensionCause[] = []): IdentityStanding {
  return { state, causes: new Set(causes) };
}

const nameOf = (move: Move) => ('cause' in move ? `${move.type} ${move.cause}` : move.type);

/** Every move that is allowed, by hand: from where, what, by whom. Everything else is refused. */
const ALLOWED = new Set([
  'requested: issue by two-operators',
  'requested: issue by import',
  'requested: revoke request-refused by operator',
  'active: suspend holder-request by holder',
  'active: suspend holder-request by operator',
  'active: suspend emergency-link by emergency-link',
  'active: suspend lost-credential by holder',
  'active: suspend lost-credential by operator',
  'active: suspend suspected-abuse by platform',
  'active: suspend suspected-abuse by operator',
  'active: suspend document-expired by platform',
  'suspended: lift holder-request by holder',
  'suspended: lift holder-request by platform',
  'suspended: lift emergency-link by holder',
  'suspended: lift emergency-link by platform',
  'suspended: lift lost-credential by holder',
  'suspended: lift lost-credential by platform',
  ...['holder-request', 'emergency-link', 'lost-credential', 'suspected-abuse'].map(
    (cause) => `suspended: lift ${cause} by two-operators`,
  ),
  'suspended: lift document-expired by operator',
  ...['active', 'suspended'].flatMap((state) => [
    `${state}: revoke holder-request by two-operators`,
    `${state}: revoke unused by platform`,
    `${state}: revoke contract-end by platform`,
    `${state}: revoke death by two-operators`,
    `${state}: revoke legal-person-extinct by two-operators`,
    `${state}: revoke illicit-use by two-operators`,
  ]),
]);

describe('the life of a digital identity', () => {
  test('[SPID-IDL-1] [SPID-IDL-2] every transition that is not listed is refused, whoever asks', () => {
    const done = STATES.flatMap((state) =>
      MOVES.flatMap((move) =>
        ACTORS.flatMap((actor) => {
          const causes = state === 'suspended' && move.type === 'lift' ? [move.cause] : [];
          const after = afterMove(standing(state, causes), move, actor);
          return after ? [`${state}: ${nameOf(move)} by ${actor}`] : [];
        }),
      ),
    );
    // For another cause, a suspended identity is suspended by whoever may suspend an active one.
    const more = [...ALLOWED]
      .filter((line) => line.startsWith('active: suspend'))
      .map((line) => line.replace('active', 'suspended'));
    expect(new Set(done)).toEqual(new Set([...ALLOWED, ...more]));
  });

  const anyMove = fc.record({ move: fc.constantFrom(...MOVES), actor: fc.constantFrom(...ACTORS) });
  function after(moves: { move: Move; actor: Actor }[]): IdentityStanding[] {
    const lives = [standing('requested')];
    for (const { move, actor } of moves) {
      const next = afterMove(lives.at(-1) ?? standing('requested'), move, actor);
      if (next) lives.push(next);
    }
    return lives;
  }

  test('[SPID-IDL-1] revoked is final, and only what has a cause to rest is suspended', () => {
    fc.assert(
      fc.property(fc.array(anyMove, { maxLength: 40 }), (moves) => {
        const lives = after(moves);
        const end = lives.findIndex(({ state }) => state === 'revoked');
        if (end >= 0) expect(lives.length).toBe(end + 1);
        for (const { state, causes } of lives) expect(causes.size > 0).toBe(state === 'suspended');
      }),
    );
  });

  test('an identity that rests for two causes is active again when both are gone', () => {
    const both = standing('suspended', ['holder-request', 'document-expired']);
    const one = afterMove(both, { type: 'lift', cause: 'holder-request' }, 'holder');
    expect(one?.state).toBe('suspended');
    expect(one && afterMove(one, { type: 'lift', cause: 'document-expired' }, 'operator')?.state).toBe(
      'active',
    );
  });

  test('[SPID-IDL-10] no move of the holder revokes', () => {
    for (const state of STATES)
      for (const cause of REVOCATIONS)
        expect(afterMove(standing(state), { type: 'revoke', cause }, 'holder')).toBeUndefined();
  });
});

describe('the end of a suspension that was asked for', () => {
  const sure = { documentValid: true, contactsVerified: true, credentialCompromised: false };

  test('[SPID-IDL-8] it ends by itself when the identity is as sure as before', () => {
    expect(endsByItself(standing('suspended', ['holder-request']), 'holder-request', sure)).toBe(true);
    expect(endsByItself(standing('suspended', ['emergency-link']), 'emergency-link', sure)).toBe(true);
  });

  test.each([
    ['the document has expired', { documentValid: false }],
    ['a contact is not verified', { contactsVerified: false }],
    ['a credential may be in other hands', { credentialCompromised: true }],
  ])('[SPID-IDL-8] it does not when %s', (_, fact) => {
    const facts = { ...sure, ...fact };
    expect(endsByItself(standing('suspended', ['holder-request']), 'holder-request', facts)).toBe(false);
  });

  test('[SPID-IDL-8] it does not while it rests for anything else, nor what others have set', () => {
    const two = standing('suspended', ['holder-request', 'suspected-abuse']);
    expect(endsByItself(two, 'holder-request', sure)).toBe(false);
    expect(endsByItself(standing('suspended', ['suspected-abuse']), 'suspected-abuse', sure)).toBe(false);
    expect(endsByItself(standing('suspended', ['document-expired']), 'document-expired', sure)).toBe(false);
  });
});
