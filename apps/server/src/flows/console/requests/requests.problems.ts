import { defineProblem } from '../../../platform/http/problems.ts';

export const holderUnknown = defineProblem('holder-unknown', 404, 'Nobody has this user id or address');
export const contactsMissing = defineProblem(
  'contacts-missing',
  409,
  'The holder has no verified address and number yet',
  'An identity needs a verified e-mail address and a verified mobile number.',
);
export const formMissing = defineProblem('form-missing', 409, 'Upload the signed form first');
export const reportTooLate = defineProblem(
  'report-too-late',
  409,
  'No suspension that was asked for ran on this day',
  'A report that arrives after its days is registered as a request to revoke, for illicit use.',
);
