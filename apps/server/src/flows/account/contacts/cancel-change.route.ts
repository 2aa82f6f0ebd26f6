import { z } from 'zod';
import { linkOver } from '../../../factors/email-link/email-link.problems.ts';
import { tooManyTries } from '../../../gate/gate.problems.ts';
import { linkPresenter } from '../../../gate/http/presenter.ts';
import type { App } from '../../../platform/http/app.ts';
import { clientInfoOf } from '../../../platform/http/client-info.ts';
import { cancelChange, checkCancel } from './cancel-change.service.ts';
import type { ContactPorts } from './contacts.ports.ts';
import { CancelToken, CancelView } from './contacts.schema.ts';

const tags = ['contacts'];

/** For whoever reads the contact that was replaced: the change can be undone, without signing in. */
export function cancelChangeRoutes(app: App, ports: ContactPorts): void {
  app.post(
    '/api/contact-changes/check',
    {
      schema: {
        operationId: 'checkContactChange',
        summary: 'What a link to undo a change of contact is about; spends nothing',
        tags,
        body: CancelToken,
        response: { 200: CancelView },
        problems: [linkOver, tooManyTries],
      },
    },
    (request) => checkCancel(ports, request.body.token, clientInfoOf(request)),
  );

  app.post(
    '/api/contact-changes/cancel',
    {
      schema: {
        operationId: 'cancelContactChange',
        summary: 'Undo a change of contact by the link that the old one was sent; every session ends',
        tags,
        body: CancelToken,
        response: { 204: z.null() },
        problems: [linkOver, tooManyTries],
      },
    },
    async (request, reply) => {
      const { token } = request.body;
      await cancelChange(ports, token, linkPresenter(clientInfoOf(request), token));
      return reply.code(204).send(null);
    },
  );
}
