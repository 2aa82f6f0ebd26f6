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

const accountContained = emailTemplate({
  needs: ['when'],
  may: ['browser', 'place'],
  draft: (input) => notice('account-contained', input, { links: [choosePassword(input), support(input)] }),
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

const useNoticesChanged = emailTemplate({
  needs: ['when'],
  may: ['browser', 'place'],
  draft: (input) => {
    const { t, page } = input;
    const links = [{ label: t('link.notices'), href: page('/account/notices') }, choosePassword(input)];
    return notice('use-notices-changed', input, { links });
  },
});

const residenceChanged = emailTemplate({
  needs: ['when'],
  may: ['browser', 'place'],
  draft: (input) => {
    const { t, page } = input;
    const check = { label: t('link.check-contacts'), href: page('/selfcare/contacts') };
    return notice('residence-changed', input, { links: [check, choosePassword(input), support(input)] });
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

/** Why the account rests, until when, and how to lift that. */
const accountSuspended = emailTemplate({
  needs: ['cause', 'when'],
  may: ['untilWhen', 'receivedBy', 'browser', 'place'],
  draft: (input) => {
    const { t, params, page } = input;
    const isSuspected = params.cause === 'suspected-abuse';
    const received = params.receivedBy ? ` ${t(`account-suspended.received.${params.receivedBy}`)}` : '';
    const lift = { label: t('link.lift-suspension'), href: page('/sign-in') };
    return notice('account-suspended', input, {
      more: t(`account-suspended.cause.${params.cause}`) + received,
      rows: [[t('fact.until'), params.untilWhen]],
      links: isSuspected ? [support(input)] : [lift, support(input)],
    });
  },
});

const suspensionLifted = emailTemplate({
  needs: ['when'],
  may: ['browser', 'place'],
  draft: (input) => {
    const { t, page } = input;
    const suspend = { label: t('link.suspend-again'), href: page('/suspend') };
    return notice('suspension-lifted', input, { links: [suspend, choosePassword(input), support(input)] });
  },
});

/** The time is over, and what has to be put right first. */
const suspensionKept = emailTemplate({
  needs: ['doubts', 'when'],
  may: ['browser', 'place'],
  draft: (input) => {
    const { t, params } = input;
    const doubts = params.doubts.split(' ').map((doubt) => t(`suspension-kept.doubt.${doubt}`));
    return notice('suspension-kept', input, { more: doubts.join(' '), links: [support(input)] });
  },
});

/** `emergency-link-made` and `emergency-link-withdrawn`. */
function emergencyLinkNotice(slug: string): EmailTemplate {
  return emailTemplate({
    needs: ['when'],
    may: ['browser', 'place'],
    draft: (input) => {
      const { t, page } = input;
      const own = { label: t('link.emergency-card'), href: page('/selfcare/suspend') };
      return notice(slug, input, { links: [own, choosePassword(input)] });
    },
  });
}

/** What help desk did for the holder, who is not told from where. */
function deskNotice(slug: string, path?: string): EmailTemplate {
  return emailTemplate({
    needs: ['when'],
    may: ['browser', 'place'],
    draft: (input) => {
      const way = path ? [{ label: input.t('link.sign-in'), href: input.page(path) }] : [];
      return notice(slug, input, { links: [...way, support(input)] });
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
  { t, params, service, page }: DraftInput<'when' | 'browser' | 'place'>,
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
    { kind: 'paragraph', text: t(`${slug}.why`, { ...values, service }) },
    ...(more ? [{ kind: 'paragraph', text: more } as const] : []),
    { kind: 'facts', rows: facts },
    { kind: 'not-you', text: t(`${slug}.not-you`), links: [notMe({ t, page }), ...links] },
  ];
  return { subject, preheader: t(`${slug}.preheader`), title: subject, blocks };
}

/** Where somebody who did not do it contains the damage. */
function notMe({ t, page }: Pick<DraftInput, 't' | 'page'>): Link {
  return { label: t('link.not-me'), href: page('/selfcare/history') };
}

function choosePassword({ t, page }: Pick<DraftInput, 't' | 'page'>): Link {
  return { label: t('link.choose-password'), href: page('/forgot-password') };
}

function support({ t, page }: Pick<DraftInput, 't' | 'page'>, address?: string): Link {
  return { label: t('link.support'), href: address || page('/support') };
}

export const securityEmails = {
  'password-changed': passwordChanged,
  'factor-added': factorNotice('factor-added'),
  'factor-removed': factorNotice('factor-removed'),
  'device-added': deviceNotice('device-added'),
  'device-removed': deviceNotice('device-removed'),
  'device-frozen': deviceNotice('device-frozen'),
  'device-locked-out': deviceNotice('device-locked-out'),
  'recovery-started-password': deskNotice('recovery-started-password'),
  'recovery-started-second-factor': deskNotice('recovery-started-second-factor', '/sign-in'),
  'sessions-ended-by-desk': deskNotice('sessions-ended-by-desk'),
  'request-not-mine': deviceNotice('request-not-mine'),
  'second-factor-recovered': secondFactorRecovered,
  'recovery-codes-issued': recoveryCodesIssued,
  'recovery-code-used': recoveryCodeUsed,
  'passkey-copied': passkeyCopied,
  'account-contained': accountContained,
  'account-suspended': accountSuspended,
  'suspension-lifted': suspensionLifted,
  'suspension-kept': suspensionKept,
  'emergency-link-made': emergencyLinkNotice('emergency-link-made'),
  'emergency-link-withdrawn': emergencyLinkNotice('emergency-link-withdrawn'),
  'use-notices-changed': useNoticesChanged,
  'residence-changed': residenceChanged,
} satisfies Record<string, EmailTemplate>;
