/** REC-4: whoever cannot use any of their second factors shows who they are in two ways and sets up another. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Holder } from './support/holders.ts';
import { LOOKS } from './support/looks.ts';
import { signInAs } from './support/sign-in-as.ts';
import { openStage, type Stage } from './support/stage.ts';
import { chooseMethod, copyKey, enterPassword, saveRecoveryCodes } from './support/steps.ts';
import { openPage, type Visitor } from './support/visitor.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

describe.each(LOOKS)('in $language at $width px', (look) => {
  /** From the sign-in page to the start of the recovery. */
  async function startRecovery(visitor: Visitor, holder: Holder): Promise<void> {
    const { say } = visitor;
    await visitor.go(`${stage.product.claims}/sign-in`);
    await enterPassword(visitor, holder.email, holder.password);
    await visitor.press(new RegExp(`^(${say('ceremony.none-works')}|${say('ceremony.cannot-use')})$`));
    await visitor.arrive(say('recover.title'));
    await visitor.press(say('recover.start'));
  }

  /** With a new app: the end of the recovery, and signing in with it. */
  async function replaceApp(visitor: Visitor, holder: Holder): Promise<void> {
    const { say } = visitor;
    await visitor.arrive(say('set-up.title'));
    await visitor.press(say('set-up.continue'));
    const key = await copyKey(visitor);
    await visitor.fill(say('set-up.app-code'), await stage.nextCode(key));
    await visitor.press(say('set-up.verify'));
    await visitor.arrive(say('recover.done-title'));
    await visitor.press(say('recover.sign-in-again'));
    await enterPassword(visitor, holder.email, holder.password);
    await visitor.arrive(say('ceremony.prove-title-totp'));
    await visitor.fill(say('ceremony.code'), await stage.nextCode(key));
    await visitor.press(say('ceremony.verify'));
  }

  test('[REC-4] with password and a code by e-mail; the old factors and all sessions are gone', async () => {
    const holder = await stage.holder({ totp: true, sms: true, language: look.language });
    const elsewhere = await openPage(stage, look);
    await signInAs(stage, elsewhere, holder);
    await elsewhere.go(`${stage.product.issuer}/account`);
    await elsewhere.arrive(elsewhere.say('account.title'));

    const visitor = await openPage(stage, look);
    const { say } = visitor;
    await startRecovery(visitor, holder);
    await chooseMethod(visitor, 'email-code');
    await visitor.press(say('ceremony.send'));
    await visitor.arrive(say('ceremony.prove-title-email-code'));
    await visitor.fill(say('ceremony.code'), await stage.product.dev.code(holder.email));
    await visitor.press(say('ceremony.verify'));
    await replaceApp(visitor, holder);
    await visitor.press(say('consent.accept'));
    await visitor.arrive(/CL-2031-7745/);

    await elsewhere.page.reload();
    await elsewhere.arrive(say('sign-in.title'));
  });

  test('[REC-4] with password and a recovery code; the codes are void afterwards', async () => {
    const holder = await stage.holder({ totp: true, language: look.language });
    const visitor = await openPage(stage, look);
    const { say } = visitor;
    await signInAs(stage, visitor, holder);
    await visitor.go(`${stage.product.issuer}/account/recovery-codes`);
    await visitor.press(say('recovery-codes.make'));
    const [code = ''] = await saveRecoveryCodes(visitor, say('recovery-codes.finish'));

    const other = await openPage(stage, look);
    await startRecovery(other, holder);
    await chooseMethod(other, 'recovery-code');
    other.expectRefusal(422, '/proofs');
    await other.fill(say('ceremony.recovery-code'), 'AAAA-BBBB-CCCC-DDDD');
    await other.press(say('ceremony.verify'));
    await other.read(say('problems.code-rejected'));
    // As people write them: small letters, no dashes.
    await other.fill(say('ceremony.recovery-code'), code.toLowerCase().replaceAll('-', ' '));
    await other.press(say('ceremony.verify'));
    await replaceApp(other, holder);
    await other.arrive(say('consent.title'));

    const mails = await stage.product.dev.outbox(holder.email, 'email');
    const recovered = mails.filter(({ subject }) => subject === say('second-factor-recovered.subject'));
    expect(recovered).toHaveLength(1);
  });
});
