import { defineProblem } from '../../../platform/http/problems.ts';

export { interactionGone, signInRefused } from '../../../gate/gate.problems.ts';

export const qrGone = defineProblem(
  'qr-gone',
  410,
  'This QR code is over',
  'It was used, refused, renewed too often, scanned by two devices, or belongs to another browser. Ask for a new one.',
);

export const passkeyRefused = defineProblem(
  'passkey-refused',
  422,
  'This passkey was not accepted',
  'A passkey that was removed, one that nobody knows and a wrong answer are told alike. Use the password, or another passkey.',
);
