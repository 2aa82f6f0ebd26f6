import { type Computer, openComputer } from './computer.ts';
import type { Holder } from './holders.ts';
import { openLinkedApp, UNLOCK_CODE } from './linked-app.ts';
import type { Look } from './looks.ts';
import type { Stage } from './stage.ts';
import type { Visitor } from './visitor.ts';

/** Who signs in, with what. */
interface Scene {
  holder: Holder;
  phone: Visitor;
  computer: Computer;
}

/** Somebody whose app is open at its start, and the computer where they sign in. */
export async function scene(stage: Stage, look: Look): Promise<Scene> {
  const holder = await stage.holder({ language: look.language });
  return {
    holder,
    phone: await openLinkedApp(stage, look, holder),
    computer: await openComputer(stage, look),
  };
}

/** What the app asks at a sign-in to the installation's own pages. */
export const question = ({ say }: Visitor) => say('question.sign-in', { client: 'Sigillo' });

/** Has the app asked, and opens what it is asked from the start of the app. */
export async function askAndOpen({ holder, phone, computer }: Scene) {
  const asked = await computer.askApp(holder);
  await openCard(phone);
  return asked;
}

/** From the start of the app: sees the request that waits. */
export async function openCard(phone: Visitor): Promise<void> {
  await phone.press(phone.say('requests.look'));
  await phone.arrive(question(phone));
}

/** Copies the number from the sign-in page. */
export async function typeNumber({ page, say }: Visitor, number: string): Promise<void> {
  await page.getByLabel(say('requests.number'), { exact: true }).fill(number);
}

/** Where the app asks for it. */
export async function unlock({ page, say, press }: Visitor): Promise<void> {
  await page.getByLabel(say('linked.unlock-code'), { exact: true }).fill(UNLOCK_CODE);
  await press(say('linked.unlock'));
}
