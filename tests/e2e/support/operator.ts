import { openStores } from '../../../apps/server/src/composition/gate.ts';
import type { Role } from '../../../apps/server/src/gate/operators.ts';
import { invitationFor } from '../../setup/operators.ts';
import { PASSWORD, type PopulatedInstallation } from '../../setup/populated.ts';
import { connectDevice } from './device.ts';
import type { Stage } from './stage.ts';
import type { Visitor } from './visitor.ts';

/** Joins the console by an invitation, with a key of the visitor's browser, and signs in to its start. */
export async function enterConsole(stage: Stage, visitor: Visitor, ...roles: Role[]): Promise<void> {
  const { product, keyring, nowMs } = stage;
  const ground = { keyring, nowMs, database: product.database, server: { issuer: product.issuer } };
  const on = { ...ground, stores: openStores({ keyring }) } as unknown as PopulatedInstallation;
  const { token, email } = await invitationFor(on, roles, `operator.${nowMs()}@example.org`);
  await connectDevice(visitor);
  const { say, press, fill, arrive } = visitor;
  await visitor.go(`${product.issuer}/console/invitation#${token}`);
  await arrive(say('invitation.title'));
  await fill(say('invitation.name'), 'Olga Operator');
  await fill(say('invitation.password'), PASSWORD);
  await press(say('invitation.submit'));
  await press(say('invitation.go-sign-in'));
  await arrive(say('console-sign-in.title'));
  await fill(say('console-sign-in.email'), email);
  await fill(say('console-sign-in.password'), PASSWORD);
  await press(say('console-sign-in.submit'));
  await proveKey(visitor);
  await arrive(say('console.title', { name: 'Olga Operator' }));
}

/** Where the operator's key is asked for. */
export const proveKey = ({ press, say }: Visitor): Promise<void> => press(say('ceremony.use-passkey'));
