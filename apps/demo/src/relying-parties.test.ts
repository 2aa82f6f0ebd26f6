import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import relyingParties from '../relying-parties.json' with { type: 'json' };
import { claims } from './claims.ts';
import { customerCare } from './customer-care.ts';

test.each([customerCare, claims])('$key is registered as it runs', (design) => {
  const registered = relyingParties.find(({ clientId }) => clientId === design.clientId);
  const origin = `http://127.0.0.1:${design.defaultPort}`;
  const logo = readFileSync(new URL(`${design.key}.svg`, import.meta.url)).toString('base64');

  expect(registered).toMatchObject({
    name: design.name,
    homeUrl: `${origin}/`,
    logo: `data:image/svg+xml;base64,${logo}`,
    redirectUris: [`${origin}/callback`],
    postLogoutRedirectUris: [`${origin}/signed-out`],
    tokenEndpointAuthMethod: design.clientSecret ? 'client_secret_basic' : 'none',
    scopes: design.scopes,
    subjectType: 'pairwise',
    policy: { level: design.minimumLevel },
  });
  expect(registered?.clientSecret).toBe(design.clientSecret);
});
