import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Events } from '../events/events.ts';
import type { App } from './app.ts';
import { tooManyStreams } from './http.problems.ts';

/** How an operation that answers with a stream describes it. */
export const EventStream = { content: { 'text/event-stream': { schema: z.string() } } };

/** Server-sent events (WHATWG HTML §9.2) that say one thing: look again. */
export interface EventStreams {
  /**
   * Answers a request with a stream that says `changed` at once, whenever the topic changes, and never what
   * changed: the page asks, and passes every check again.
   *
   * @param until when the stream ends by itself, in Unix milliseconds
   * @param mayGoOn asked whenever the topic changes, before that is said; the stream ends when it may not
   * @throws tooManyStreams when this node has as many as it can carry
   */
  open(reply: FastifyReply, topic: string, until: number, mayGoOn?: () => Promise<boolean>): void;
  /** How many are open on this node. */
  count(): number;
}

interface Stream {
  response: ServerResponse;
  until: number;
}

const MOST_STREAMS = 20_000;
/** Proxies close what is silent for a minute. */
const BEAT_MS = 20_000;
const RETRY_AFTER_SECONDS = 5;
const CHANGED = 'data: changed\n\n';
const BEAT = ': still here\n\n';

/** Streams of this node, which end when the server does. */
export function eventStreams(app: App, ports: { events: Events; nowMs(): number }): EventStreams {
  const { events, nowMs } = ports;
  const streams = new Set<Stream>();
  const beat = setInterval(() => {
    for (const { response, until } of streams) until <= nowMs() ? response.end() : say(response, BEAT);
  }, BEAT_MS);
  beat.unref();
  app.addHook('preClose', async () => {
    clearInterval(beat);
    for (const { response } of streams) response.end();
  });

  return {
    count: () => streams.size,
    open(reply, topic, until, mayGoOn) {
      if (streams.size >= MOST_STREAMS) throw tooManyStreams({ retryAfterSeconds: RETRY_AFTER_SECONDS });
      reply.hijack();
      const stream = { response: reply.raw, until };
      streams.add(stream);
      const end = () => reply.raw.end();
      const tell = () => (until <= nowMs() ? end() : say(reply.raw, CHANGED));
      const stop = events.wait(topic, mayGoOn ? onlyWhile(mayGoOn, tell, end) : tell);
      reply.raw.on('close', () => {
        stop();
        streams.delete(stream);
      });
      reply.raw.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        // Tells proxies that buffer by default to pass every line on.
        'x-accel-buffering': 'no',
      });
      say(reply.raw, CHANGED);
    },
  };
}

/**
 * Tells of a change after asking whether that may still be done; ends when not, or when nobody can say. Changes
 * that come while it is asked are told of after one more question.
 */
function onlyWhile(mayGoOn: () => Promise<boolean>, tell: () => void, end: () => void): () => void {
  let isAsking = false;
  let isChanged = false;
  const ask = async () => {
    isAsking = true;
    try {
      while (isChanged) {
        isChanged = false;
        if (!(await mayGoOn())) return end();
        tell();
      }
    } catch {
      end();
    } finally {
      isAsking = false;
    }
  };
  return () => {
    isChanged = true;
    if (!isAsking) void ask();
  };
}

/** Whoever does not read what is sent is let go rather than remembered. */
function say(response: ServerResponse, text: string): void {
  if (response.writableEnded) return;
  if (response.writableNeedDrain) response.destroy();
  else response.write(text);
}
