/** RATE-3: the money for SMS of this hour is spent. Whoever waits for a code is told so, and gets on. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newPerson } from './support/holders.ts';
import { isPhone, LOOKS } from './support/looks.ts';
import { openStage, type Stage } from './support/stage.ts';
import { chooseFactors, chooseMethod, enterPassword, openWizard, sendCode } from './support/steps.ts';
import { openPage, type Visitor } from './support/visitor.ts';

const HOUR_SECONDS = 3_600;

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({});
});
afterAll(() => stage[Symbol.asyncDispose]());

/** Begins an hour, of which the budget is spent after so many seconds. */
const nextHour = () => stage.advance(HOUR_SECONDS + 1 - (Math.floor(stage.nowMs() / 1_000) % HOUR_SECONDS));

async function spendBudget(): Promise<void> {
  const hour = new Date(Math.floor(stage.nowMs() / 1_000 / HOUR_SECONDS) * HOUR_SECONDS * 1_000);
  const [spent, byPrefix] = [100_000_000, { '+39': 100_000_000 }];
  await sql`insert into sms_spending (hour, spent, by_prefix) values (${hour}, ${spent}, ${byPrefix})
    on conflict (hour) do update set spent = excluded.spent, by_prefix = excluded.by_prefix`.execute(
    stage.product.database.db,
  );
}

describe.each(LOOKS)('in $language at $width px', (look) => {
  test('[RATE-3] another code is refused: the holder is told so, and signs in with the app', async () => {
    await nextHour();
    const holder = await stage.holder({ totp: true, sms: true, language: look.language });
    const visitor = await openPage(stage, look);
    const { say } = visitor;
    await visitor.go(`${stage.product.claims}/sign-in`);
    await enterPassword(visitor, holder.email, holder.password);
    await sendCode(stage, visitor, holder.phone);
    await spendBudget();
    await visitor.pass(31);
    visitor.expectRefusal(503, '/challenges');
    await visitor.press(say('ceremony.send-another'));
    await visitor.read(say('problems.sms-unavailable'));
    await readWhen(visitor);
    await visitor.arrive(say('ceremony.prove-title-sms-code'));
    await visitor.press(say('ceremony.another-way'));
    await chooseMethod(visitor, 'totp');
    await visitor.fill(say('ceremony.code'), await stage.nextCode(holder.key));
    await visitor.press(say('ceremony.verify'));
    await visitor.arrive(say('consent.title'));
  });

  test('[RATE-3] who has nothing but SMS can write to support, and signs in when codes go out again', async () => {
    await nextHour();
    const holder = await stage.holder({ sms: true, language: look.language });
    const visitor = await openPage(stage, look);
    const { say } = visitor;
    await visitor.go(`${stage.product.claims}/sign-in`);
    await enterPassword(visitor, holder.email, holder.password);
    await visitor.arrive(say('ceremony.send-title-sms-code'));
    await spendBudget();
    visitor.expectRefusal(503, '/challenges');
    await visitor.press(say('ceremony.send'));
    await visitor.read(say('problems.sms-unavailable-only'));
    await readWhen(visitor);
    await visitor.arrive(say('ceremony.send-title-sms-code'));
    expect(await stage.product.dev.outbox(holder.phone, 'sms')).toEqual([]);
    await visitor.press(say('ceremony.contact-support'));
    await visitor.arrive(say('support.title'));

    await visitor.pass(HOUR_SECONDS);
    await visitor.go(`${stage.product.claims}/sign-in`);
    await enterPassword(visitor, holder.email, holder.password);
    await visitor.press(say('ceremony.send'));
    await visitor.arrive(say('ceremony.prove-title-sms-code'));
    await visitor.fill(say('ceremony.code'), await stage.product.dev.code(holder.phone));
    await visitor.press(say('ceremony.verify'));
    await visitor.arrive(say('consent.title'));
  });

  // What follows depends on neither language nor width.
  if (isPhone(look)) return;

  test('[RATE-3] whoever has another way is led there at once, before anything was sent', async () => {
    await nextHour();
    await spendBudget();
    const holder = await stage.holder({ totp: true, sms: true, language: look.language });
    const visitor = await openPage(stage, look);
    const { say } = visitor;
    await visitor.go(`${stage.product.claims}/sign-in`);
    await enterPassword(visitor, holder.email, holder.password);
    await chooseMethod(visitor, 'sms-code');
    visitor.expectRefusal(503, '/challenges');
    await visitor.press(say('ceremony.send'));
    await visitor.read(say('problems.sms-unavailable'));
    await visitor.arrive(say('ceremony.send-title-sms-code'));
    expect(await visitor.page.getByRole('button', { name: say('ceremony.send') }).count()).toBe(0);
    await visitor.press(say('ceremony.another-way'));
    await visitor.arrive(say('ceremony.choose-title-sign-in'));
  });

  test('[RATE-3] in the set-up: told so at the number, and back to choose the app', async () => {
    await nextHour();
    const visitor = await openPage(stage, look);
    const { say } = visitor;
    await openWizard(stage, visitor, newPerson());
    await chooseFactors(visitor, 'sms-code');
    await visitor.press(say('set-up.continue'));
    await visitor.arrive(say('set-up.sms-title'));
    await spendBudget();
    visitor.expectRefusal(503, '/enrolments');
    await visitor.press(say('set-up.sms-send'));
    await visitor.read(say('problems.sms-unavailable'));
    await visitor.arrive(say('set-up.sms-title'));
    await visitor.press(say('set-up.back'));
    await visitor.arrive(say('set-up.title'));
  });
});

/** The time of day from which on codes go out again: the next full hour, today or tomorrow for who reads it. */
async function readWhen({ say, page }: Visitor): Promise<void> {
  const time = '\\d\\d:00';
  const [today, tomorrow] = [
    say('problems.try-again-today', { time }),
    say('problems.try-again-tomorrow', { time }),
  ];
  expect(await page.getByText(new RegExp(`${today}|${tomorrow}`)).count()).toBe(1);
}
