import { callApi } from '../api/call-api.ts';
import type { CeremonyView, ChallengeView, EnrolmentView, MethodOption } from '../api/contract.ts';

/** Which ceremony, and which of its options. */
export interface OptionRef {
  slot: MethodOption['slot'];
  method: MethodOption['method'];
  target: MethodOption['target'];
}

/** What the holder gives: something typed, or what a device signed. */
type Proof = ({ code: string } | { credential: object }) & { challenge?: string };

export async function getCeremony(id: string): Promise<CeremonyView> {
  const { ceremony } = await callApi<{ ceremony: CeremonyView }>('GET', ceremonyPath(id));
  return ceremony;
}

/** Sends a code by SMS or e-mail, or asks for a passkey. */
export async function startChallenge(
  id: string,
  { slot, method, target }: OptionRef,
): Promise<ChallengeView> {
  const body = { slot, method, target };
  const { challenge } = await callApi<{ challenge: ChallengeView }>(
    'POST',
    `${ceremonyPath(id)}/challenges`,
    body,
  );
  return challenge;
}

/** Hands in a code, a password or what a passkey answered; `challenge` where one was started. */
export async function proveChallenge(
  id: string,
  { slot, method, target }: OptionRef,
  proof: Proof,
): Promise<CeremonyView> {
  const body = { slot, method, target, ...proof };
  const { ceremony } = await callApi<{ ceremony: CeremonyView }>('POST', `${ceremonyPath(id)}/proofs`, body);
  return ceremony;
}

/** Another number in place of the one that waits to be confirmed. */
export async function correctPhone(id: string, phone: string): Promise<CeremonyView> {
  const { ceremony } = await callApi<{ ceremony: CeremonyView }>('PUT', `${ceremonyPath(id)}/phone`, {
    phone,
  });
  return ceremony;
}

/** Another password in the place of one that is over; the sign-in goes on. */
export async function renewPassword(
  id: string,
  passwords: { current: string; next: string },
): Promise<CeremonyView> {
  const path = `${ceremonyPath(id)}/password`;
  const { ceremony } = await callApi<{ ceremony: CeremonyView }>('POST', path, passwords);
  return ceremony;
}

/** Begins the recovery of a lost second factor; what was proven so far counts. */
export async function startRecovery(id: string): Promise<CeremonyView> {
  const { ceremony } = await callApi<{ ceremony: CeremonyView }>('POST', `${ceremonyPath(id)}/recovery`);
  return ceremony;
}

/** Begins to set up a second factor: makes a key, or sends a code to a number. */
export async function startEnrolment(
  id: string,
  factor:
    | { method: 'totp' | 'passkey' }
    | { method: 'sms-code'; phone: string }
    | { method: 'hardware-token'; serial: string },
): Promise<EnrolmentView> {
  const { enrolment } = await callApi<{ enrolment: EnrolmentView }>(
    'POST',
    `${ceremonyPath(id)}/enrolments`,
    factor,
  );
  return enrolment;
}

export async function resendEnrolmentCode(id: string, enrolment: string): Promise<ChallengeView> {
  const path = `${ceremonyPath(id)}/enrolments/${encodeURIComponent(enrolment)}/challenges`;
  const { challenge } = await callApi<{ challenge: ChallengeView }>('POST', path);
  return challenge;
}

/** Shows that the new factor works; from then on it counts. */
export async function finishEnrolment(
  id: string,
  enrolment: EnrolmentView,
  proof: Proof,
): Promise<CeremonyView> {
  const path = `${ceremonyPath(id)}/enrolments/${encodeURIComponent(enrolment.id)}/proofs`;
  const sent = enrolment.challenge ? { challenge: enrolment.challenge.id } : {};
  const { ceremony } = await callApi<{ ceremony: CeremonyView }>('POST', path, { ...proof, ...sent });
  return ceremony;
}

/** Where one asks about a ceremony, and listens. */
export function ceremonyPath(id: string): string {
  return `/ceremonies/${encodeURIComponent(id)}`;
}
