import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Answer<T = Record<string, unknown>> {
  status: number;
  headers: Headers;
  body: T;
}

/** A browser without pages: keeps cookies, comes from an address of its own, says what pages of ours say. */
export class HttpBrowser {
  readonly cookies = new Map<string, string>();
  readonly #base: string;
  readonly #origin: string;
  readonly address: string;

  /** @param issuer the origin its pages have; requests go to `base`, another node of the same installation */
  constructor(issuer: string, base = issuer, address = `198.51.${randomInt(256)}.${randomInt(256)}`) {
    this.#origin = issuer;
    this.#base = base;
    this.address = address;
  }

  /** The same browser, talking to another node, or from another place. */
  at(base: string, address = this.address): HttpBrowser {
    const other = new HttpBrowser(this.#origin, base, address);
    for (const [name, value] of this.cookies) other.cookies.set(name, value);
    return other;
  }

  async request(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const url = path.startsWith('http') ? path : `${this.#base}${path}`;
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      headers: {
        host: new URL(this.#origin).host,
        'x-forwarded-for': this.address,
        'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
        ...(this.cookies.size > 0 ? { cookie: this.#cookieHeader() } : {}),
        ...(method === 'GET' ? {} : { origin: this.#origin, 'sec-fetch-site': 'same-origin' }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    this.#keep(response.headers.getSetCookie());
    return response;
  }

  async #answer<T>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
    const response = await this.request(method, path, body);
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return {
      status: response.status,
      headers: response.headers,
      body: (isJson ? JSON.parse(text) : text) as T,
    };
  }

  get<T = Record<string, unknown>>(path: string): Promise<Answer<T>> {
    return this.#answer('GET', path);
  }

  post<T = Record<string, unknown>>(path: string, body: unknown = {}): Promise<Answer<T>> {
    return this.#answer('POST', path, body);
  }

  put<T = Record<string, unknown>>(path: string, body: unknown): Promise<Answer<T>> {
    return this.#answer('PUT', path, body);
  }

  #cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  #keep(setCookies: string[]): void {
    for (const line of setCookies) {
      const [pair = '', ...attributes] = line.split(';');
      const [name = '', ...value] = pair.split('=');
      const isGone = attributes.some((one) => /^\s*(max-age=0|expires=thu, 01 jan 1970)/i.test(one));
      if (isGone) this.cookies.delete(name.trim());
      else this.cookies.set(name.trim(), value.join('='));
    }
  }
}

export interface Sent {
  id: string;
  channel: 'email' | 'sms' | 'push';
  to: string;
  subject: string | null;
  text: string;
  html: string | null;
  sentAt: string;
}

/** The development hooks of an installation. */
export function hooks(url: string) {
  const post = async (path: string, body: unknown) => {
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url, 'sec-fetch-site': 'same-origin' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return response.json();
  };
  const outbox = async (to: string, channel?: Sent['channel']): Promise<Sent[]> => {
    const query = new URLSearchParams({ to, ...(channel ? { channel } : {}) });
    return (await fetch(`${url}/dev/outbox?${query}`)).json() as Promise<Sent[]>;
  };
  const poll = async (to: string, find: (sent: Sent[]) => Sent | undefined): Promise<Sent> => {
    let sent: Sent[] = [];
    for (let waited = 0; waited < 100; waited++) {
      sent = await outbox(to);
      const found = find(sent);
      if (found) return found;
      await sleep(50);
    }
    throw new Error(`what is waited for did not come to ${to}; in all: ${sent.map(({ text }) => text)}`);
  };
  /** The newest message to an address, once there are more than `after`. */
  const newest = (to: string, after = 0) =>
    poll(to, (sent) => (sent.length > after ? sent.at(-1) : undefined));
  /** A notice may come between: what matters is the newest message that has what is looked for. */
  const newestWith = async (to: string, what: RegExp, after: number): Promise<string> => {
    const { text } = await poll(to, (sent) => sent.slice(after).findLast(({ text }) => what.test(text)));
    return what.exec(text)?.[1] ?? '';
  };
  return {
    advance: (seconds: number) => post('/dev/clock', { advanceSeconds: seconds }),
    resetClock: () => post('/dev/clock', { reset: true }),
    liftLimits: (lift: boolean) => post('/dev/limits', { lift }),
    outbox,
    newest,
    /** The code in the newest message to an address that has one, once there are more than `after`. */
    code: (to: string, after = 0) => newestWith(to, /\b(\d{6})\b/, after),
    /** The token behind the `#` of the link in the newest message that has one. */
    linkToken: (to: string, after = 0) => newestWith(to, /#([A-Za-z0-9_-]{64})/, after),
    /** The address of the newest link with a token. */
    link: (to: string, after = 0) => newestWith(to, /(https?:\/\/\S+#[A-Za-z0-9_-]+)/, after),
  };
}
