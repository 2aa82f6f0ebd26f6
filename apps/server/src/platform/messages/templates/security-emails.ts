import {
  type Block,
  type DraftInput,
  type EmailDraft,
  type EmailTemplate,
  emailTemplate,
  type Fact,
  type Link,
} from './email-draft.ts';

/** E-mails that tell the holder what was done to the account, and what to do if it was somebody else. */

const passwordChanged = emailTemplate({
  needs: ['when'],
  may: ['browser', 'place', 'supportLink'],
  draft: (input) =>
    notice('password-changed', input, {
      links: [choosePassword(input), support(input, input.params.supportLink)],
    }),
});

const secondFactorRecovered = emailTemplate({
  needs: ['when'],
  may: ['browser', 'place'],
  draft: (input) =>
    notice('second-factor-recovered', input, { links: [choosePassword(input), support(input)] }),
});

const recoveryCodesIssued = emailTemplate({
  needs: ['when'],
  may: ['browser', 'place'],
  draft: (input) => notice('recovery-codes-issued', input, { links: [choosePassword(input)] }),
});

const recoveryCodeUsed = emailTemplate({
  needs: ['left', 'when'],
  may: ['browser', 'place'],
  draft: (input) =>
    notice('recovery-code-used', input, {
      more: input.t('recovery-code-used.left', { count: Number(input.params.left) }),
      links: [choosePassword(input)],
    }),
});

const passkeyCopied = emailTemplate({
  needs: ['when'],
  may: ['label', 'browser', 'place'],
  draft: (input) => {
    const { t, params, page } = input;
    return notice('passkey-copied', input, {
      rows: [[t('fact.label'), params.label]],
      links: [{ label: t('link.check-methods'), href: page('/account/two-factor') }, support(input)],
    });
  },
});

/** `factor-added` and `factor-removed`. */
function factorNotice(slug: string): EmailTemplate {
  return emailTemplate({
    needs: ['factor', 'when'],
    may: ['label', 'browser', 'place'],
    draft: (input) => {
      const { t, params, page } = input;
      const method = t(`factor.${params.factor}`);
      return notice(slug, input, {
        values: { method },
        rows: [
          [t('fact.method'), method],
          [t('fact.label'), params.label],
        ],
        links: [choosePassword(input), { label: t('link.check-methods'), href: page('/account/two-factor') }],
      });
    },
  });
}

/** What became of the app on one of the holder's devices. */
function deviceNotice(slug: string): EmailTemplate {
  return emailTemplate({
    needs: ['device', 'when'],
    may: ['browser', 'place'],
    draft: (input) => {
      const { t, params, page } = input;
      return notice(slug, input, {
        values: { device: params.device },
        links: [choosePassword(input), { label: t('link.check-methods'), href: page('/account/two-factor') }],
      });
    },
  });
}

interface Particulars {
  /** For the subject. */
  values?: Record<string, string>;
  /** A second paragraph. */
  more?: string;
  rows?: readonly Fact[];
  links: readonly Link[];
}

/** What happened; when, with what and from where; what to do if it was not the reader. */
function notice(
  slug: string,
  { t, params, service }: DraftInput<'when' | 'browser' | 'place'>,
  { values, more, rows = [], links }: Particulars,
): EmailDraft {
  const subject = t(`${slug}.subject`, values);
  const facts: Fact[] = [
    ...rows,
    [t('fact.when'), params.when],
    [t('fact.browser'), params.browser],
    [t('fact.place'), params.place],
  ];
  const blocks: Block[] = [
    { kind: 'paragraph', text: t(`${slug}.why`, { service }) },
    ...(more ? [{ kind: 'paragraph', text: more } as const] : []),
    { kind: 'facts', rows: facts },
    { kind: 'not-you', text: t(`${slug}.not-you`), links },
  ];
  return { subject, preheader: t(`${slug}.preheader`), title: subject, blocks };
}

function choosePassword({ t, page }: Pick<DraftInput, 't' | 'page'>): Link {
  return { label: t('link.choose-password'), href: page('/forgot-password') };
}

function support({ t, page }: Pick<DraftInput, 't' | 'page'>, address?: string): Link {
  return { label: t('link.support'), href: address || page('/support') };
}

export const securityEmails: Record<string, EmailTemplate> = {
  'password-changed': passwordChanged,
  'factor-added': factorNotice('factor-added'),
  'factor-removed': factorNotice('factor-removed'),
  'device-added': deviceNotice('device-added'),
  'device-removed': deviceNotice('device-removed'),
  'device-frozen': deviceNotice('device-frozen'),
  'device-locked-out': deviceNotice('device-locked-out'),
  'request-not-mine': deviceNotice('request-not-mine'),
  'second-factor-recovered': secondFactorRecovered,
  'recovery-codes-issued': recoveryCodesIssued,
  'recovery-code-used': recoveryCodeUsed,
  'passkey-copied': passkeyCopied,
};
