import { z } from 'zod';
import { proofNeeded, signInNeeded } from '../../../gate/gate.problems.ts';
import type { ViewPorts } from '../../../gate/http/ceremony-view.ts';
import { requireSession } from '../../../gate/http/presenter.ts';
import { sensitive } from '../../../gate/http/sensitive.ts';
import { COUNTRIES } from '../../../places/countries.ts';
import { provincesOfItaly } from '../../../places/italy.ts';
import type { App } from '../../../platform/http/app.ts';
import { savedElsewhere } from './residence.problems.ts';
import { PlacesAnswer, ResidenceAnswer, ResidenceBody } from './residence.schema.ts';
import { changeResidence, type ResidencePorts, readResidence } from './residence.service.ts';

const tags = ['self-care'];

/** Where the holder lives. */
export function residenceRoutes(app: App, ports: ResidencePorts & ViewPorts): void {
  const { gate } = ports;

  app.get(
    '/api/selfcare/residence',
    {
      schema: {
        operationId: 'getResidence',
        summary: 'Where the holder lives',
        tags,
        response: { 200: ResidenceAnswer },
        problems: [signInNeeded],
      },
    },
    async (request) => {
      const { accountId } = await requireSession(gate, request);
      const residence = await gate.transaction((tx) => readResidence(ports, tx, accountId));
      return { residence: residence ?? null };
    },
  );

  app.put(
    '/api/selfcare/residence',
    {
      schema: {
        operationId: 'changeResidence',
        summary: 'Save where the holder lives, in the account and in its digital identities',
        tags,
        body: ResidenceBody,
        response: { 204: z.null() },
        problems: [signInNeeded, proofNeeded, savedElsewhere],
      },
    },
    async (request, reply) => {
      const operation = { type: 'residence-changed' as const, details: {} };
      await sensitive(ports, request, reply, operation, (allowed) =>
        changeResidence(ports, allowed, request.body),
      );
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/api/places',
    {
      schema: {
        operationId: 'listPlaces',
        summary: 'Countries, and the provinces and municipalities of Italy, to choose a residence from',
        tags,
        response: { 200: PlacesAnswer },
      },
    },
    async (_, reply) => {
      reply.header('cache-control', 'public, max-age=86400');
      return { countries: COUNTRIES, provinces: await provincesOfItaly() };
    },
  );
}
