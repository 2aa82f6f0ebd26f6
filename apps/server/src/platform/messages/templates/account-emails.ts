import { type EmailTemplate, emailTemplate } from './email-draft.ts';

/** E-mails that let somebody go on: confirm an address, sign in, choose a password, type a code. */

const confirmAddress = emailTemplate({
  needs: ['link', 'minutes'],
  draft: ({ t, params, service }) => ({
    subject: t('confirm-address.subject'),
    preheader: t('confirm-address.preheader', params),
    title: t('confirm-address.subject'),
    blocks: [
      { kind: 'paragraph', text: t('confirm-address.why', { service }) },
      { kind: 'button', label: t('confirm-address.button'), href: params.link },
      { kind: 'paragraph', text: t('confirm-address.lifetime', params) },
      { kind: 'copy', label: t('confirm-address.paste'), value: params.link },
      { kind: 'not-you', text: t('confirm-address.not-you'), links: [] },
    ],
  }),
});

const accountReady = emailTemplate({
  needs: ['userId'],
  draft: ({ t, params, service, page }) => ({
    subject: t('account-ready.subject'),
    preheader: t('account-ready.preheader'),
    title: t('account-ready.subject'),
    blocks: [
      { kind: 'paragraph', text: t('account-ready.why', { service }) },
      { kind: 'facts', rows: [[t('fact.user-id'), params.userId]] },
      { kind: 'link', label: t('account-ready.account'), href: page('/account') },
      {
        kind: 'not-you',
        text: t('account-ready.not-you'),
        links: [{ label: t('link.support'), href: page('/support') }],
      },
    ],
  }),
});

const alreadyRegistered = emailTemplate({
  needs: ['signInLink', 'resetLink'],
  draft: ({ t, params, service }) => ({
    subject: t('already-registered.subject'),
    preheader: t('already-registered.preheader'),
    title: t('already-registered.subject'),
    blocks: [
      { kind: 'paragraph', text: t('already-registered.why', { service }) },
      { kind: 'button', label: t('already-registered.button'), href: params.signInLink },
      { kind: 'link', label: t('already-registered.reset'), href: params.resetLink },
      { kind: 'not-you', text: t('already-registered.not-you'), links: [] },
    ],
  }),
});

const passwordReset = emailTemplate({
  needs: ['link', 'minutes'],
  may: ['browser', 'place'],
  draft: ({ t, params, service }) => ({
    subject: t('password-reset.subject'),
    preheader: t('password-reset.preheader', params),
    title: t('password-reset.subject'),
    blocks: [
      { kind: 'paragraph', text: t('password-reset.why', { service }) },
      { kind: 'button', label: t('password-reset.button'), href: params.link },
      { kind: 'paragraph', text: t('password-reset.lifetime', params) },
      {
        kind: 'facts',
        rows: [
          [t('fact.browser'), params.browser],
          [t('fact.place'), params.place],
        ],
      },
      { kind: 'not-you', text: t('password-reset.not-you'), links: [] },
    ],
  }),
});

const emailCode = emailTemplate({
  needs: ['code', 'minutes', 'action'],
  draft: ({ t, params, service, page }) => ({
    subject: t('email-code.subject'),
    preheader: t('email-code.preheader', params),
    title: t('email-code.subject'),
    blocks: [
      { kind: 'paragraph', text: t(`email-code.why.${params.action}`, { service }) },
      { kind: 'code', code: params.code },
      { kind: 'paragraph', text: t('email-code.lifetime', params) },
      { kind: 'paragraph', text: t('email-code.never-share') },
      {
        kind: 'not-you',
        text: t('email-code.not-you'),
        links: [{ label: t('link.choose-password'), href: page('/forgot-password') }],
      },
    ],
  }),
});

const addressTaken = emailTemplate({
  needs: ['signInLink'],
  draft: ({ t, params, service }) => ({
    subject: t('address-taken.subject'),
    preheader: t('address-taken.preheader'),
    title: t('address-taken.subject'),
    blocks: [
      { kind: 'paragraph', text: t('address-taken.why', { service }) },
      { kind: 'button', label: t('already-registered.button'), href: params.signInLink },
      { kind: 'not-you', text: t('address-taken.not-you'), links: [] },
    ],
  }),
});

export const accountEmails: Record<string, EmailTemplate> = {
  'confirm-address': confirmAddress,
  'account-ready': accountReady,
  'already-registered': alreadyRegistered,
  'password-reset': passwordReset,
  'email-code': emailCode,
  'address-taken': addressTaken,
};
