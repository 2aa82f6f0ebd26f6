import type { z } from 'zod';
import { signInNeeded } from '../../../gate/gate.problems.ts';
import { requireSession } from '../../../gate/http/presenter.ts';
import type { Gate } from '../../../gate/ports.ts';
import { documentOf } from '../../../identities/documents/holder-data.ts';
import type { Identities } from '../../../identities/identities.ports.ts';
import type { Identity } from '../../../identities/identity.ts';
import { nameOfBirthPlace } from '../../../places/birth-places.ts';
import type { Tx } from '../../../platform/database/database.ts';
import type { App } from '../../../platform/http/app.ts';
import { IdentitiesAnswer } from './identities.schema.ts';

interface Ports {
  gate: Gate;
  identities: Pick<Identities, 'ofAccount' | 'life'>;
}

type IdentityView = z.input<typeof IdentitiesAnswer>['identities'][number];

/** The holder's digital identities, to look at: no endpoint of theirs writes what was verified. */
export function identitiesRoutes(app: App, { gate, identities }: Ports): void {
  app.get(
    '/api/selfcare/identities',
    {
      schema: {
        operationId: 'listOwnIdentities',
        summary: 'The digital identities of the account, the newest first',
        tags: ['self-care'],
        response: { 200: IdentitiesAnswer },
        problems: [signInNeeded],
      },
    },
    async (request) => {
      const { accountId } = await requireSession(gate, request);
      return gate.transaction(async (tx) => {
        const held = await identities.ofAccount(tx, accountId);
        const views: IdentityView[] = [];
        for (const identity of held) views.push(await viewOf(identities, tx, identity));
        return { identities: views };
      });
    },
  );
}

async function viewOf(identities: Ports['identities'], tx: Tx, identity: Identity): Promise<IdentityView> {
  const { id, type, state, spidCode, issuedOn, expiresOn, documentExpiresOn, attributes } = identity;
  const causes = state === 'revoked' ? await whyRevoked(identities, tx, identity) : whySuspended(identity);
  const { placeOfBirth } = attributes;
  return {
    id,
    type,
    state,
    causes,
    spidCode,
    issuedOn,
    expiresOn,
    documentExpiresOn,
    attributes,
    birthPlace: placeOfBirth ? await nameOfBirthPlace(placeOfBirth) : null,
    document: documentOf(attributes) ?? null,
  };
}

function whySuspended({ causes, until }: Identity): IdentityView['causes'] {
  return [...causes].map((cause) => ({ cause, until: until.get(cause)?.toISOString() ?? null }));
}

async function whyRevoked(
  identities: Ports['identities'],
  tx: Tx,
  { accountId, id }: Identity,
): Promise<IdentityView['causes']> {
  const last = (await identities.life(tx, accountId, id)).findLast(({ move }) => move === 'revoke');
  return last?.cause ? [{ cause: last.cause, until: null }] : [];
}
