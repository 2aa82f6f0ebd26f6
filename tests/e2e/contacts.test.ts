/**
 * C2 to C5: the recovery e-mail and phone are confirmed and changed, each with its two codes, in the order of the
 * guides; then a notice says when they can change again, and the contact that was replaced can undo it.
 */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inTransaction } from '../../apps/server/src/platform/database/database.ts';
import { randomId } from '../../apps/server/src/platform/ids.ts';
import { contactStore } from '../../apps/server/src/stores/accounts/contact.store.ts';
import { openAccount } from './support/account.ts';
import type { Holder } from './support/holders.ts';
import { LOOKS } from './support/looks.ts';
import { openStage, type Stage } from './support/stage.ts';
import { openPage, type Visitor } from './support/visitor.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

let numbers = 0;

/** Has a code sent to the contact in use, and types it. */
async function authorise(visitor: Visitor, { phone }: Holder): Promise<void> {
  const { say } = visitor;
  const before = (await stage.product.dev.outbox(phone)).length;
  await visitor.arrive(say('ceremony.send-title-sms-code'));
  await visitor.press(say('ceremony.send'));
  await visitor.arrive(say('ceremony.prove-title-sms-code'));
  await visitor.fill(say('ceremony.code'), await stage.product.dev.code(phone, before));
  await visitor.press(say('ceremony.verify'));
}

/** Types the code that the new address was sent. */
async function confirm(visitor: Visitor, to: string): Promise<void> {
  const { say } = visitor;
  await visitor.arrive(say('contacts.code-title'));
  await visitor.fill(say('ceremony.code'), await stage.product.dev.code(to));
  await visitor.press(say('contacts.confirm'));
}

/** "You can change it again on …", in the reader's words and time. */
function changeableIn(visitor: Visitor, kind: 'email' | 'phone'): RegExp {
  const locale = visitor.look.language === 'it' ? 'it-IT' : 'en-GB';
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone: 'Europe/Rome' });
  const day = format.format(stage.nowMs() + 6 * 24 * 60 * 60 * 1000);
  const [before] = visitor.say(`contacts.changeable-${kind}`, { date: '#' }).split('#');
  return new RegExp(`^${before}${day}.*\\d\\d:\\d\\d`);
}

describe.each(LOOKS)('in $language at $width px', (look) => {
  test('[C3] [REC-5] [SPID-IDL-14] the e-mail: a code on the phone, the new address, a code on it; the old address undoes it', async () => {
    const visitor = await openPage(stage, look);
    const { say } = visitor;
    const holder = await stage.holder({ totp: true, sms: true, language: look.language });
    const address = `new.mailbox.${++numbers}@example.org`;
    await openAccount(stage, visitor, holder, '/account');
    await visitor.press(`${say('contacts.change')} ${say('contacts.email')}`);
    await authorise(visitor, holder);
    await visitor.arrive(say('contacts.new-email'));
    await visitor.fill(say('contacts.email'), address);
    await visitor.press(say('contacts.send'));
    await confirm(visitor, address);
    await visitor.arrive(say('contacts.changed-email'));
    await visitor.read(changeableIn(visitor, 'email'));
    await visitor.press(say('contacts.done'));
    await visitor.arrive(say('account.title'));
    await visitor.read(address);
    await visitor.read(changeableIn(visitor, 'email'));
    visitor.expectRefusal(409, '/api/account/contacts/changes');
    await visitor.go(`${stage.product.issuer}/account/change-email`);
    await visitor.arrive(say('contacts.change-email'));

    const owner = await openPage(stage, look);
    await owner.go(await stage.mailedLink(holder.email));
    await owner.arrive(say('cancel-change.title-email'));
    await owner.press(say('cancel-change.action'));
    await owner.arrive(say('cancel-change.done-title'));
    await owner.press(say('cancel-change.new-password'));
    await owner.arrive(say('forgot-password.title'));
    owner.expectRefusal(410, '/api/contact-changes/check');
    await owner.go(await stage.mailedLink(holder.email));
    await owner.arrive(say('cancel-change.over-title'));
  });

  test('[C5] [D4] [REC-5] [SPID-IDL-14] the phone: a code on the one in use, the new number, a code on it', async () => {
    const visitor = await openPage(stage, look);
    const { say } = visitor;
    const holder = await stage.holder({ totp: true, sms: true, language: look.language });
    const phone = `+39335777${String(++numbers).padStart(4, '0')}`;
    await openAccount(stage, visitor, holder, '/account');
    await visitor.press(`${say('contacts.change')} ${say('contacts.phone')}`);
    await authorise(visitor, holder);
    await visitor.arrive(say('contacts.new-phone'));
    await visitor.fill(say('contacts.phone'), phone);
    await visitor.press(say('contacts.send'));
    await confirm(visitor, phone);
    await visitor.arrive(say('contacts.changed-phone'));
    await visitor.read(changeableIn(visitor, 'phone'));
    expect(await stage.mailedLink(holder.phone)).toContain('/cancel-change#');
  });

  test('[C2] [REC-5] an e-mail address that is not confirmed: a code to it, and the badge', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    const holder = await stage.holder({ totp: true, language: look.language });
    await sql`update contact set verified_at = null where account_id = ${holder.id}`.execute(
      stage.product.database.db,
    );
    await openAccount(stage, visitor, holder, '/account');
    await visitor.arrive(say('account.title'));
    await visitor.press(`${say('contacts.verify')} ${say('contacts.email')}`);
    await visitor.arrive(say('ceremony.send-title-email-code'));
    await visitor.press(say('ceremony.send'));
    await visitor.arrive(say('ceremony.prove-title-email-code'));
    await visitor.fill(say('ceremony.code'), await stage.product.dev.code(holder.email));
    await visitor.press(say('ceremony.verify'));
    await visitor.arrive(say('account.title'));
    await page.getByText(say('contacts.verified'), { exact: true }).waitFor();
  });

  test('[C4] [REC-5] a number that was never confirmed: a code to it, and the badge', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    const holder = await stage.holder({ totp: true, language: look.language });
    const contact = { id: randomId(), kind: 'phone' as const, channelId: randomId(), address: holder.phone };
    await inTransaction(stage.product.database.db, (tx) =>
      contactStore(stage.keyring).insert(
        tx,
        holder.id,
        { ...contact, verifiedAt: null },
        new Date(stage.nowMs()),
      ),
    );
    await openAccount(stage, visitor, holder, '/account');
    await visitor.arrive(say('account.title'));
    await visitor.press(`${say('contacts.verify')} ${say('contacts.phone')}`);
    await authorise(visitor, holder);
    await visitor.arrive(say('account.title'));
    await expect.poll(() => page.getByText(say('contacts.verified'), { exact: true }).count()).toBe(2);
  });
});
