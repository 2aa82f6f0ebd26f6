import { type EmailTemplate, emailTemplate } from './email-draft.ts';

/** E-mails of the help page: one to the operator's mailbox, one to whoever wrote. */

const PREHEADER_LENGTH = 120;

const supportRequest = emailTemplate({
  needs: ['reference', 'from', 'topic', 'message'],
  may: ['name', 'caseNumber', 'portal', 'userAgent'],
  draft: ({ t, params, service }) => {
    const topic = t(`topic.${params.topic}`);
    return {
      subject: t('support-request.subject', { ...params, topic }),
      preheader: params.message.replaceAll('\n', ' ').slice(0, PREHEADER_LENGTH),
      title: t('support-request.title'),
      replyTo: params.from,
      blocks: [
        { kind: 'paragraph', text: t('support-request.why', { service }) },
        {
          kind: 'facts',
          rows: [
            [t('fact.reference'), params.reference],
            [t('fact.from'), params.from],
            [t('fact.name'), params.name],
            [t('fact.topic'), topic],
            [t('fact.case-number'), params.caseNumber],
            [t('fact.portal'), params.portal],
            [t('fact.user-agent'), params.userAgent],
          ],
        },
        { kind: 'quote', label: t('support-request.message'), text: params.message },
      ],
    };
  },
});

const supportReceived = emailTemplate({
  needs: ['reference'],
  draft: ({ t, params, service }) => ({
    subject: t('support-received.subject', params),
    preheader: t('support-received.preheader'),
    title: t('support-received.title'),
    blocks: [
      { kind: 'paragraph', text: t('support-received.why', { service }) },
      { kind: 'facts', rows: [[t('fact.reference'), params.reference]] },
      { kind: 'not-you', text: t('support-received.not-you'), links: [] },
    ],
  }),
});

export const supportEmails: Record<string, EmailTemplate> = {
  'support-request': supportRequest,
  'support-received': supportReceived,
};
