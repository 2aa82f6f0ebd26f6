import { z } from 'zod';
import { dictionary, integer, optional, setting, url } from './setting.ts';

const token = {
  accepts: '32 characters or more, without spaces',
  schema: z.string().regex(/^[\x21-\x7e]{32,}$/),
};

/** What a node tells those who watch it. */
export const observabilitySettings = {
  metrics: {
    token: optional(
      {
        env: 'SIGILLO_METRICS_TOKEN',
        says: 'The bearer token with which /metrics is read; unset, there is no /metrics.',
        isSecret: true,
      },
      token,
    ),
  },
  traces: {
    url: optional(
      {
        env: 'SIGILLO_TRACES_URL',
        says: 'The collector that traces are sent to by OTLP over HTTP, such as http://127.0.0.1:4318/v1/traces; unset, nothing is traced.',
      },
      url('https', 'http'),
    ),
    headers: setting(
      { env: 'SIGILLO_TRACES_HEADERS', says: 'Headers of requests to the collector.', isSecret: true },
      dictionary,
      {},
    ),
    percent: setting(
      {
        env: 'SIGILLO_TRACES_PERCENT',
        says: 'How many of a hundred requests are traced; one that a trusted proxy traces always is.',
      },
      integer(1, 100),
      100,
    ),
  },
};
