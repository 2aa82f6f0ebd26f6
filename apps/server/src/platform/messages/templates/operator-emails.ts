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

const operatorInvitation = emailTemplate({
  needs: ['link', 'by'],
  draft: ({ t, params, service }) => ({
    subject: t('operator-invitation.subject', { service }),
    preheader: t('operator-invitation.preheader'),
    title: t('operator-invitation.subject', { service }),
    blocks: [
      { kind: 'paragraph', text: t('operator-invitation.why', { by: params.by, service }) },
      { kind: 'button', label: t('operator-invitation.button'), href: params.link },
      { kind: 'paragraph', text: t('operator-invitation.lifetime') },
      { kind: 'copy', label: t('operator-invitation.paste'), value: params.link },
      { kind: 'not-you', text: t('operator-invitation.not-you'), links: [] },
    ],
  }),
});

/** To every administrator: whose rights in the console changed. */
const operatorsChanged = emailTemplate({
  needs: ['what', 'who', 'when'],
  may: ['by'],
  draft: ({ t, params, service, page }) => ({
    subject: t(`operators-changed.subject.${params.what}`),
    preheader: t('operators-changed.preheader'),
    title: t(`operators-changed.subject.${params.what}`),
    blocks: [
      { kind: 'paragraph', text: t('operators-changed.why', { service }) },
      {
        kind: 'facts',
        rows: [
          [t('fact.operator'), params.who],
          [t('fact.by'), params.by || t('operators-changed.command-line')],
          [t('fact.when'), params.when],
        ],
      },
      {
        kind: 'not-you',
        text: t('operators-changed.not-you'),
        links: [{ label: t('operators-changed.list'), href: page('/console/operators') }],
      },
    ],
  }),
});

export const operatorEmails: Record<string, EmailTemplate> = {
  'sms-prefix-stopped': smsPrefixStopped,
  'sms-budget-nearly-spent': smsBudgetNearlySpent,
  'operator-invitation': operatorInvitation,
  'operators-changed': operatorsChanged,
};
