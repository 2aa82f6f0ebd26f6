import type { RenderedEmail } from './templates/render-message.ts';

export interface OutgoingEmail extends RenderedEmail {
  /** The same at every attempt: becomes the Message-ID, by which a receiver may notice a repetition. */
  id: string;
  to: string;
  language: 'it' | 'en';
}

export interface OutgoingSms {
  /** The same at every attempt: the provider's idempotency key, if it has one. */
  id: string;
  /** E.164. */
  to: string;
  text: string;
  /** How long it is worth delivering. */
  lifetimeSeconds: number;
}

/**
 * Hands e-mails to a mail server. `send` resolves when the server has taken the message, and gives up when
 * the signal says so. Throws DeliveryFailed.
 */
export interface EmailTransport {
  send(email: OutgoingEmail, signal: AbortSignal): Promise<void>;
  /** Ends connections that are kept open. */
  close(): void;
}

/** The same for SMS. */
export interface SmsTransport {
  /** Resolves with the name that receipts will call it by, where that is not its id and receipts come at all. */
  send(sms: OutgoingSms, signal: AbortSignal): Promise<string | undefined>;
  /** Ends connections that are kept open. */
  close?(): void;
}

/** A message was not taken. */
export class DeliveryFailed extends Error {
  override readonly name = 'DeliveryFailed';
  /** Whether another attempt would fail as well: the number does not exist, the mailbox is closed. */
  readonly isFinal: boolean;
  /** Whether it may have been taken all the same: nobody answered in time. */
  readonly isUnclear: boolean;
  /** Whether the provider is there, and it was this message that it did not take. */
  readonly isAnswer: boolean;

  /** @param reason kept in the clear and logged: never anything of the message or its recipient */
  constructor(reason: string, options: { isFinal: boolean; isUnclear?: boolean; isAnswer?: boolean }) {
    super(reason);
    this.isFinal = options.isFinal;
    this.isUnclear = options.isUnclear ?? false;
    this.isAnswer = options.isAnswer ?? options.isFinal;
  }
}

/** Delivers to nobody: messages are read on `/dev`. For the development and test profiles. */
export const developmentTransport: EmailTransport & SmsTransport = {
  send: async () => undefined,
  close: () => undefined,
};
