/** After so long without use the app locks itself. */
const IDLE_MS = 120_000;
/** And after so long behind other windows, or in a pocket. */
const HIDDEN_MS = 60_000;

/** Something of some accounts that is in memory only, and not for long. */
export interface ShortMemory<T> {
  /** What is remembered of an account; asking for it counts as use. */
  get(id: string): T | undefined;
  /** The same without counting as use: for what goes on by itself. */
  peek(id: string): T | undefined;
  put(id: string, value: T): void;
  /** Forgets one account, or all. */
  forget(id?: string): void;
  /** Of which accounts something is remembered; the same array until that changes. */
  ids(): readonly string[];
  onChange(listener: () => void): () => void;
}

/** @param page hidden or shown, so that what nobody looks at is forgotten */
export function shortMemory<T>(page: Pick<Document, 'visibilityState' | 'addEventListener'>): ShortMemory<T> {
  const values = new Map<string, T>();
  const listeners = new Set<() => void>();
  let known: readonly string[] = [];
  let untilMs = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const tell = (): void => {
    known = [...values.keys()];
    for (const listener of listeners) listener();
  };
  const forget = (id?: string): void => {
    if (id === undefined) values.clear();
    else values.delete(id);
    if (values.size === 0) clearTimeout(timer);
    tell();
  };
  const expireIn = (ms: number): void => {
    untilMs = Date.now() + ms;
    clearTimeout(timer);
    timer = setTimeout(() => forget(), ms);
  };
  /** A device that slept keeps no timers; the clock went on. */
  const forgetWhatIsOver = (): void => {
    if (values.size > 0 && Date.now() >= untilMs) forget();
  };
  page.addEventListener('visibilitychange', () => {
    forgetWhatIsOver();
    if (values.size > 0) expireIn(page.visibilityState === 'hidden' ? HIDDEN_MS : IDLE_MS);
  });
  const peek = (id: string): T | undefined => {
    forgetWhatIsOver();
    return values.get(id);
  };
  return {
    peek,
    get: (id) => {
      const value = peek(id);
      if (value !== undefined) expireIn(IDLE_MS);
      return value;
    },
    put: (id, value) => {
      values.set(id, value);
      expireIn(IDLE_MS);
      tell();
    },
    forget,
    ids: () => known,
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
