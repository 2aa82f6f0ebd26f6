import type { Locator } from 'playwright-core';
import type { Holder } from './holders.ts';
import { signInAs } from './sign-in-as.ts';
import type { Stage } from './stage.ts';
import type { Visitor } from './visitor.ts';

/** A proof counts for sensitive operations for five minutes; this is a little more, in seconds. */
export const PROOF_OVER_SECONDS = 301;

/** Opens a session without clicking, and a page of the account. */
export async function openAccount(
  stage: Stage,
  visitor: Visitor,
  holder: Holder,
  path: `/account${string}`,
): Promise<void> {
  await signInAs(stage, visitor, holder);
  await visitor.go(`${stage.product.issuer}${path}`);
}

/** The dialog with this title, once it is there. */
export async function dialogOf({ page }: Visitor, title: string): Promise<Locator> {
  const dialog = page.getByRole('dialog', { name: title, exact: true });
  await dialog.waitFor();
  return dialog;
}

/** In the dialog that asks for a fresh proof: gives it with the app, choosing it where there is a choice. */
export async function proveWithApp(stage: Stage, visitor: Visitor, holder: Holder): Promise<void> {
  const { say } = visitor;
  const dialog = await dialogOf(visitor, say('ceremony.step-up-title'));
  const app = dialog.getByRole('button', { name: say('ceremony.method-totp') });
  const code = dialog.getByLabel(say('ceremony.code'), { exact: true });
  await app.or(code).waitFor();
  if (await app.isVisible()) await app.click();
  await code.fill(await stage.nextCode(holder.key));
  await dialog.getByRole('button', { name: say('ceremony.verify'), exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}
