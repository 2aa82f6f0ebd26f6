import { defineProblem } from './problems.ts';

/** One field of the request that broke a rule. */
export interface BadField {
  /** Dotted path inside the body, query or path parameters; empty for the whole. */
  path: string;
  /** Which rule: `required`, `type`, `too-short`, `too-long`, `too-small`, `too-large`, `choice`, `unknown`, `json`,
   * `depth`, `duplicate`, a format such as `email` or `uuid`, or `invalid`. */
  rule: string;
}

export const badInput = defineProblem<{ fields: BadField[] }>(
  'bad-input',
  400,
  'The request is not well formed',
  'Each entry of fields names a part of the request and the rule it broke. Nothing was done.',
);
export const crossSiteRequest = defineProblem(
  'cross-site-request',
  403,
  'This can only be done from our own pages',
  'Requests that change something carry an Origin header with the address of this server, as browsers send it.',
);
export const notFound = defineProblem('not-found', 404, 'There is nothing here');
export const methodNotAllowed = defineProblem(
  'method-not-allowed',
  405,
  'This address does not answer that method',
  'The Allow header lists the methods it answers.',
);
export const bodyTooLarge = defineProblem('body-too-large', 413, 'The request is too large');
export const mediaTypeNotAccepted = defineProblem(
  'media-type-not-accepted',
  415,
  'This type of content is not accepted here',
  'Requests to the API carry JSON: application/json.',
);
export const misdirectedRequest = defineProblem(
  'misdirected-request',
  421,
  'This server does not answer for that host name',
  'The Host header has to name the address that this installation is configured with.',
);
export const requestRefused = defineProblem('request-refused', 400, 'The request could not be read');
export const internalError = defineProblem(
  'internal-error',
  500,
  'Something went wrong on our side',
  'Nothing in the request has to change. Give the requestId to whoever runs this installation.',
);
export const tooManyStreams = defineProblem<{ retryAfterSeconds: number }>(
  'too-many-streams',
  503,
  'Too many pages are waiting here',
  'This node keeps no more pages up to date. Ask for the same thing now and then instead, or try again shortly.',
);
export const notReady = defineProblem<{
  retryAfterSeconds: number;
  reason: 'database' | 'clock' | 'stopping';
}>(
  'not-ready',
  503,
  'This node cannot serve requests at the moment',
  'The reason is its database, which does not answer in time, its clock, which differs from that of the database, or ' +
    'that it is being stopped. Send requests to another node, or try again shortly. What was asked for in a request ' +
    'that ended so may have been done.',
);
