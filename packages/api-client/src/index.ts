import createFetchClient, { type Client, type ClientOptions } from 'openapi-fetch';
import type { components, paths } from './generated/schema.d.ts';

/** What the server's API answers and takes, by name. */
export type Schemas = components['schemas'];

/** Every operation of the API, typed by the server's own OpenAPI document. */
export type ApiClient = Client<paths>;

/** A client of the API on this origin, or on `options.baseUrl`. */
export function createApiClient(options: ClientOptions = {}): ApiClient {
  return createFetchClient<paths>(options);
}

export type { operations, paths } from './generated/schema.d.ts';
