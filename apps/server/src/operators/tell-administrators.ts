import type { AccountWriter } from '../gate/account-ports.ts';
import type { Operators } from '../gate/operators.ts';
import type { Clock } from '../platform/clock/clock.ts';
import type { Tx } from '../platform/database/database.ts';
import type { Message } from '../platform/messages/messages.ts';

export interface TellPorts {
  clock: Clock;
  accounts: Pick<AccountWriter, 'load'>;
  operators: Operators;
  queue(tx: Tx, message: Message): Promise<string>;
}

/** What happened to somebody's rights in the console. */
export interface RightsChange {
  what: 'invited' | 'joined' | 'roles' | 'removed';
  /** E-mail address of whose rights they are. */
  who: string;
  /** Name of who did it; empty for the command line. */
  by: string;
}

/** Tells every administrator, in the transaction of what happened; whoever did it too. */
export async function tellAdministrators(
  { clock, accounts, operators, queue }: TellPorts,
  tx: Tx,
  change: RightsChange,
): Promise<void> {
  const all = await operators.list(tx);
  const told = all.filter((one) => one.state === 'active' && one.roles.includes('administrator'));
  const params = { ...change, when: clock.now().toISOString() };
  for (const { accountId } of told) {
    const prover = await accounts.load(tx, accountId);
    const contact = prover?.contacts.find((one) => one.kind === 'email');
    if (!prover || !contact) continue;
    await queue(tx, {
      channel: 'email',
      template: 'operators-changed',
      to: contact.address,
      language: prover.language,
      accountId,
      params,
    });
  }
}
