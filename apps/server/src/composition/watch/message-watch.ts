import type { DeliveryPorts } from '../../platform/messages/delivery.ts';
import type { Platform } from '../platform.ts';

type Transports = DeliveryPorts['transports'];
type Channel = keyof Transports;

const SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 20];

/** Transports whose every attempt is counted by channel and outcome, timed, and traced. */
export function watchTransports(
  { metrics, tracing }: Pick<Platform, 'metrics' | 'tracing'>,
  { email, sms, push }: Transports,
): Transports {
  const observe = metrics.histogram(
    {
      name: 'sigillo_message_send_seconds',
      help: 'Attempts to hand a message to its mail server, provider or push service.',
      labels: { channel: ['email', 'sms', 'push'], outcome: ['taken', 'failed'] },
    },
    SECONDS,
  );
  const watched =
    <M, R>(channel: Channel, send: (message: M, signal: AbortSignal) => Promise<R>) =>
    (message: M, signal: AbortSignal): Promise<R> => {
      const startedAt = performance.now();
      const tell = (outcome: string) =>
        observe({ channel, outcome }, (performance.now() - startedAt) / 1_000);
      return tracing.span(`send ${channel}`, {}, async () => {
        try {
          const sent = await send(message, signal);
          tell('taken');
          return sent;
        } catch (error) {
          tell('failed');
          throw error;
        }
      });
    };
  return {
    email: email && { ...email, send: watched('email', email.send) },
    sms: sms && { ...sms, send: watched('sms', sms.send) },
    push: push && { ...push, send: watched('push', push.send) },
  };
}
