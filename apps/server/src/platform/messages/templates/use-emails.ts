import { type EmailTemplate, emailTemplate } from './email-draft.ts';

/** What holders are told of who want to know of every use. The same words, shorter, go by SMS. */
export const useEmails: Record<string, EmailTemplate> = {
  'credential-used': use('credential-used'),
  'credential-refused': use('credential-refused'),
};

function use(slug: string): EmailTemplate {
  return emailTemplate({
    needs: ['when'],
    may: ['provider', 'browser', 'place'],
    draft: ({ t, params, service, page }) => {
      const provider = params.provider || service;
      const subject = t(`${slug}.subject`, { provider });
      return {
        subject,
        preheader: t(`${slug}.preheader`),
        title: subject,
        blocks: [
          { kind: 'paragraph', text: t(`${slug}.why`, { service }) },
          {
            kind: 'facts',
            rows: [
              [t('fact.portal'), provider],
              [t('fact.when'), params.when],
              [t('fact.browser'), params.browser],
              [t('fact.place'), params.place],
            ],
          },
          {
            kind: 'not-you',
            text: t(`${slug}.not-you`),
            links: [
              { label: t('link.not-me'), href: page('/selfcare/history') },
              { label: t('link.choose-password'), href: page('/forgot-password') },
            ],
          },
          { kind: 'link', label: t('link.notices'), href: page('/account/notices') },
        ],
      };
    },
  });
}
