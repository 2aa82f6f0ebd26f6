import { defineProblem } from '../../../platform/http/problems.ts';

export const fileClosed = defineProblem(
  'holder-file-closed',
  404,
  'This file is not open',
  'A file stays open for half an hour, for the operator who opened it. Search again, and say why.',
);
export const holderNotReachable = defineProblem(
  'holder-not-reachable',
  409,
  'Nothing can be sent to this holder',
  'The account has no confirmed e-mail address, or is not active.',
);
export const noAppToAsk = defineProblem(
  'no-app-to-ask',
  409,
  'This holder has no app that could be asked',
  'Verify the caller in another way, as the guide for help desk says.',
);
export const callerUnverified = defineProblem(
  'caller-unverified',
  409,
  'It is not known that the request is the holder’s',
  'A confirmation by the holder’s app counts for five minutes. Certified mail or a qualified signature do as well.',
);
