import type { Holder } from './holders.ts';
import type { Stage } from './stage.ts';
import type { Visitor } from './visitor.ts';

type Person = Pick<Holder, 'email' | 'password'> & { phone?: string };

/** From the sign-in page: fills in the registration, up to "Check your mail". */
export async function register(visitor: Visitor, person: Person): Promise<void> {
  const { say } = visitor;
  await visitor.press(say('sign-in.register'));
  await visitor.arrive(say('register.title'));
  await visitor.fill(say('register.email'), person.email);
  await visitor.fill(say('register.password'), person.password);
  // The label says, besides, when the number is optional.
  if (person.phone) await visitor.fill(new RegExp(`^${say('register.phone')}`), person.phone);
  await visitor.press(say('register.submit'));
  await visitor.arrive(say('register.sent-title'));
}

/** On the page behind the link of the mail: confirms, and gives the user id that is shown once. */
export async function confirmAddress(visitor: Visitor): Promise<string> {
  const { page, say } = visitor;
  await visitor.arrive(say('register.confirm-title'));
  await visitor.press(say('register.confirm'));
  await visitor.arrive(say('register.done-title'));
  return (await page.getByRole('status', { name: say('register.your-user-id') }).textContent()) ?? '';
}

/** On the sign-in page: user id or e-mail, and password. */
export async function enterPassword(visitor: Visitor, identifier: string, password: string): Promise<void> {
  const { say } = visitor;
  await visitor.arrive(say('sign-in.title'));
  await visitor.fill(say('sign-in.identifier'), identifier);
  await visitor.fill(say('sign-in.password'), password);
  await visitor.press(say('sign-in.submit'));
}

/** Somebody new registers at the Claims portal and signs in for the first time, up to the wizard. */
export async function openWizard(stage: Stage, visitor: Visitor, person: Person): Promise<void> {
  await visitor.go(`${stage.product.claims}/sign-in`);
  await register(visitor, person);
  await visitor.go(await stage.mailedLink(person.email));
  await confirmAddress(visitor);
  await visitor.press(visitor.say('register.go-sign-in'));
  await enterPassword(visitor, person.email, person.password);
  await visitor.arrive(visitor.say('set-up.title'));
}

/** Where several ways to confirm are offered: takes one. */
export async function chooseMethod({ page, say }: Visitor, method: string): Promise<void> {
  const name = new RegExp(`^${say(`ceremony.method-${method}`).replace(/[()]/g, '\\$&')}`);
  await page.getByRole('main').getByRole('button', { name }).click();
}

/** Where several ways to confirm are offered: has a text message sent; gives the code in it. */
export async function sendCode(stage: Stage, visitor: Visitor, phone: string): Promise<string> {
  const { say } = visitor;
  await chooseMethod(visitor, 'sms-code');
  await visitor.press(say('ceremony.send'));
  await visitor.arrive(say('ceremony.prove-title-sms-code'));
  return stage.product.dev.code(phone);
}

/** In the wizard: chooses what stands under "More options". */
export async function chooseFactors({ page, say }: Visitor, choice: 'sms-code' | 'both'): Promise<void> {
  await page.getByText(say('set-up.more-options'), { exact: true }).click();
  const name = `${say(`set-up.choice-${choice}`)} ${say(`set-up.choice-${choice}-text`)}`;
  await page.getByRole('radio', { name, exact: true }).check();
}

/** Finds a country by typing a part of its name or prefix; `chosen` is what the picker shows afterwards. */
export async function chooseCountry({ page, say }: Visitor, typed: string, chosen: RegExp): Promise<void> {
  const picker = page.getByRole('combobox', { name: say('ui.country') });
  await picker.fill(typed);
  await page.getByRole('option').first().click();
  const shown = await picker.inputValue();
  if (!chosen.test(shown)) throw new Error(`"${typed}" chose "${shown}"`);
}

/** In the wizard: the key of the app, copied as text. On a desk it is a press away, under the QR code. */
export async function copyKey(visitor: Visitor): Promise<string> {
  const { page, say } = visitor;
  await visitor.arrive(say('set-up.app-title'));
  const copy = page.getByRole('button', { name: say('set-up.copy-key'), exact: true });
  if (!(await copy.isVisible())) await page.getByText(say('set-up.cannot-scan'), { exact: true }).click();
  await copy.click();
  await visitor.read(say('ui.copied'));
  return visitor.clipboard();
}

const RECOVERY_CODE = /^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/;

/** After a set-up: takes the recovery codes, says that they are saved, and goes on. */
export async function saveRecoveryCodes(visitor: Visitor, next: string): Promise<string[]> {
  const { page, say } = visitor;
  await visitor.arrive(say('recovery-codes.offer-title'));
  const codes = await page.getByRole('listitem').filter({ hasText: RECOVERY_CODE }).allInnerTexts();
  await page.getByRole('checkbox', { name: say('recovery-codes.saved') }).check();
  await visitor.press(next);
  return codes;
}
