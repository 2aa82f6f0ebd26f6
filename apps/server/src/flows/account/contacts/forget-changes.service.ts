import type { ContactChanges, Identifiers } from '../../../gate/account-ports.ts';
import type { Gate } from '../../../gate/ports.ts';
import { foldEmailAddress } from '../../../platform/email-address.ts';

interface ForgetPorts {
  gate: Gate;
  changes: ContactChanges;
  identifiers: Identifiers;
}

const AT_ONCE = 200;

/**
 * Forgets what contacts were before changes that cannot be undone any more: somebody else may have the e-mail address
 * now that it was. Each account in a transaction of its own.
 */
export async function forgetChanges(ports: ForgetPorts): Promise<void> {
  for (let done = 0; done < AT_ONCE; done++) if (!(await forgetOne(ports))) return;
}

function forgetOne({ gate, changes, identifiers }: ForgetPorts): Promise<boolean> {
  return gate.transaction(async (tx) => {
    const [change] = await changes.past(tx, gate.clock.now(), 1);
    if (!change) return false;
    const { accountId, old } = change;
    await gate.accounts.lock(tx, accountId);
    const prover = await gate.accounts.load(tx, accountId);
    const folded = old?.kind === 'email' ? foldEmailAddress(old.address) : undefined;
    const isInUse = prover?.contacts.some((one) => foldEmailAddress(one.address) === folded);
    if (old?.kind === 'email' && !isInUse) await identifiers.release(tx, old.address, accountId);
    await changes.forget(tx, change);
    return true;
  });
}
