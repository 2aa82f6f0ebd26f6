import { good } from './journeys.ts';
import { ceremonyOf, giveOperator, invitationFor, startKey, tryConsolePassword } from './operators.ts';
import { provePasskey } from './passkeys.ts';
import { PASSWORD } from './populated.ts';
import { type Prepare, post } from './prepared.ts';
import { SoftPasskey } from './soft-passkey.ts';

/** A decision about another operator, approved: what is left is to ask again. */
const approved =
  (path: (id: string) => string, body: object = {}): Prepare =>
  async (on) => {
    const { browser, device } = await giveOperator(on, 'administrator');
    const { id } = await giveOperator(on, 'auditor');
    const ceremony = ceremonyOf(await browser.post(path(id), body));
    good(await provePasskey(browser, ceremony, device));
    return post(browser, path(id), { ...body, approval: ceremony.id }, null);
  };

let invited = 0;

/** Every write of the console, up to the moment before it. */
export const CONSOLE_SCENARIOS: Record<string, Prepare> = {
  signInToConsole: async (on) => {
    const { email } = await giveOperator(on, 'auditor');
    return post(on.browser(), '/api/console/sign-in/password', { email, password: PASSWORD }, null);
  },
  finishConsoleSignIn: async (on) => {
    const { email, device } = await giveOperator(on, 'auditor');
    const browser = on.browser();
    const { ceremony } = good(await tryConsolePassword(browser, email));
    good(await provePasskey(browser, ceremony, device));
    return post(browser, '/api/console/sign-in/finish', { ceremony: ceremony.id }, null);
  },
  signOutOfConsole: async (on) => {
    const { browser } = await giveOperator(on, 'auditor');
    return post(browser, '/api/console/sign-out', {}, null);
  },
  inviteOperator: (on) => {
    const email = `colleague.${++invited}@example.org`;
    return approved(() => '/api/console/operators', { email, roles: ['reviewer'], language: 'it' })(on);
  },
  changeOperatorRoles: approved((id) => `/api/console/operators/${id}/roles`, { roles: ['reviewer'] }),
  removeOperator: approved((id) => `/api/console/operators/${id}/remove`),
  acceptInvitation: async (on) => {
    const { token } = await invitationFor(on, ['auditor']);
    const browser = on.browser();
    const { publicKey, ...asked } = await startKey(browser, token);
    const credential = new SoftPasskey(on.server.issuer).create(publicKey);
    const given = { token, password: PASSWORD, name: 'Olga Operator', language: 'en', ...asked, credential };
    return post(browser, '/api/console/invitation/accept', given, null);
  },
};
