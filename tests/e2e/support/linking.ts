import type { Holder } from './holders.ts';
import type { Stage } from './stage.ts';
import type { Visitor } from './visitor.ts';

/** An unlock code that no thief tries first. */
export const UNLOCK_CODE = '482915';

/** From the start screen to the step where the account gets its name. */
export async function proveAccount(stage: Stage, visitor: Visitor, holder: Holder): Promise<void> {
  const { say } = visitor;
  await visitor.go(`${stage.product.authenticator}/link`);
  await visitor.arrive(say('linked.link-title'));
  await visitor.fill(say('linked.identifier'), holder.userId);
  await visitor.fill(say('linked.password'), holder.password);
  await visitor.press(say('linked.next'));
  await visitor.arrive(say('ceremony.send-title-sms-code'));
  const sent = (await stage.product.dev.outbox(holder.phone)).length;
  await visitor.press(say('ceremony.send'));
  await visitor.arrive(say('ceremony.prove-title-sms-code'));
  await visitor.fill(say('ceremony.code'), await stage.product.dev.code(holder.phone, sent));
  await visitor.press(say('linked.next'));
  await visitor.arrive(say('linked.name-title'));
}

/** Names the account and leaves notices for later; this browser has none. */
export async function nameAccount(visitor: Visitor, name: string): Promise<void> {
  const { say } = visitor;
  await visitor.fill(say('linked.name'), name);
  await visitor.press(say('linked.next'));
  await visitor.arrive(say('linked.notices-title'));
  await visitor.press(say('linked.next'));
}

/** Types a new unlock code, twice. @param action text of the button that takes it */
export async function typeNewCode(
  visitor: Visitor,
  code = UNLOCK_CODE,
  action = 'linked.link',
): Promise<void> {
  const { say } = visitor;
  await visitor.arrive(say('linked.code-title'));
  await visitor.fill(say('linked.code-new'), code);
  await visitor.fill(say('linked.code-repeat'), code);
  await visitor.press(say(action));
}

/** Chooses the unlock code of an app that has none, and goes on to the start screen. */
export async function chooseUnlockCode(visitor: Visitor, code = UNLOCK_CODE): Promise<void> {
  const { say } = visitor;
  await typeNewCode(visitor, code);
  await visitor.arrive(say('linked.done-title'));
  await visitor.press(say('linked.next'));
  await visitor.arrive(say('authenticator.home-title'));
}

/** Links somebody's account to the app of a fresh browser, by name and password. */
export async function linkAccount(
  stage: Stage,
  visitor: Visitor,
  holder: Holder,
  name = 'Casa',
): Promise<void> {
  await proveAccount(stage, visitor, holder);
  await nameAccount(visitor, name);
  await chooseUnlockCode(visitor);
}

/** The seed that the service gives the app when it links it, as it comes over the line. */
export function seedOf({ page }: Visitor): Promise<Uint8Array<ArrayBuffer>> {
  return new Promise((resolve) => {
    page.on('response', async (response) => {
      if (!response.url().endsWith('/finish')) return;
      const { seed } = (await response.json()) as { seed: string };
      resolve(new Uint8Array(Buffer.from(seed, 'base64url')));
    });
  });
}
