import { defineProblem } from '../http/problems.ts';

/** Refused for now, whoever asks; the same for an account's counter and for an address. */
export const tooManyTries = defineProblem<{ retryAfterSeconds: number }>(
  'too-many-tries',
  429,
  'Too many tries',
  'Wait for the number of seconds in retryAfterSeconds (also in the Retry-After header), then try again.',
);
