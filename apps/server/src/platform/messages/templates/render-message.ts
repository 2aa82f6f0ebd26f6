import { accountEmails } from './account-emails.ts';
import { CONTACT_SMS } from './contact-emails.ts';
import type { EmailTemplate } from './email-draft.ts';
import { emailHtml } from './email-html.ts';
import type { MessageBrand } from './email-style.ts';
import { emailText } from './email-text.ts';
import { holderNotices, noticeOf, type RenderedNotice } from './holder-notices.ts';
import { noticeSms } from './notice-sms.ts';
import { operatorEmails } from './operator-emails.ts';
import { privacyEmails } from './privacy-emails.ts';
import { readableParams } from './readable-params.ts';
import { codeSms, contactSms } from './sms-text.ts';
import { supportEmails } from './support-emails.ts';
import { hasText, type Language, translator } from './translate.ts';
import { useEmails } from './use-emails.ts';

/** What a message says, before it is put into words. */
export interface MessageContent {
  template: string;
  params: Readonly<Record<string, string>>;
}

export interface RenderedEmail {
  subject: string;
  text: string;
  html: string;
  /** Where an answer goes, when somebody reads answers. */
  replyTo?: string;
}

export interface MessageRenderer {
  email(content: MessageContent, language: Language): RenderedEmail;
  sms(content: MessageContent, language: Language): string;
  /** What a holder was told by e-mail, as an app shows it. */
  notice(content: MessageContent, language: Language): RenderedNotice;
}

const emails: Record<string, EmailTemplate> = {
  ...accountEmails,
  ...holderNotices,
  ...privacyEmails,
  ...useEmails,
  ...supportEmails,
  ...operatorEmails,
};
const codeNeeds = ['code', 'minutes', 'action', 'service'];
const smsNotices: Record<string, EmailTemplate> = { ...holderNotices, ...useEmails };

/** A code, or a notice of the same name and parameters as its e-mail. */
function smsNeeds(template: string): readonly string[] | undefined {
  if (template === 'code') return codeNeeds;
  if (CONTACT_SMS.includes(template)) return ['kind', 'service'];
  return hasText(`${template}.sms`) ? smsNotices[template]?.needs : undefined;
}

/**
 * Refuses a message that could never be written, where it is caused and not when it is sent.
 *
 * @throws Error naming the unknown template or the missing parameter
 */
export function checkContent(channel: 'email' | 'sms', { template, params }: MessageContent): void {
  const needs = channel === 'email' ? emails[template]?.needs : smsNeeds(template);
  if (!needs) throw new Error(`There is no ${channel} message ${template}`);
  const missing = needs.filter((name) => !params[name]);
  if (missing.length > 0) throw new Error(`The message ${template} needs ${missing.join(', ')}`);
}

/**
 * Writes messages in the reader's language, under the installation's brand.
 *
 * @param settings.issuer address of the installation, without a trailing slash
 * @param settings.timeZone IANA name of the zone that times are written in
 */
export function messageRenderer(settings: {
  brand: MessageBrand;
  issuer: string;
  timeZone: string;
}): MessageRenderer {
  const { brand, issuer, timeZone } = settings;
  const page = (path: string) => `${issuer}${path}`;
  const draftOf = (content: MessageContent, language: Language) => {
    checkContent('email', content);
    const t = translator(language);
    const params = readableParams(content.params, language, timeZone, t);
    const draft = emails[content.template]?.draft({ t, params, service: brand.name, page });
    if (!draft) throw new Error(`There is no e-mail ${content.template}`);
    return { t, draft };
  };
  return {
    email: (content, language) => {
      const { t, draft } = draftOf(content, language);
      return {
        subject: draft.subject,
        text: emailText(draft, { t, service: brand.name }),
        html: emailHtml(draft, { t, brand, language }),
        ...(draft.replyTo ? { replyTo: draft.replyTo } : {}),
      };
    },
    sms: (content, language) => {
      checkContent('sms', content);
      const t = translator(language);
      if (content.template === 'code')
        return codeSms(readableParams(content.params, language, timeZone, t), t);
      const params = readableParams(content.params, language, timeZone, t, 'short');
      if (CONTACT_SMS.includes(content.template)) return contactSms(content.template, params, t);
      return noticeSms(content.template, { ...params, service: brand.name }, t);
    },
    notice: (content, language) => noticeOf(draftOf(content, language).draft),
  };
}
