/** How a form or a report arrives. */
export const WAYS = ['certified-mail', 'post', 'desk', 'e-mail', 'public-register'];

/** What is asked of whoever registers what arrived: of whom it is, how that was verified, and the file itself. */
export const ARRIVED_CHECKS = {
  holder: (holder: string) => (holder.trim() ? undefined : 'cases.holder-missing'),
  verified: (words: string) => (words.trim() ? undefined : 'cases.verified-missing'),
  form: (sent: string) => (sent ? undefined : 'cases.file-missing'),
};
