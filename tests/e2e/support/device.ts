import type { CDPSession } from 'playwright-core';
import type { Visitor } from './visitor.ts';

/** A virtual authenticator of the browser's: a device that keeps passkeys. */
export interface Device {
  /** How many passkeys it keeps. */
  count(): Promise<number>;
  /** Whether it answers without anybody touching it: else a question stays open. */
  answer(isPresent: boolean): Promise<void>;
  /** Whether it recognises its holder. */
  verify(isHolder: boolean): Promise<void>;
  /** Loses its passkeys. */
  forget(): Promise<void>;
}

/**
 * Connects a device to the visitor's browser, over the protocol of its developer tools.
 *
 * @param verifiesUser false: a key that can only be touched
 * @param makesSecrets whether its passkeys have the PRF extension (WebAuthn Level 3 §10.1.4)
 */
export async function connectDevice(
  { page }: Visitor,
  verifiesUser = true,
  makesSecrets = false,
): Promise<Device> {
  const session: CDPSession = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      hasPrf: makesSecrets,
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
    async verify(isUserVerified) {
      await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
    },
    async forget() {
      await session.send('WebAuthn.clearCredentials', { authenticatorId });
    },
  };
}
