/** A copy of all accounts in a file: saved, lost, brought back. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  APP_LOOKS,
  expectOathCode,
  newService,
  oathtool,
  openAuthenticator,
  rowOf,
  typeAccount,
} from './support/authenticator.ts';
import { openStage, type Stage } from './support/stage.ts';
import type { Visitor } from './support/visitor.ts';

const PASSPHRASE = 'sette aironi quieti all’alba';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

describe.each(APP_LOOKS)('in $language at $width px', (look) => {
  oathtool.describe('brought back', () => {
    test('a copy is saved, an account removed, and the copy brings it back once', async () => {
      const visitor = await openAuthenticator(stage, look);
      const { page, say } = visitor;
      const [kept, lost] = [newService('Resta'), newService('Torna')];
      await typeAccount(stage, visitor, kept);
      await typeAccount(stage, visitor, lost);
      const file = await saveCopy(visitor);
      expect(file.toString()).not.toContain(lost.key);
      expect(file.toString()).not.toContain(lost.account);

      await visitor.go(`${stage.product.authenticator}/codes`);
      const name = `Torna (${lost.account})`;
      await visitor.press(say('authenticator.edit-named', { name }));
      await visitor.press(say('authenticator.remove'));
      await visitor.press(say('authenticator.remove-action'));
      await visitor.read(say('authenticator.removed', { name }));

      await openCopy(visitor, file, 'another passphrase');
      await visitor.read(say('authenticator.import-wrong-passphrase'));
      await visitor.fill(say('authenticator.passphrase'), PASSPHRASE);
      await visitor.press(say('authenticator.open-action'));
      await visitor.arrive(say('authenticator.confirm-title', { count: 2 }));
      await visitor.read(say('authenticator.known'));
      await visitor.press(say('authenticator.add-count', { count: 1 }));
      await visitor.arrive(say('authenticator.codes-title'));
      expect(await page.getByRole('listitem').count()).toBe(2);
      await expectOathCode(visitor, lost);
      await expectOathCode(visitor, kept);
    });
  });

  test('passphrases that are short or differ, and files that are no copy, are told', async () => {
    const visitor = await openAuthenticator(stage, look);
    const { say } = visitor;
    const service = newService();
    await typeAccount(stage, visitor, service);
    await visitor.go(`${stage.product.authenticator}/export`);
    await visitor.fill(say('authenticator.passphrase'), 'short');
    await visitor.press(say('authenticator.export-action'));
    await visitor.read(say('authenticator.passphrase-short', { length: 12 }));
    await visitor.fill(say('authenticator.passphrase'), PASSPHRASE);
    await visitor.fill(say('authenticator.passphrase-repeat'), `${PASSPHRASE}.`);
    await visitor.press(say('authenticator.export-action'));
    await visitor.read(say('authenticator.passphrase-different'));

    await visitor.go(`${stage.product.authenticator}/import`);
    await chooseFile(visitor, Buffer.from('{"format":"something else"}'));
    await visitor.read(say('authenticator.import-not-ours'));
    await visitor.go(`${stage.product.authenticator}/codes`);
    await rowOf(visitor, service).waitFor();
  });
});

async function saveCopy(visitor: Visitor): Promise<Buffer> {
  const { page, say } = visitor;
  await visitor.go(`${stage.product.authenticator}/settings`);
  await visitor.press(say('authenticator.export-title'));
  await visitor.arrive(say('authenticator.export-title'));
  await visitor.fill(say('authenticator.passphrase'), PASSPHRASE);
  await visitor.fill(say('authenticator.passphrase-repeat'), PASSPHRASE);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    visitor.press(say('authenticator.export-action')),
  ]);
  await visitor.arrive(say('authenticator.exported-title'));
  expect(download.suggestedFilename()).toMatch(/^sigillo-\d{4}-\d{2}-\d{2}\.json$/);
  return readFile(await download.path());
}

async function openCopy(visitor: Visitor, file: Buffer, passphrase: string): Promise<void> {
  const { say } = visitor;
  await visitor.go(`${stage.product.authenticator}/import`);
  await visitor.arrive(say('authenticator.import-title'));
  await chooseFile(visitor, file);
  await visitor.arrive(say('authenticator.open-title'));
  await visitor.fill(say('authenticator.passphrase'), passphrase);
  await visitor.press(say('authenticator.open-action'));
}

async function chooseFile({ page, say }: Visitor, buffer: Buffer): Promise<void> {
  const input = page.getByLabel(say('authenticator.choose-file'), { exact: true });
  await input.setInputFiles({ name: 'copy.json', mimeType: 'application/json', buffer });
}
