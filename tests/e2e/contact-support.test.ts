/** B6: help from a person, with the number of the case or claim, from wherever one is stuck. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { portalWords } from './support/demo-portals.ts';
import { newPerson } from './support/holders.ts';
import { LOOKS } from './support/looks.ts';
import { signInAs } from './support/sign-in-as.ts';
import { openStage, type Stage } from './support/stage.ts';
import { openPage, type Visitor } from './support/visitor.ts';

const MAILBOX = 'help@example.org';
const CHAT = 'https://chat.example.org/';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ SIGILLO_SUPPORT_MAILBOX: MAILBOX, SIGILLO_CHAT_URL: CHAT });
});
afterAll(() => stage[Symbol.asyncDispose]());

describe.each(LOOKS)('in $language at $width px', (look) => {
  const words = portalWords(look);

  test('from a case of a portal: the number is filled in, and both sides hear of the request', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    const holder = await stage.holder({ totp: true, language: look.language });
    await signInAs(stage, visitor, holder);
    await visitor.go(`${stage.product.care}/sign-in`);
    await visitor.press(say('consent.accept'));
    await visitor.press(new RegExp(`^${words.care.tiles.cases.title}`));
    await visitor.press(`${words.care.contactAbout} CC-20377`);

    await visitor.arrive(say('support.title'));
    expect(await field(visitor, 'number-case').inputValue()).toBe('CC-20377');
    expect(await field(visitor, 'email').inputValue()).toBe(holder.email);
    await field(visitor, 'name').fill('Ada Rossi');
    const before = (await stage.product.dev.outbox(MAILBOX)).length;
    await visitor.fill(say('support.message'), 'The amount differs.\nWhy?');
    await visitor.press(say('support.submit'));
    await visitor.arrive(say('support.sent-title'));
    const reference = /[A-Z]{6}/.exec((await page.getByRole('main').textContent()) ?? '')?.[0] ?? '';

    const request = await stage.product.dev.newest(MAILBOX, before);
    for (const told of [reference, holder.email, 'Ada Rossi', 'CC-20377', 'The amount differs.', 'Why?'])
      expect(request.text).toContain(told);
    const receipt = await stage.product.dev.newest(holder.email);
    expect(receipt.subject).toBe(say('support-received.subject', { reference }));
    await visitor.press(say('shell.my-account'));
    await visitor.arrive(say('account.title'));
  });

  test('from the sign-in of a portal: it names the claim and the portal, and leads back to the sign-in', async () => {
    const visitor = await openPage(stage, look);
    const { say } = visitor;
    const { email } = newPerson();
    await visitor.go(`${stage.product.claims}/sign-in`);
    await visitor.press(say('sign-in.contact-support'));
    await visitor.read(words.claims.portal);
    await field(visitor, 'number-claim').fill('CL-2031-7745');
    await visitor.fill(say('support.email'), email);
    await visitor.fill(say('support.message'), 'No code comes.');
    const before = (await stage.product.dev.outbox(MAILBOX)).length;
    await visitor.press(say('support.submit'));
    await visitor.arrive(say('support.sent-title'));
    const { text } = await stage.product.dev.newest(MAILBOX, before);
    for (const told of [email, 'CL-2031-7745', 'No code comes.', 'Portale sinistri'])
      expect(text).toContain(told);
    const receipt = await stage.product.dev.newest(email);
    expect(receipt.text).toContain(say('support-received.title'));

    await visitor.press(say('support.back'));
    await visitor.arrive(say('sign-in.title'));
    await visitor.read(words.claims.portal);
  });

  test('a portal that has its own live chat is asked there; else the operator’s', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    await visitor.go(`${stage.product.issuer}/support`);
    const chat = page.getByRole('link', { name: say('support.live-chat') });
    expect(await chat.getAttribute('href')).toBe(CHAT);

    await visitor.go(`${stage.product.care}/sign-in`);
    await visitor.press(say('sign-in.contact-support'));
    await visitor.read(words.care.portal);
    const opened = page.waitForEvent('popup');
    await chat.click();
    const popup = await opened;
    await popup.getByRole('heading', { level: 1, name: words.care.chatTitle }).waitFor();
  });

  test('what cannot be sent says why, and keeps what was typed', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    await visitor.go(`${stage.product.issuer}/support`);
    await visitor.fill(say('support.email'), 'ada@');
    await field(visitor, 'name').fill('Ada');
    await field(visitor, 'number-case').fill('A 1');
    await visitor.press(say('support.submit'));
    const summary = page.getByRole('alert');
    await summary.getByText(say('problems.check-fields', { count: 2 })).waitFor();
    expect(await summary.evaluate((box) => box === document.activeElement)).toBe(true);
    await summary.getByRole('link', { name: say('problems.rule-email') }).click();
    expect(await field(visitor, 'email').evaluate((input) => input === document.activeElement)).toBe(true);
    await visitor.fill(say('support.email'), 'ada@example.org');

    await visitor.fill(say('support.message'), 'x'.repeat(4001));
    visitor.expectRefusal(400, '/api/support');
    await visitor.press(say('support.submit'));
    await summary.getByText(say('problems.rule-too-long')).waitFor();
    expect(await field(visitor, 'name').inputValue()).toBe('Ada');
    expect(await field(visitor, 'number-case').inputValue()).toBe('A 1');
    expect((await field(visitor, 'message').inputValue()).length).toBe(4001);
  });
});

/** The label says, besides, when a field is optional. */
function field({ page, say }: Visitor, name: string) {
  return page.getByRole('textbox', { name: new RegExp(`^${say(`support.${name}`)}`) });
}
