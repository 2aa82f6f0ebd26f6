import { defineProblem } from '../../platform/http/problems.ts';

export const pushWithheld = defineProblem<{ retryAfterSeconds: number }>(
  'push-withheld',
  429,
  'No more requests are sent to the app for now',
  'Too many went unanswered, or the holder said that they did not come from them. Use another method, or wait.',
);
export const notUnlocked = defineProblem(
  'not-unlocked',
  409,
  'The app has to be unlocked again',
  'The approval names another generation than the device is at. Unlock, then approve again.',
);
