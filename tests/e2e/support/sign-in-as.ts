import type { Holder } from './holders.ts';
import type { Stage } from './stage.ts';
import type { Visitor } from './visitor.ts';

interface Ceremony {
  id: string;
  state: 'open' | 'satisfied';
  options: { slot: string; method: string; target: string | null }[];
}

/**
 * Opens a session at the platform without clicking, by the requests its pages make. For a holder with an
 * authenticator app, or without a second factor.
 */
export async function signInAs(stage: Stage, visitor: Visitor, holder: Holder): Promise<void> {
  const { email: identifier, password } = holder;
  await visitor.go(`${stage.product.issuer}/signed-out`);
  let ceremony = await post(visitor, '/sign-in/password', { identifier, password });
  if (ceremony.state === 'open') {
    const option = ceremony.options.find(({ method }) => method === 'totp');
    if (!option) throw new Error('only an authenticator app can sign in without clicking');
    const { slot, method, target } = option;
    const proof = { slot, method, target, code: await stage.nextCode(holder.key) };
    ceremony = await post(visitor, `/ceremonies/${ceremony.id}/proofs`, proof);
  }
  await post(visitor, '/sign-in/finish', { ceremony: ceremony.id });
}

async function post({ page }: Visitor, path: string, body: object): Promise<Ceremony> {
  return page.evaluate(
    async ([address, content]) => {
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(`/api${address}`, { method: 'POST', headers, body: content });
      if (!response.ok) throw new Error(`${address} answered ${response.status}`);
      return ((await response.json()) as { ceremony: Ceremony }).ceremony;
    },
    [path, JSON.stringify(body)] as const,
  );
}
