import { defineProblem } from '../platform/http/problems.ts';

export { tooManyTries } from '../platform/limits/limits.problems.ts';

export const ceremonyGone = defineProblem('ceremony-gone', 404, 'This step is over. Start again.');
export const methodUnavailable = defineProblem('method-unavailable', 409, 'This method cannot be used here');
export const methodDisabled = defineProblem(
  'method-disabled',
  409,
  'This method was switched off after too many wrong tries',
);
export const codeRejected = defineProblem<{ triesLeft: number | null }>(
  'code-rejected',
  422,
  'The code was not accepted',
);
export const challengeOver = defineProblem('challenge-over', 409, 'This code can no longer be used');
export const sendLater = defineProblem<{ retryAfterSeconds: number }>(
  'send-later',
  429,
  'Another code cannot be sent yet',
);
export const proofMissing = defineProblem('proof-missing', 409, 'Something is still to be proven');
export const proofNeeded = defineProblem<{ ceremony: unknown; operation?: string }>(
  'proof-needed',
  403,
  'Confirm that it is you to go on',
  'Go through the ceremony, then repeat the request. Where an operation is named too, approve it by the ceremony and name it when you repeat the request.',
);
export const signInNeeded = defineProblem('sign-in-needed', 401, 'Sign in to go on');
export const operatorNeeded = defineProblem(
  'operator-needed',
  403,
  'This is for operators who are signed in to the console and may do it',
  'Sign in to the console. Who may not do this, and who is no operator, is answered alike.',
);
export const operationGone = defineProblem(
  'operation-gone',
  409,
  'This request can no longer be carried out',
);
export const interactionGone = defineProblem<{ homeUrl: string | null }>(
  'interaction-gone',
  410,
  'This sign-in is over',
  'It took too long, was finished already, or belongs to another browser. Start again from the portal.',
);
export const signInRefused = defineProblem<{ triesLeft: number | null }>(
  'sign-in-refused',
  422,
  'The user id or e-mail and the password do not match',
  'Unknown accounts, wrong passwords and closed ones are answered alike. Try again, or reset the password.',
);
export const tooManyDevices = defineProblem(
  'too-many-devices',
  409,
  'No more devices can be linked to this account',
  'Ten apps are linked. Remove one of them first.',
);
export const pairingGone = defineProblem(
  'pairing-gone',
  410,
  'This code to link an app is over',
  'It was used, cancelled or never given, is older than ten minutes, or whoever asked for it has signed out. Ask for another one.',
);
export const deviceKnown = defineProblem(
  'device-known',
  409,
  'This device is linked already',
  'Its key is one of the account. To link it again, remove it, or make new keys.',
);
export const accountSuspended = defineProblem(
  'account-suspended',
  403,
  'This account is suspended',
  'Whoever signs in to it in a browser is told why, and how to lift that.',
);
