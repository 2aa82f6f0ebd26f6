import { nowMs, useSecondsLeft } from '@sigillo/ui';
import { useEffect, useEffectEvent, useState } from 'react';
import { isProblem } from '../api/api-problem.ts';
import type { CeremonyView, QrTicketView } from '../api/contract.ts';
import { type Action, useAction } from '../forms/use-action.ts';
import { useLive } from '../live/use-live.ts';
import { usePageVisible } from '../live/use-page-visible.ts';
import {
  cancelQr,
  getQr,
  type QrPurpose,
  qrPath,
  redeemQr,
  redrawQr,
  startQr,
  typeQrInstead,
} from './qr.api.ts';
import { learn, type QrStage, renewalAt, stageOf } from './qr-stage.ts';

/** How a ticket reaches the app: seen by its camera, opened as a link, or typed. */
export type QrWay = 'picture' | 'link' | 'code';

export interface QrSignIn {
  /** Nothing while the first answer is awaited. */
  stage: QrStage | undefined;
  ticket: QrTicketView | undefined;
  /** What the holder did last, and how it failed. */
  action: Omit<Action, 'run' | 'fail'>;
  startAgain: () => void;
  typeInstead: () => void;
  /** Takes back what somebody scanned. */
  cancel: () => Promise<void>;
  /** Takes what was approved. */
  redeem: () => void;
  /** The same, with the digits that the app shows; its problems are for the form. */
  check: (digits: string) => Promise<void>;
}

interface Held {
  ticket: QrTicketView | undefined;
  /** The digits were wrong too often. */
  checkFailed?: boolean;
}

/** A ticket for this page, from the first picture to what the app approved. Made only once it is seen. */
export function useQrTicket(
  purpose: QrPurpose,
  way: QrWay,
  onRedeemed: (ceremony: CeremonyView) => void,
): QrSignIn {
  const [{ ticket, checkFailed }, hold] = useState<Held>({ ticket: undefined });
  const { run, fail: _, ...action } = useAction();
  const stage = useStage(ticket, checkFailed);
  const take = (answer: QrTicketView): void =>
    hold((held) => ({ ...held, ticket: learn(held.ticket, answer) }));
  const begin = async (typed: boolean): Promise<void> => {
    const started = await startQr(purpose);
    hold({ ticket: typed ? learn(started, await typeQrInstead(started.id)) : started });
  };
  const startAgain = (): void => void run(() => begin(way === 'code'));
  const redeem = (): void =>
    void run(async () => ticket && onRedeemed(await withGone(ticket.id, () => redeemQr(ticket.id), hold)));

  useStart(ticket === undefined && action.problem === undefined, startAgain);
  useRenewal(ticket, take, () => void run(() => begin(false)));
  useWatch(ticket, stage, take, (id) => hold((held) => endedIf(held, id)));
  const redeemAtOnce = useEffectEvent(redeem);
  useEffect(() => {
    if (stage === 'redeem') redeemAtOnce();
  }, [stage]);

  return {
    stage,
    ticket,
    action,
    startAgain,
    typeInstead: () => void run(() => begin(true)),
    cancel: async () => {
      // What cannot be cancelled is over already.
      if (ticket) await cancelQr(ticket.id).catch(() => undefined);
    },
    redeem,
    check: async (digits) => {
      if (ticket) onRedeemed(await withGone(ticket.id, () => redeemQr(ticket.id, digits), hold));
    },
  };
}

/** The ticket of this id is over, unless another one has taken its place meanwhile. */
function endedIf(held: Held, id: string): Held {
  return held.ticket?.id === id ? { ticket: { ...held.ticket, state: 'expired' } } : held;
}

/** What ends a ticket shows as its end, beside the problem. */
async function withGone<T>(
  id: string,
  work: () => Promise<T>,
  hold: (change: (held: Held) => Held) => void,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isProblem(error, 'qr-gone')) hold((held) => endedIf(held, id));
    if (isProblem(error, 'code-rejected') && error.extension.triesLeft === 0)
      hold((held) => ({ ...held, checkFailed: true }));
    throw error;
  }
}

/** Drawn anew by the second, since a ticket also ends without anybody saying so. */
function useStage(ticket: QrTicketView | undefined, checkFailed = false): QrStage | undefined {
  useSecondsLeft(ticket ? Date.parse(ticket.expiresAt) : null);
  if (!ticket) return undefined;
  return checkFailed ? 'check-failed' : stageOf(ticket, nowMs());
}

/** The first time that anybody looks. */
function useStart(isDue: boolean, start: () => void): void {
  const isVisible = usePageVisible();
  const startNow = useEffectEvent(start);
  useEffect(() => {
    if (isDue && isVisible) startNow();
  }, [isDue, isVisible]);
}

/** The next picture before the one on the page expires; a new ticket for who comes back too late for that. */
function useRenewal(
  ticket: QrTicketView | undefined,
  take: (answer: QrTicketView) => void,
  startAgain: () => void,
): void {
  const isVisible = usePageVisible();
  const dueAt = ticket && renewalAt(ticket);
  const left = useSecondsLeft(dueAt ?? null);
  const renew = useEffectEvent(async () => {
    if (!ticket || dueAt === undefined || dueAt > nowMs()) return;
    if (Date.parse(ticket.expiresAt) <= nowMs()) return startAgain();
    try {
      take(await redrawQr(ticket.id));
    } catch (error) {
      // Without a connection the picture ends where it would have ended, and the page offers another.
      if (isProblem(error, 'qr-gone')) startAgain();
    }
  });
  useEffect(() => {
    if (isVisible && dueAt !== undefined && left === 0) void renew();
  }, [isVisible, left, dueAt]);
}

/** Asks how it stands whenever that may have changed, until nothing can change any more. */
function useWatch(
  ticket: QrTicketView | undefined,
  stage: QrStage | undefined,
  take: (answer: QrTicketView) => void,
  onGone: (id: string) => void,
): void {
  const waits = stage === 'picture' || stage === 'typed' || stage === 'scanned' || stage === 'check';
  useLive(ticket && waits ? `${qrPath(ticket.id)}/events` : undefined, async () => {
    if (!ticket) return;
    try {
      take(await getQr(ticket.id));
    } catch (error) {
      if (isProblem(error, 'qr-gone')) onGone(ticket.id);
    }
  });
}
