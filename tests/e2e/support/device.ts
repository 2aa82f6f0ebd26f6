import type { CDPSession } from 'playwright-core';
import type { Visitor } from './visitor.ts';

/** A virtual authenticator of the browser's: a device that keeps passkeys. */
export interface Device {
  /** How many passkeys it keeps. */
  count(): Promise<number>;
  /** Whether it answers without anybody touching it: else a question stays open. */
  answer(isPresent: boolean): Promise<void>;
  /** Loses its passkeys. */
  forget(): Promise<void>;
}

/**
 * Connects a device to the visitor's browser, over the protocol of its developer tools.
 *
 * @param verifiesUser false: a key that can only be touched
 */
export async function connectDevice({ page }: Visitor, verifiesUser = true): Promise<Device> {
  const session: CDPSession = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: verifiesUser ? 'internal' : 'usb',
      hasResidentKey: verifiesUser,
      hasUserVerification: verifiesUser,
      isUserVerified: verifiesUser,
      automaticPresenceSimulation: true,
    },
  });
  return {
    async count() {
      const { credentials } = await session.send('WebAuthn.getCredentials', { authenticatorId });
      return credentials.length;
    },
    async answer(enabled) {
      await session.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled });
    },
    async forget() {
      await session.send('WebAuthn.clearCredentials', { authenticatorId });
    },
  };
}
