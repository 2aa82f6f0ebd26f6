import type { Command } from 'commander';
import { spendingFor } from '../composition/messages.ts';
import type { Platform } from '../composition/platform.ts';
import { deadLetters, retryDeadLetter, sealedRecipient } from '../platform/messages/dead-letters.ts';
import { openRecipient } from '../platform/messages/sealed-message.ts';
import type { SmsSpending } from '../platform/messages/spending/sms-spending.ts';
import {
  reopenPrefix,
  spentThisHour,
  stoppedPrefixes,
} from '../platform/messages/spending/spending.store.ts';
import { formatAmount } from '../platform/messages/spending/tariff.ts';
import { StartRefused } from '../platform/start-refused.ts';
import { say, withPlatform } from './with-platform.ts';

/** `sigillo messages`: what was given up, what SMS cost, what was stopped. Nothing of what messages say is told. */
export function messagesCommands(program: Command): void {
  const messages = program
    .command('messages')
    .description('Messages that were given up, and what SMS cost; the server may run meanwhile');

  messages
    .command('list')
    .description('Messages that were given up, newest first')
    .action(() => withPlatform(list));

  messages
    .command('retry')
    .argument('[ids...]', 'which; without any, all that are still worth sending')
    .description('Send messages again that were given up; codes and links that are over are never sent')
    .action((ids: string[]) => withPlatform((platform) => retry(platform, ids)));

  messages
    .command('spending')
    .description('What SMS have cost in this hour, and the prefixes that are stopped')
    .action(() => withPlatform(spending));

  messages
    .command('reopen')
    .argument('<prefix>', 'such as +39333')
    .description('Let SMS go to a prefix again that was stopped because hardly any code came back')
    .action((prefix: string) =>
      withPlatform(async ({ db, clock }) => {
        if (!(await reopenPrefix(db, prefix, clock.nowMs())))
          throw new StartRefused(`${prefix} is not stopped.`);
        say(`SMS go to ${prefix} again.`);
      }),
    );
}

async function list({ db, clock }: Platform): Promise<void> {
  const letters = await deadLetters(db);
  for (const { id, channel, attempts, reason, diedAt, expiresAt } of letters) {
    const until = expiresAt > clock.now() ? `may be sent until ${expiresAt.toISOString()}` : 'is over';
    say(`${id}  ${channel}  ${diedAt.toISOString()}  ${attempts} attempts, ${reason}; ${until}`);
  }
  say(`${letters.length} messages were given up.`);
}

async function retry(platform: Platform, ids: string[]): Promise<void> {
  const { db, clock } = platform;
  const now = clock.now();
  const worth = async () => (await deadLetters(db)).filter((one) => one.expiresAt > now).map(({ id }) => id);
  const spending = spendingFor(platform);
  let count = 0;
  for (const id of ids.length > 0 ? ids : await worth()) {
    const refusal = (await mayCost(platform, spending, id))
      ? undefined
      : 'is not paid for: see sigillo messages spending';
    if (!refusal && (await retryDeadLetter(db, id, now))) count += 1;
    else say(`${id} ${refusal ?? 'is over, or was not given up'}.`);
  }
  say(`${count} messages are sent again.`);
}

/** An SMS that is sent again costs again. */
async function mayCost({ db, keyring }: Platform, spending: SmsSpending, id: string): Promise<boolean> {
  const row = await sealedRecipient(db, id);
  if (row?.channel !== 'sms') return true;
  return (await spending.admit(openRecipient(keyring, row))) === undefined;
}

async function spending({ db, clock, config }: Platform): Promise<void> {
  const { currency, hourlyBudget } = config.sms;
  const { spent, byPrefix } = await spentThisHour(db, clock.nowMs());
  say(`This hour: ${formatAmount(spent, currency)} of ${hourlyBudget} ${currency}.`);
  for (const [prefix, amount] of Object.entries(byPrefix))
    say(`  ${prefix}: ${formatAmount(amount, currency)}`);
  for (const { prefix, sent, confirmed, until } of await stoppedPrefixes(db, clock.nowMs()))
    say(`STOPPED ${prefix} until ${until.toISOString()}: of ${sent} codes, ${confirmed} came back.`);
}
