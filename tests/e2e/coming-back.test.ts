/** B2, B5: coming back to a portal that demands a second factor, with both of them set up. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { portalWords, readLearned } from './support/demo-portals.ts';
import type { Holder } from './support/holders.ts';
import { isPhone, LOOKS } from './support/looks.ts';
import { openStage, type Stage, totp } from './support/stage.ts';
import { chooseMethod, enterPassword, sendCode } from './support/steps.ts';
import { openPage, type Visitor } from './support/visitor.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

describe.each(LOOKS)('in $language at $width px', (look) => {
  const words = portalWords(look);

  /** A holder who typed the password and is asked how to confirm. */
  async function comeBack(): Promise<{ visitor: Visitor; holder: Holder }> {
    const holder = await stage.holder({ totp: true, sms: true, language: look.language });
    const visitor = await openPage(stage, look);
    await visitor.go(`${stage.product.claims}/sign-in`);
    await enterPassword(visitor, holder.email, holder.password);
    await visitor.arrive(visitor.say('ceremony.choose-title-sign-in'));
    return { visitor, holder };
  }

  test('with a text message, which is sent only when asked for', async () => {
    const { visitor, holder } = await comeBack();
    const { say } = visitor;
    await visitor.read(say('ceremony.method-totp'));
    await chooseMethod(visitor, 'sms-code');
    await visitor.arrive(say('ceremony.send-title-sms-code'));
    expect(await stage.product.dev.outbox(holder.phone)).toEqual([]);

    await visitor.press(say('ceremony.send'));
    await visitor.arrive(say('ceremony.prove-title-sms-code'));
    await visitor.read(new RegExp(`•.*${holder.phone.slice(-4)}`));
    await visitor.fill(say('ceremony.code'), await stage.product.dev.code(holder.phone));
    await visitor.press(say('ceremony.verify'));
    await visitor.press(say('consent.accept'));
    await visitor.arrive(/CL-2031-7745/);
    expect(await readLearned(visitor)).toContain(words.learned.proofs.sms);
  });

  test('with the app instead; a code that was used is refused', async () => {
    const { visitor, holder } = await comeBack();
    const { say } = visitor;
    await chooseMethod(visitor, 'sms-code');
    await visitor.press(say('ceremony.another-way'));
    await chooseMethod(visitor, 'totp');
    await visitor.arrive(say('ceremony.prove-title-totp'));
    const code = await totp(holder.key, stage.nowMs());
    await visitor.fill(say('ceremony.code'), code);
    await visitor.press(say('ceremony.verify'));
    await visitor.arrive(say('consent.title'));

    const other = await openPage(stage, look);
    await other.go(`${stage.product.claims}/sign-in`);
    await enterPassword(other, holder.email, holder.password);
    await chooseMethod(other, 'totp');
    other.expectRefusal(422, '/proofs');
    await other.fill(say('ceremony.code'), code);
    await other.press(say('ceremony.verify'));
    await other.read(say('problems.code-rejected'));
  });

  // What follows depends on neither language nor width.
  if (isPhone(look)) return;

  test('[OTP-4] wrong codes are counted; another code follows the countdown and ends the first', async () => {
    const { visitor, holder } = await comeBack();
    const { say } = visitor;
    const first = await sendCode(stage, visitor, holder.phone);
    visitor.expectRefusal(422, '/proofs');
    const wrong = first === '000000' ? '111111' : '000000';
    await visitor.fill(say('ceremony.code'), wrong);
    await visitor.press(say('ceremony.verify'));
    await visitor.read(say('problems.code-rejected-tries', { count: 4 }));
    expect(await visitor.page.getByRole('button', { name: say('ceremony.send-another') }).count()).toBe(0);

    await visitor.pass(31);
    await visitor.press(say('ceremony.send-another'));
    await visitor.read(say('ceremony.sent-again'));
    const second = await stage.product.dev.code(holder.phone, 1);
    if (first !== second) {
      await visitor.fill(say('ceremony.code'), first);
      await visitor.press(say('ceremony.verify'));
      await visitor.read(say('problems.code-rejected-tries', { count: 4 }));
    }
    await visitor.fill(say('ceremony.code'), second);
    await visitor.press(say('ceremony.verify'));
    await visitor.arrive(say('consent.title'));
  });

  test('[OTP-5] a code that has expired is said to be so, and so is the fifth wrong one', async () => {
    const { visitor, holder } = await comeBack();
    const { say } = visitor;
    const first = await sendCode(stage, visitor, holder.phone);
    await visitor.pass(301);
    await visitor.read(say('ceremony.code-expired'));
    visitor.expectRefusal(409, '/proofs');
    await visitor.fill(say('ceremony.code'), first);
    await visitor.press(say('ceremony.verify'));
    await visitor.read(say('problems.challenge-over'));

    await visitor.press(say('ceremony.send-another'));
    const second = await stage.product.dev.code(holder.phone, 1);
    const wrong = second === '000000' ? '111111' : '000000';
    visitor.expectRefusal(422, '/proofs');
    for (const count of [4, 3, 2, 1, 0]) {
      await visitor.fill(say('ceremony.code'), wrong);
      await visitor.press(say('ceremony.verify'));
      await visitor.read(say('problems.code-rejected-tries', { count }));
    }
    await visitor.fill(say('ceremony.code'), second);
    await visitor.press(say('ceremony.verify'));
    await visitor.read(say('problems.challenge-over'));
    await visitor.pass(31);
    await visitor.press(say('ceremony.send-another'));
    await visitor.fill(say('ceremony.code'), await stage.product.dev.code(holder.phone, 2));
    await visitor.press(say('ceremony.verify'));
    await visitor.arrive(say('consent.title'));
  });
});
