import { nowMs, useSecondsLeft } from '@sigillo/ui';
import { useState } from 'react';
import { isProblem } from '../../../api/api-problem.ts';
import type { PairingView } from '../../../api/contract.ts';
import { useLive } from '../../../live/use-live.ts';
import { getPairing, pairingPath } from './devices.api.ts';

/** How a code that links an app stands, seconds it still has included. Changes by itself. */
export function usePairing(started: PairingView): { pairing: PairingView; secondsLeft: number } {
  const [pairing, setPairing] = useState(started);
  const endsAt = Date.parse(pairing.expiresAt);
  const secondsLeft = useSecondsLeft(endsAt);
  const waits = pairing.state === 'waiting' && endsAt > nowMs();
  useLive(waits ? `${pairingPath(pairing.id)}/events` : undefined, async () => {
    try {
      const { state, device, expiresAt } = await getPairing(pairing.id);
      // What it looks like is only in the answer that made it.
      setPairing((known) => ({ ...known, state, device, expiresAt }));
    } catch (error) {
      if (isProblem(error, 'pairing-gone', 'not-found')) setPairing((known) => ({ ...known, state: 'void' }));
    }
  });
  return {
    pairing: waits || pairing.state !== 'waiting' ? pairing : { ...pairing, state: 'expired' },
    secondsLeft,
  };
}
