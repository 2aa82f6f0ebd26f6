/**
 * The console: the first administrator by a link from the command line, with a key; a reviewer; and a holder's new
 * document, from the photographs to the decision.
 */
import { daysLater, romeDayOf } from '@sigillo/identity';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStores } from '../../apps/server/src/composition/gate.ts';
import type { Role } from '../../apps/server/src/gate/operators.ts';
import { giveIdentity } from '../setup/identities.ts';
import { invitationFor } from '../setup/operators.ts';
import { PASSWORD } from '../setup/populated.ts';
import { dialogOf } from './support/account.ts';
import { connectDevice } from './support/device.ts';
import { LOOKS } from './support/looks.ts';
import { signInAs } from './support/sign-in-as.ts';
import { openStage, type Stage } from './support/stage.ts';
import { openPage, type Visitor } from './support/visitor.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

/** The link that the command prints. */
async function invited(...roles: Role[]): Promise<{ link: string; email: string }> {
  const { keyring, nowMs, product } = stage;
  const server = { issuer: product.issuer };
  const on = { keyring, nowMs, server, database: product.database, stores: openStores(stage) };
  const { token, email } = await invitationFor(on, roles);
  return { link: `${product.issuer}/console/invitation#${token}`, email };
}

/** Takes an invitation up in this browser, whose key answers by itself, and signs in. */
async function becomeOperator(visitor: Visitor, ...roles: Role[]): Promise<string> {
  const { say } = visitor;
  const { link, email } = await invited(...roles);
  await visitor.go(link);
  await visitor.arrive(say('invitation.title'));
  await connectDevice(visitor);
  await visitor.fill(say('invitation.name'), 'Olga Rossi');
  await visitor.fill(say('invitation.password'), PASSWORD);
  await visitor.press(say('invitation.submit'));
  await visitor.arrive(say('invitation.done-title'));
  await visitor.press(say('invitation.go-sign-in'));
  await visitor.arrive(say('console-sign-in.title'));
  await visitor.fill(say('console-sign-in.email'), email);
  await visitor.fill(say('console-sign-in.password'), PASSWORD);
  await visitor.press(say('console-sign-in.submit'));
  await visitor.press(say('ceremony.use-passkey'));
  await visitor.arrive(say('console.title', { name: 'Olga Rossi' }));
  return email;
}

/** Confirms with the key what the console asks to be confirmed. */
async function confirm(visitor: Visitor): Promise<void> {
  await visitor.press(visitor.say('ceremony.use-passkey'));
}

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

async function handIn(visitor: Visitor): Promise<void> {
  const { page, say } = visitor;
  const today = romeDayOf(stage.nowMs());
  await visitor.press(say('document.upload'));
  await visitor.fill(say('document.number'), 'CA12345AB');
  await visitor.fill(say('document.issuer'), 'Comune di Roma');
  await visitor.fill(say('document.issued-on'), today);
  await visitor.fill(say('document.expires-on'), daysLater(today, 3650));
  for (const side of ['document.front', 'document.back']) {
    const file = { name: 'photo.png', mimeType: 'image/png', buffer: PIXEL };
    await page.locator(`input[type=file][aria-label="${say(side)}"]`).setInputFiles(file);
  }
  await page.getByText(say('ui.file-sent'), { exact: true }).nth(1).waitFor();
  await visitor.press(say('document.submit'));
}

describe.each(LOOKS)('in $language at $width px', (look) => {
  test('[G4] an operator joins by a link, signs in with the key, and invites another', async () => {
    const visitor = await openPage(stage, look);
    const { say, page } = visitor;
    await becomeOperator(visitor, 'administrator');
    await page
      .getByRole('heading', { name: say('console.nav-operators') })
      .getByRole('link')
      .click();
    await visitor.arrive(say('operators.title'));
    await visitor.press(say('operators.invite'));
    visitor.expectRefusal(403, '/api/console/operators');
    await visitor.fill(say('operators.email'), `colleague.${look.width}@example.org`);
    await visitor.press(say('operators.send'));
    await confirm(visitor);
    await visitor.read(`colleague.${look.width}@example.org`);
    expect(await stage.product.dev.link(`colleague.${look.width}@example.org`)).toContain(
      '/console/invitation#',
    );
    expect(await page.getByText(say('operators.you'), { exact: true }).count()).toBe(1);
  });

  test('[D3] [G4] [SPID-IDL-13] a holder hands a new document in, a reviewer accepts it', async () => {
    const visitor = await openPage(stage, look);
    const { say } = visitor;
    const holder = await stage.holder({ language: look.language });
    const documentExpiresOn = daysLater(romeDayOf(stage.nowMs()), 20);
    await giveIdentity({ ...stage, db: stage.product.database.db }, holder.id, { documentExpiresOn });
    await signInAs(stage, visitor, holder);
    await visitor.go(`${stage.product.issuer}/selfcare/document`);
    await visitor.arrive(say('document.title'));
    await handIn(visitor);
    await visitor.read(say('document.review-open'));
    await visitor.arrive(say('document.title'));

    const reviewer = await openPage(stage, look);
    await becomeOperator(reviewer, 'reviewer');
    await reviewer.page
      .getByRole('heading', { name: say('console.nav-cases') })
      .getByRole('link')
      .click();
    await reviewer.arrive(say('cases.title'));
    await reviewer.page
      .getByRole('link', { name: say('cases.kind-document-review') })
      .last()
      .click();
    await reviewer.press(say('cases.take'));
    await reviewer.read(say('cases.decision'));
    await reviewer.arrive(say('cases.kind-document-review'));
    await reviewer.press(say('cases.accept'));
    reviewer.expectRefusal(403, '/decision');
    const dialog = await dialogOf(reviewer, say('cases.accept-title-document-review'));
    await dialog.getByRole('button', { name: say('cases.accept'), exact: true }).click();
    await confirm(reviewer);
    await reviewer.read(say('cases.state-accepted'));

    await visitor.go(`${stage.product.issuer}/selfcare/document`);
    await visitor.read(say('document.review-accepted'));
  });
});
