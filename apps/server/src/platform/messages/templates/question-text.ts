import { readableParams } from './readable-params.ts';
import { type Language, translator } from './translate.ts';

/** What an app's holder is asked, before it is put into words. */
export interface AskedQuestion {
  type: string;
  clientName: { it: string; en: string } | null;
  userId: string;
  summary: Readonly<Record<string, string | number>>;
  browser: string;
  place: string;
  when: string;
}

/** Purposes and operations that have words of their own; any other is asked by its name. */
const KNOWN = [
  'sign-in',
  'step-up',
  'add-authenticator',
  'recover-second-factor',
  'link-app',
  'approve-operation',
  'remove-device',
  'suspend-account',
  'change-password',
  'change-email',
  'change-phone',
  'caller-verification',
];

const ROWS = ['account', 'browser', 'place', 'when'];
/** Where a question is not asked by a browser that signs in: who asks, rather than from where. */
const OTHER_ROWS: Readonly<Record<string, readonly string[]>> = {
  'caller-verification': ['account', 'operator', 'when'],
};

/**
 * The words that an app shows, and signs a digest of: the question in the first line, then lines of a label, a tab
 * and a value. Names that others chose cannot add lines.
 *
 * @param timeZone IANA name of the zone that times are written in
 * @param service name of the installation
 */
export function questionText(
  question: AskedQuestion,
  language: Language,
  { timeZone, service }: { timeZone: string; service: string },
): string {
  const t = translator(language);
  const { browser, place, when, userId } = question;
  const summary = Object.entries(question.summary).map(([name, value]) => [name, String(value)]);
  const raw = { ...Object.fromEntries(summary), browser, place, when, account: userId };
  const shown = readableParams({ ...raw, type: question.type }, language, timeZone, t);
  const client = readableParams(
    { client: question.clientName?.[language] ?? service },
    language,
    timeZone,
    t,
  );
  const key = KNOWN.includes(question.type) ? question.type : 'other';
  const rows = (OTHER_ROWS[key] ?? ROWS).map(
    (name) => `${t(`question.label-${name}`)}\t${shown[name] || t('question.unknown')}`,
  );
  return [t(`question.${key}`, { ...shown, ...client }), ...rows].join('\n');
}
