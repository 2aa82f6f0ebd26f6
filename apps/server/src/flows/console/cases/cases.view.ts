import type { Case } from '../../../cases/case.ts';
import type { KindOfCase } from '../../../cases/case-kind.ts';
import { handleOf } from '../../../gate/handle.ts';
import type { OperatorPorts } from '../../../gate/http/operator.ts';
import type { Operator } from '../../../gate/operators.ts';
import type { Identities } from '../../../identities/identities.ports.ts';
import { nameOfBirthPlace } from '../../../places/birth-places.ts';
import type { Tx } from '../../../platform/database/database.ts';
import type { CasesPorts } from './cases.service.ts';

export type CaseRoutePorts = OperatorPorts & CasesPorts & { identities: Identities };

type Names = ReadonlyMap<string, string>;

/** What operators are called, by their account. */
export async function namesOf({ operators }: CaseRoutePorts, tx: Tx): Promise<Names> {
  const all = await operators.list(tx);
  return new Map(all.map(({ accountId, name }) => [accountId, name]));
}

const who = (id: string, names: Names) => ({ id, name: names.get(id) ?? '' });

/** A case as the list has it; whose time is over is not at it any more. */
export function lineOf(one: Case, names: Names, now: Date) {
  const isTaken = one.lockedBy !== null && one.lockedUntil !== null && one.lockedUntil > now;
  return {
    id: handleOf({ proverId: one.subjectId, id: one.id }),
    kind: one.kind,
    state: one.state,
    createdAt: one.createdAt.toISOString(),
    decidedAt: one.decidedAt?.toISOString() ?? null,
    takenBy: isTaken && one.lockedBy ? who(one.lockedBy, names) : null,
    waitsForSecond: one.state === 'open' && one.firstBy !== null,
  };
}

/** All that deciding about it needs. */
export async function viewOf(
  ports: CaseRoutePorts,
  tx: Tx,
  { one, kind, operator }: { one: Case; kind: KindOfCase; operator: Operator },
) {
  const { gate, cases, identities } = ports;
  const names = await namesOf(ports, tx);
  const line = lineOf(one, names, gate.clock.now());
  const holder = await gate.accounts.load(tx, one.subjectId);
  const identity = await identities.find(tx, one.subjectId, one.payload.identity ?? one.id);
  const placeOfBirth = identity?.attributes.placeOfBirth;
  const events = await cases.events(tx, one);
  return {
    ...line,
    takenUntil: line.takenBy ? (one.lockedUntil?.toISOString() ?? null) : null,
    isMine: line.takenBy?.id === operator.accountId,
    isFirstMine: one.firstBy === operator.accountId,
    approvals: kind.approvals,
    maySuspend: one.state === 'open' && kind.suspends !== undefined && holder?.status === 'active',
    holder: {
      userId: holder?.userId ?? '',
      status: holder?.status ?? 'closed',
      email: holder?.contacts.find((contact) => contact.kind === 'email')?.address ?? '',
    },
    payload: one.payload,
    attributes: identity ? (identity.attributes as Record<string, string>) : null,
    birthPlace: placeOfBirth ? await nameOfBirthPlace(placeOfBirth) : null,
    files: one.state === 'open' ? await cases.parts(tx, one) : [],
    history: events.map(({ at, by, what, note }) => ({
      at: at.toISOString(),
      by: names.has(by) ? who(by, names) : null,
      what,
      note,
    })),
  };
}
