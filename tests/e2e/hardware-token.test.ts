/**
 * D7: a holder who was given a hardware token activates it by its serial number and two codes, signs in with it,
 * and finds it again with two codes when its button was pressed too often.
 */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { putInStock, type Token, tokenCode } from '../setup/hardware-token.ts';
import { judge } from '../setup/judge.ts';
import { accessibilityFaults } from './support/a11y.ts';
import { openAccount } from './support/account.ts';
import { LOOKS } from './support/looks.ts';
import { openStage, type Stage } from './support/stage.ts';
import { openPage } from './support/visitor.ts';

const oathtool = judge('oathtool', 'apt-get install oathtool');

oathtool.describe('a hardware token', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage[Symbol.asyncDispose]());

  async function tokenInStock(): Promise<Token> {
    const seed = randomBytes(20);
    const serial = `SG${seed.toString('hex').slice(0, 8).toUpperCase()}`;
    const token: Token = { serial, seed, kind: 'hotp', digits: 6 };
    await putInStock({ ...stage, database: stage.product.database }, [token]);
    return token;
  }

  describe.each(LOOKS)('in $language at $width px', (look) => {
    test('[D7] [OTP-3] [ACC-1] is activated, signs in, and is realigned', async () => {
      const token = await tokenInStock();
      const shows = (counter: number) => tokenCode(oathtool, token, counter);
      const visitor = await openPage(stage, look);
      const { page, say } = visitor;
      const holder = await stage.holder({ language: look.language });
      await openAccount(stage, visitor, holder, '/account/two-factor');
      await visitor.press(say('two-factor.add'));
      await visitor.arrive(say('set-up.title'));
      await page.getByText(say('set-up.more-options'), { exact: true }).click();
      await page.getByRole('radio', { name: say('set-up.choice-hardware-token-text') }).check();
      await visitor.press(say('set-up.continue'));
      await visitor.arrive(say('set-up.token-title'));

      const activate = async (serial: string, first: string, second: string) => {
        await visitor.fill(say('set-up.token-serial'), serial);
        await visitor.fill(say('set-up.token-first'), first);
        await visitor.fill(say('set-up.token-second'), second);
        await visitor.press(say('set-up.token-activate'));
      };
      await activate(token.serial, shows(0), shows(0));
      await visitor.read(say('problems.rule-second-code'));
      visitor.expectRefusal(422, '/proofs');
      await activate(`${token.serial}0`, shows(0), shows(1));
      await visitor.read(say('set-up.token-refused'));
      await visitor.arrive(say('set-up.token-title'));
      expect(await accessibilityFaults(page, look, 'activation, refused')).toEqual([]);
      await activate(token.serial.toLowerCase(), shows(0), shows(1));
      await visitor.arrive(say('two-factor.title'));
      await visitor.read(say('two-factor.added'));
      await visitor.read(token.serial);

      const elsewhere = await openPage(stage, look);
      await elsewhere.go(`${stage.product.issuer}/account`);
      await elsewhere.fill(say('sign-in.identifier'), holder.email);
      await elsewhere.fill(say('sign-in.password'), holder.password);
      await elsewhere.press(say('sign-in.submit'));
      await elsewhere.arrive(say('ceremony.prove-title-hardware-token'));
      elsewhere.expectRefusal(422, '/proofs');
      await elsewhere.fill(say('ceremony.token-code'), shows(40));
      await elsewhere.press(say('ceremony.verify'));
      await elsewhere.page
        .getByLabel(say('ceremony.token-code'), { exact: true })
        .and(elsewhere.page.locator('[aria-invalid="true"]'))
        .waitFor();
      expect(await accessibilityFaults(elsewhere.page, look, 'code, refused')).toEqual([]);
      await elsewhere.press(say('ceremony.token-realign'));
      await elsewhere.arrive(say('ceremony.token-realign-title'));
      expect(await accessibilityFaults(elsewhere.page, look, 'realigning')).toEqual([]);
      await elsewhere.fill(say('ceremony.token-first'), shows(41));
      await elsewhere.fill(say('ceremony.token-second'), shows(42));
      await elsewhere.press(say('ceremony.verify'));
      await elsewhere.arrive(say('account.title'));
    });
  });
});
