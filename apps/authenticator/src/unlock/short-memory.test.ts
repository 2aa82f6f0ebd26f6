import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { shortMemory } from './short-memory.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A page that can be hidden. */
function fakePage() {
  const listeners = new Set<() => void>();
  const page = {
    visibilityState: 'visible' as DocumentVisibilityState,
    addEventListener: (_: string, listener: () => void) => void listeners.add(listener),
    become(state: DocumentVisibilityState) {
      page.visibilityState = state;
      for (const listener of listeners) listener();
    },
  };
  return page as typeof page & Pick<Document, 'addEventListener'>;
}

test('two minutes after the last use all is forgotten; looking on is no use', () => {
  const memory = shortMemory<string>(fakePage());
  memory.put('a', 'key');
  vi.advanceTimersByTime(119_000);
  expect(memory.get('a')).toBe('key');
  vi.advanceTimersByTime(119_000);
  expect(memory.peek('a')).toBe('key');
  vi.advanceTimersByTime(1_000);
  expect(memory.peek('a')).toBeUndefined();
  expect(memory.ids()).toEqual([]);
});

test('one minute behind other windows is enough', () => {
  const page = fakePage();
  const memory = shortMemory<string>(page);
  memory.put('a', 'key');
  page.become('hidden');
  vi.advanceTimersByTime(59_000);
  page.become('visible');
  expect(memory.peek('a')).toBe('key');
  page.become('hidden');
  vi.advanceTimersByTime(60_000);
  expect(memory.peek('a')).toBeUndefined();
});

test('a device that slept forgets when it wakes, though no timer ran', () => {
  const memory = shortMemory<string>(fakePage());
  memory.put('a', 'key');
  vi.setSystemTime(Date.now() + 120_000);
  expect(memory.get('a')).toBeUndefined();
});

test('one account is forgotten, or all; whoever listens hears of it', () => {
  const memory = shortMemory<string>(fakePage());
  const heard: (readonly string[])[] = [];
  memory.put('a', 'key');
  memory.put('b', 'key');
  const stop = memory.onChange(() => heard.push(memory.ids()));
  memory.forget('a');
  memory.forget();
  stop();
  memory.put('c', 'key');
  expect(heard).toEqual([['b'], []]);
});
