import type { Authenticators } from '../../../gate/account-ports.ts';
import type { Operator, Role } from '../../../gate/operators.ts';
import type { Gate } from '../../../gate/ports.ts';
import { endEverything } from '../../../gate/sessions.ts';
import {
  type Invitation,
  type InvitePorts,
  inviteOperator,
} from '../../../operators/invite-operator.service.ts';
import { lastAdministrator, notOneself, operatorGone } from '../../../operators/operators.problems.ts';
import { type RightsChange, tellAdministrators } from '../../../operators/tell-administrators.ts';
import type { Tx } from '../../../platform/database/database.ts';

export interface OperatorsPorts extends InvitePorts {
  gate: Gate;
  authenticators: Authenticators;
}

interface Changing {
  /** Whose rights change. */
  id: string;
  by: Operator;
}

/**
 * Gives an operator other roles; an administrator nobody can do without stays one.
 *
 * @throws operatorGone, notOneself, lastAdministrator
 */
export async function changeRoles(
  ports: OperatorsPorts,
  tx: Tx,
  { id, by, roles }: Changing & { roles: readonly Role[] },
): Promise<void> {
  await changeable(ports, tx, { id, by }, roles.includes('administrator'));
  await ports.operators.setRoles(tx, id, roles);
  await tell(ports, tx, { id, by }, 'roles');
}

/**
 * Takes all rights from an operator: sessions end, password and key are no more.
 *
 * @throws operatorGone, notOneself, lastAdministrator
 */
export async function removeOperator(ports: OperatorsPorts, tx: Tx, wanted: Changing): Promise<void> {
  const { gate, operators, authenticators } = ports;
  await changeable(ports, tx, wanted, false);
  await tell(ports, tx, wanted, 'removed');
  await operators.remove(tx, wanted.id);
  const prover = await gate.accounts.load(tx, wanted.id);
  for (const one of prover?.authenticators ?? []) await authenticators.remove(tx, wanted.id, one.id);
  await endEverything(gate, tx, wanted.id);
}

/**
 * Invites a colleague by e-mail, or one of before anew.
 *
 * @throws notOneself, lastAdministrator for somebody who is an operator and cannot be done without
 */
export async function inviteColleague(
  ports: OperatorsPorts,
  tx: Tx,
  wanted: Omit<Invitation, 'by'> & { by: Operator },
): Promise<void> {
  const { names, operators, queue } = ports;
  const { by, email, language } = wanted;
  const known = await names.find(tx, names.hash(email) ?? Buffer.alloc(0));
  const isOperator = known !== undefined && (await operators.find(tx, known))?.state === 'active';
  if (isOperator) await changeable(ports, tx, { id: known, by }, false);
  const { link, accountId } = await inviteOperator(ports, tx, { ...wanted, by });
  await queue(tx, {
    channel: 'email',
    template: 'operator-invitation',
    to: email,
    language,
    accountId,
    params: { link, by: by.name },
  });
}

/** Holds all who administrate, so that of two who would remove each other only one does. */
async function changeable(
  { operators }: OperatorsPorts,
  tx: Tx,
  { id, by }: Changing,
  staysAdministrator: boolean,
): Promise<void> {
  if (id === by.accountId) throw notOneself();
  const administrators = await operators.lockAdministrators(tx);
  const operator = await operators.find(tx, id);
  if (!operator || operator.state === 'removed') throw operatorGone();
  if (!administrators.includes(by.accountId)) throw operatorGone();
  const others = administrators.filter((one) => one !== id);
  if (!staysAdministrator && others.length === 0) throw lastAdministrator();
}

async function tell(ports: OperatorsPorts, tx: Tx, { id, by }: Changing, what: RightsChange['what']) {
  const prover = await ports.accounts.load(tx, id);
  const who = prover?.contacts.find((one) => one.kind === 'email')?.address ?? '';
  await tellAdministrators(ports, tx, { what, who, by: by.name });
}
