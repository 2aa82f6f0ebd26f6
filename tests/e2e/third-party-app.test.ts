/**
 * A6: any authenticator app can hold the account. Programs that share no code with us read the QR code from
 * the screen (zbarimg) and make the code from the key (oathtool).
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { judge } from '../setup/judge.ts';
import { newPerson } from './support/holders.ts';
import { isPhone, LOOKS } from './support/looks.ts';
import { openStage, type Stage } from './support/stage.ts';
import { copyKey, openWizard } from './support/steps.ts';
import { openPage } from './support/visitor.ts';

const oathtool = judge('oathtool', 'apt-get install oathtool');
const zbarimg = judge('zbarimg', 'apt-get install zbar-tools');

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

oathtool.describe('a code from another program', () => {
  test.each(LOOKS)('finishes the set-up, in $language at $width px', async (look) => {
    const visitor = await openPage(stage, look);
    const { say } = visitor;
    await openWizard(stage, visitor, newPerson());
    await visitor.press(say('set-up.continue'));
    const key = await copyKey(visitor);
    const at = `@${Math.floor(stage.nowMs() / 1000)}`;
    const { stdout } = oathtool.run(['--totp', '--base32', '--now', at, key]);
    await visitor.fill(say('set-up.app-code'), stdout.trim());
    await visitor.press(say('set-up.verify'));
    await visitor.arrive(say('recovery-codes.offer-title'));
  });
});

zbarimg.describe('the QR code on the screen', () => {
  test.each(LOOKS)('holds the key that stands beside it, in $language at $width px', async (look) => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    const { email, password } = newPerson();
    await openWizard(stage, visitor, { email, password });
    await visitor.press(say('set-up.continue'));
    const key = await copyKey(visitor);
    if (isPhone(look)) await page.getByText(say('set-up.other-device'), { exact: true }).click();
    const drawing = page.getByRole('img', { name: say('set-up.qr-label'), exact: true });
    const { stdout } = zbarimg.run(['--quiet', '--raw', '-'], await drawing.screenshot());

    const uri = new URL(stdout.trim());
    expect(uri.protocol).toBe('otpauth:');
    expect(decodeURIComponent(uri.pathname)).toContain(email);
    expect(Object.fromEntries(uri.searchParams)).toEqual({
      secret: key,
      issuer: 'Sigillo',
      algorithm: 'SHA1',
      digits: '6',
      period: '30',
    });
  });
});
