import { defineProblem } from '../../platform/http/problems.ts';

export const requestNotSigned = defineProblem<{ serverTime: string }>(
  'request-not-signed',
  401,
  'This request is not signed by a device of ours',
  'Sign it as docs/device-protocol.md says, with a nonce that was not used before. If the clock of the device is wrong, take the time from serverTime.',
);
export const deviceGone = defineProblem(
  'device-gone',
  410,
  'This device is not linked any more',
  'It was removed by its holder, by a recovery, or after too many wrong codes. Link it again.',
);
export const deviceFrozen = defineProblem(
  'device-frozen',
  409,
  'This device has been stopped',
  'Somebody used a copy of it. Its holder was told. Link it again from a browser that is signed in.',
);
export const unlockRefused = defineProblem(
  'unlock-refused',
  422,
  'The device cannot be unlocked as it is',
  'What it stores does not fit what the server knows of it. Link it again.',
);
