import { PAIRING_CODE, readTypedCode } from '@sigillo/device-protocol';
import { z } from 'zod';
import { deviceKnown, pairingGone, tooManyDevices, tooManyTries } from '../../gate/gate.problems.ts';
import type { Presenter } from '../../gate/model.ts';
import { linkByPairing, lookAtPairing, type PairingPorts } from '../../gate/pairing.ts';
import type { IssuerKeys } from '../../gate/relying-party.ts';
import { maskEmailAddress } from '../../platform/email-address.ts';
import type { App } from '../../platform/http/app.ts';
import { requestNotSigned } from './device.problems.ts';
import { Linked, LinkedAccount, Pairing, PairingCode } from './link.schema.ts';
import { linkedAccount, linkedView } from './linked-app.ts';
import { claimOf, provenKeys } from './pairing-message.ts';
import { notSigned, type SignedRequestPorts, signedByKey } from './signed-request.ts';

const tags = ['device'];
const Look = z.object({ account: LinkedAccount, expiresAt: z.iso.datetime() });

/** Codes that may be tried from one network: nobody hits one of 2¹¹⁵, and nobody is to try. */
const CODES = { count: 20, perSeconds: 60 } as const;

type Ports = SignedRequestPorts & PairingPorts & { service: string; issuerKeys: IssuerKeys };

/** Linking an app by the code that a signed-in browser shows. */
export function devicePairingRoutes(app: App, ports: Ports): void {
  const { gate, issuer, issuerKeys, service } = ports;
  const countCode = ({ client }: Presenter) => gate.limits.take(`pairing-codes:${client.network}`, CODES);

  app.post(
    '/device/pairings/look',
    {
      schema: {
        operationId: 'lookAtPairing',
        summary: 'Whose account a pairing code is for; changes nothing',
        tags,
        body: PairingCode,
        response: { 200: Look },
        problems: [requestNotSigned, pairingGone, tooManyTries],
      },
    },
    async (request) => {
      countCode(await signedByKey(ports, request, request.body.deviceKey));
      const code = readTypedCode(request.body.code, PAIRING_CODE);
      if (code === undefined) throw pairingGone();
      const { prover, pairing } = await lookAtPairing(ports, code);
      const account = linkedAccount(prover, service);
      return {
        account: { ...account, email: maskEmailAddress(account.email) },
        expiresAt: pairing.expiresAt.toISOString(),
      };
    },
  );

  app.post(
    '/device/pairings',
    {
      schema: {
        operationId: 'pairDevice',
        summary: 'Link the app to the account that the code is for; one app, once',
        tags,
        body: Pairing,
        response: { 201: Linked },
        problems: [requestNotSigned, pairingGone, deviceKnown, tooManyDevices, tooManyTries],
      },
    },
    async (request, reply) => {
      const { deviceKey, pairing, name } = request.body;
      const presenter = await signedByKey(ports, request, deviceKey);
      countCode(presenter);
      const claim = claimOf(pairing);
      // Whoever scanned has seen a key, and it must have been ours.
      const isOurs = claim && (claim.issuerKey === null || issuerKeys.has(claim.issuerKey));
      const keys = isOurs && (await provenKeys(pairing, { ...claim, issuer }, deviceKey));
      if (!keys) throw notSigned(gate);
      const { prover, ...linked } = await linkByPairing(ports, claim.code, presenter, { ...keys, name });
      return reply.code(201).send(linkedView(linked, prover, service));
    },
  );
}
