/** A revocation that a colleague takes over and that suspends first, its evidence, and a report to the authorities. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HttpBrowser } from '../setup/http-browser.ts';
import { giveIdentity } from '../setup/identities.ts';
import { confirmByPhone, requestByPhone } from '../setup/suspensions.ts';
import { accessibilityFaults } from './support/a11y.ts';
import { dialogOf } from './support/account.ts';
import type { Holder } from './support/holders.ts';
import { enterConsole, proveKey } from './support/operator.ts';
import { openStage, type Stage } from './support/stage.ts';
import { openPage, type Visitor } from './support/visitor.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

const FORM = '%PDF-1.7 signed %%EOF';
const REASON = 'Request of the court of Trento, 1234 of 2026';
const VERIFIED = 'The original was seen at the desk.';

const visit = ({ go }: Visitor, place: string) => go(`${stage.product.issuer}/console/${place}`);

/** Nothing is wrong with the page as it stands, in the visitor's language and on their screen. */
async function look({ page, look: at }: Visitor, state: string): Promise<void> {
  expect(await accessibilityFaults(page, at, state)).toEqual([]);
}

async function holderWithIdentity() {
  const holder = await stage.holder({ sms: true, language: 'it' });
  const identity = await giveIdentity({ ...stage, db: stage.product.database.db }, holder.id);
  return { holder, identity };
}

/** A form that arrived, registered without clicking. @returns the case's place in the console */
async function registeredForm({ page }: Visitor, { userId: holder }: Holder): Promise<string> {
  const wanted = { holder, cause: 'illicit-use', receivedBy: 'post', verified: VERIFIED };
  const id = await page.evaluate(
    async ([form, body]) => {
      const send = (method: string, path: string, type: string, content: string) =>
        fetch(`/api/console/revocation-requests${path}`, {
          method,
          headers: { 'content-type': type },
          body: content,
        });
      await send('PUT', '/form', 'application/pdf', form);
      return ((await (await send('POST', '', 'application/json', body)).json()) as { id: string }).id;
    },
    [FORM, JSON.stringify(wanted)] as const,
  );
  return `cases/${id}`;
}

async function takeCase(visitor: Visitor, place: string): Promise<void> {
  await visit(visitor, place);
  await visitor.press(visitor.say('cases.take'));
  await visitor.read(visitor.say('cases.decision'));
}

async function accept(visitor: Visitor): Promise<void> {
  const { say, press } = visitor;
  visitor.expectRefusal(403, '/decision');
  await press(say('cases.accept'));
  const dialog = await dialogOf(visitor, say('cases.accept-title-revocation-request'));
  await dialog.getByRole('button', { name: say('cases.accept'), exact: true }).click();
  await proveKey(visitor);
}

/** Opens the dialog of a case that a colleague has. */
async function askToTakeOver(visitor: Visitor, place: string) {
  const { say, press, read } = visitor;
  const name = 'Olga Operator';
  await visit(visitor, place);
  await read(say('cases.taken-by', { name }));
  await press(say('cases.take-over'));
  return dialogOf(visitor, say('cases.take-over-title', { name }));
}

/** Takes a case from a colleague, with a note, which stands in the history. */
async function takeOver(visitor: Visitor, place: string): Promise<void> {
  const { page, say, fill, read } = visitor;
  const dialog = await askToTakeOver(visitor, place);
  const take = dialog.getByRole('button', { name: say('cases.take-over'), exact: true });
  await take.click();
  await page.getByRole('link', { name: say('cases.take-over-needed') }).waitFor();
  await fill(say('cases.take-over-note'), 'She is on leave until Monday.');
  await take.click();
  await dialog.waitFor({ state: 'detached' });
  await read('She is on leave until Monday.');
  await read(say('cases.decision'));
}

/** Opens the dialog of the card “suspend meanwhile”. */
async function askToSuspend(visitor: Visitor) {
  const { say, press, read } = visitor;
  await read(say('cases.suspend-first-text'));
  await press(say('cases.suspend-first-action'));
  const dialog = await dialogOf(visitor, say('cases.suspend-first-title'));
  await read(say('cases.suspend-first-1'));
  await read(say('cases.suspend-first-ends-two'));
  return dialog;
}

/** Has the account rest, at once. */
async function suspend(visitor: Visitor, { email }: Holder): Promise<void> {
  const { page, say, read } = visitor;
  const dialog = await askToSuspend(visitor);
  visitor.expectRefusal(403, '/suspend');
  await dialog.getByRole('button', { name: say('cases.suspend-first-action'), exact: true }).click();
  await proveKey(visitor);
  await read(say('cases.value-suspended'));
  await read(new RegExp(`^${say('cases.event-suspended')} · `));
  expect(await page.getByText(say('cases.suspend-first-text')).count()).toBe(0);
  const subjects = async () => (await stage.product.dev.outbox(email)).map(({ subject }) => subject);
  await expect.poll(subjects).toContain(say('account-suspended.subject'));
}

/** Looks for what is kept of an identity. */
async function findEvidence(visitor: Visitor, spidCode: string): Promise<void> {
  const { page, say, press, fill, arrive, read } = visitor;
  await visit(visitor, 'evidence');
  await arrive(say('evidence.title'));
  await page.getByLabel(say('evidence.by'), { exact: true }).selectOption('spid-code');
  await fill(say('evidence.by-spid-code'), spidCode);
  await press(say('evidence.search'));
  await page.getByRole('link', { name: say('evidence.reason-needed') }).waitFor();
  await fill(say('evidence.reason'), REASON);
  await press(say('evidence.search'));
  await read(say('evidence.kept'));
  for (const kind of ['record', 'contract', 'case-file']) await read(say(`evidence.kind-${kind}`));
}

/** Opens the form that was handed in. @returns what the browser keeps of it */
async function openForm({ page, say }: Visitor): Promise<string> {
  const item = page.getByRole('listitem').filter({ hasText: say('evidence.kind-case-file') });
  const downloads = page.waitForEvent('download');
  await item.getByRole('button').click();
  const chunks = await (await (await downloads).createReadStream()).toArray();
  return Buffer.concat(chunks as Buffer[]).toString();
}

/** A form for reports that says what is missing. */
async function openReport(visitor: Visitor): Promise<void> {
  const { page, say, press, arrive } = visitor;
  await visit(visitor, 'cases/new-report');
  await arrive(say('cases.new-report'));
  await press(say('cases.register-report'));
  for (const missing of ['holder-missing', 'verified-missing', 'file-missing'])
    await page.getByRole('link', { name: say(`cases.${missing}`) }).waitFor();
}

/** A holder who has suspended the account by a code to the telephone. */
async function suspendedHolder(): Promise<Holder> {
  const { holder } = await holderWithIdentity();
  const { dev, issuer } = stage.product;
  const from = { dev, browser: () => new HttpBrowser(issuer) };
  const { browser, request, code } = await requestByPhone(from, holder);
  expect((await confirmByPhone(browser, request, code)).status).toBe(200);
  return holder;
}

/** Registers the copy of a report to the authorities. */
async function register(visitor: Visitor, { userId }: Holder): Promise<void> {
  const { page, say, press, fill, arrive, read } = visitor;
  await fill(say('cases.fact-holder'), userId);
  await fill(say('cases.fact-verified'), VERIFIED);
  const buffer = Buffer.from('%PDF-1.7 report %%EOF');
  const file = { name: 'report.pdf', mimeType: 'application/pdf', buffer };
  await page.locator(`input[type=file][aria-label="${say('cases.file-report')}"]`).setInputFiles(file);
  await read(say('ui.file-sent'));
  visitor.expectRefusal(403, '/api/console/abuse-reports');
  await press(say('cases.register-report'));
  await proveKey(visitor);
  await arrive(say('cases.kind-abuse-report'));
  await read(say('cases.value-suspended'));
  await read(say('cases.file-report'));
}

test('[SPID-IDL-10] [SPID-IDL-7] [SPID-ENR-6] a case is taken over, suspends first and revokes; its evidence is opened; a report is registered', async () => {
  const anna = await openPage(stage, { language: 'en', width: 1280 });
  const bruno = await openPage(stage, { language: 'it', width: 360 });
  for (const operator of [anna, bruno]) await enterConsole(stage, operator, 'reviewer', 'auditor');
  const { holder, identity } = await holderWithIdentity();
  const revocation = await registeredForm(anna, holder);

  await takeCase(bruno, revocation);
  await look(bruno, 'a case that may suspend first');
  await askToSuspend(bruno);
  await look(bruno, 'before suspending first');
  await takeOver(anna, revocation);
  await askToTakeOver(bruno, revocation);
  await look(bruno, 'taking a case over');
  await accept(anna);
  await anna.read(anna.say('cases.wait-for-second'));
  await takeCase(bruno, revocation);
  await suspend(bruno, holder);
  await accept(bruno);
  await bruno.read(bruno.say('cases.state-accepted'));

  await findEvidence(anna, identity.spidCode);
  expect(await openForm(anna)).toBe(FORM);
  await findEvidence(bruno, identity.spidCode);
  await look(bruno, 'evidence');

  await openReport(bruno);
  await look(bruno, 'a report with mistakes');
  await openReport(anna);
  await register(anna, await suspendedHolder());
});
