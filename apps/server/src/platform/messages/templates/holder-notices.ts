import { contactEmails } from './contact-emails.ts';
import type { EmailDraft, EmailTemplate, Fact, Link } from './email-draft.ts';
import { identityEmails } from './identity-emails.ts';
import { privacyNotices } from './privacy-emails.ts';
import { securityEmails } from './security-emails.ts';

/**
 * What holders are told, whatever they prefer: each goes to every confirmed e-mail address, and stands in the apps
 * under "What happened". One more event is one more template in one of these lists, and its texts.
 */
export const holderNotices = {
  ...securityEmails,
  ...identityEmails,
  ...privacyNotices,
  ...contactEmails,
} satisfies Record<string, EmailTemplate>;

/** The name of an event that holders are told of. */
export type HolderNotice = keyof typeof holderNotices;

/** Whether a stored name still is one. */
export const isHolderNotice = (kind: string): kind is HolderNotice => Object.hasOwn(holderNotices, kind);

/** A notice as an app shows it, in one language. */
export interface RenderedNotice {
  title: string;
  /** What happened, a paragraph an entry. */
  paragraphs: string[];
  facts: { label: string; value: string }[];
  /** What to do if it was not the reader; empty where there is nothing to be done. */
  advice: string;
  links: Link[];
}

/** The same words as the e-mail of the event. */
export function noticeOf({ subject, blocks }: EmailDraft): RenderedNotice {
  const rows = blocks.flatMap((block) => (block.kind === 'facts' ? block.rows : []));
  const notYou = blocks.find((block) => block.kind === 'not-you');
  return {
    title: subject,
    paragraphs: blocks.flatMap((block) => (block.kind === 'paragraph' ? [block.text] : [])),
    facts: rows.filter(hasValue).map(([label, value]) => ({ label, value })),
    advice: notYou?.text ?? '',
    links: notYou ? [...notYou.links] : [],
  };
}

const hasValue = ([, value]: Fact): boolean => value !== '';
