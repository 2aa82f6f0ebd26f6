import { type EmailTemplate, emailTemplate } from './email-draft.ts';

/** E-mails to whoever looks after the installation. */

const smsPrefixStopped = emailTemplate({
  needs: ['prefix', 'sent', 'confirmed', 'untilWhen'],
  draft: ({ t, params, service }) => ({
    subject: t('sms-prefix-stopped.subject', { ...params, service }),
    preheader: t('sms-prefix-stopped.preheader', params),
    title: t('sms-prefix-stopped.title', params),
    blocks: [
      { kind: 'paragraph', text: t('sms-prefix-stopped.why', params) },
      { kind: 'paragraph', text: t('sms-prefix-stopped.then', params) },
    ],
  }),
});

const smsBudgetNearlySpent = emailTemplate({
  needs: ['spent', 'budget'],
  may: ['prefix'],
  draft: ({ t, params, service }) => ({
    subject: t('sms-budget-nearly-spent.subject', { service }),
    preheader: t('sms-budget-nearly-spent.preheader'),
    title: t('sms-budget-nearly-spent.title'),
    blocks: [
      {
        kind: 'facts',
        rows: [
          [t('fact.spent'), params.spent],
          [t('fact.budget'), params.budget],
          [t('fact.prefix'), params.prefix],
        ],
      },
      { kind: 'paragraph', text: t('sms-budget-nearly-spent.then') },
    ],
  }),
});

export const operatorEmails: Record<string, EmailTemplate> = {
  'sms-prefix-stopped': smsPrefixStopped,
  'sms-budget-nearly-spent': smsBudgetNearlySpent,
};
