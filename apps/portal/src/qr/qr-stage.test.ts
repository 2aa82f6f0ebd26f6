import { describe, expect, test } from 'vitest';
import type { QrTicketView } from '../api/contract.ts';
import { learn, renewalAt, stageOf } from './qr-stage.ts';

const END = Date.parse('2026-01-01T00:01:00Z');
const drawn: QrTicketView = {
  id: 't1',
  state: 'pending',
  text: 'https://app.example.org/#do=sign-in&id=1',
  code: null,
  redrawsLeft: 5,
  needsCheck: false,
  expiresAt: '2026-01-01T00:01:00Z',
};
/** As a question about it is answered: without the picture. */
const asked = (changes: Partial<QrTicketView> = {}): QrTicketView => ({ ...drawn, text: null, ...changes });

describe('what is known of a ticket', () => {
  test('keeps the picture, which only the answer that made it has', () => {
    expect(learn(drawn, asked()).text).toBe(drawn.text);
    const redrawn = { ...drawn, text: 'new', redrawsLeft: 4 };
    expect(learn(drawn, redrawn)).toBe(redrawn);
  });

  test('keeps the code to type, and the picture is gone', () => {
    const typed = asked({ code: 'ABC-DEF-GHJ' });
    expect(learn(drawn, typed)).toBe(typed);
    expect(learn(typed, asked({ state: 'scanned' })).code).toBe('ABC-DEF-GHJ');
  });

  test('never goes back, whatever order the answers come in', () => {
    const approved = asked({ state: 'approved' });
    expect(learn(approved, asked({ state: 'scanned' }))).toBe(approved);
    expect(learn(approved, asked()).state).toBe('approved');
    expect(learn(approved, asked({ state: 'expired' })).state).toBe('expired');
  });

  test('is not shortened by an answer from before the picture was renewed', () => {
    const redrawn = { ...drawn, text: 'new', redrawsLeft: 4, expiresAt: '2026-01-01T00:02:00Z' };
    expect(learn(redrawn, asked())).toBe(redrawn);
  });

  test('is not ended by an answer about the ticket before it', () => {
    const other = { ...drawn, id: 't2' };
    expect(learn(other, asked({ state: 'void' }))).toBe(other);
    expect(learn(undefined, other)).toBe(other);
  });
});

test('each state has its stage', () => {
  const stage = (changes: Partial<QrTicketView>) => stageOf({ ...drawn, ...changes }, END - 30_000);
  expect(stage({})).toBe('picture');
  expect(stage({ text: null, code: 'ABC-DEF-GHJ' })).toBe('typed');
  expect(stage({ state: 'scanned' })).toBe('scanned');
  expect(stage({ state: 'approved' })).toBe('redeem');
  expect(stage({ state: 'approved', needsCheck: true })).toBe('check');
  expect(stage({ state: 'refused' })).toBe('refused');
  expect(stage({ state: 'void' })).toBe('void');
  expect(stage({ state: 'used' })).toBe('void');
  expect(stage({ state: 'expired' })).toBe('expired');
});

test('a picture or a code past its time is not shown, though nobody has said so', () => {
  expect(stageOf(drawn, END)).toBe('expired');
  expect(stageOf(asked({ code: 'ABC-DEF-GHJ' }), END)).toBe('expired');
  expect(stageOf(asked({ state: 'scanned' }), END)).toBe('scanned');
});

describe('[QR-2] the next picture', () => {
  test('is due a little before the one on the page expires', () => {
    expect(renewalAt(drawn)).toBeLessThan(END);
    expect(renewalAt(drawn)).toBeGreaterThan(END - 15_000);
  });

  test('does not come when it was drawn often enough, was scanned, or is typed', () => {
    expect(renewalAt({ ...drawn, redrawsLeft: 0 })).toBeUndefined();
    expect(renewalAt(asked({ state: 'scanned' }))).toBeUndefined();
    expect(renewalAt(asked({ code: 'ABC-DEF-GHJ' }))).toBeUndefined();
  });
});
