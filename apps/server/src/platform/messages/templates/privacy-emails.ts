import { type Block, type DraftInput, type EmailTemplate, emailTemplate, type Fact } from './email-draft.ts';

/** What becomes of the holder's data, and of the account. */
export const privacyNotices = {
  'data-export-requested': emailTemplate({
    needs: ['when'],
    may: ['browser', 'place'],
    draft: (input) => told('data-export-requested', input, []),
  }),
  'erasure-requested': emailTemplate({
    needs: ['when', 'beginsWhen'],
    may: ['browser', 'place', 'cancelLink'],
    draft: (input) => {
      const { t, params } = input;
      const { cancelLink: href, beginsWhen } = params;
      const facts: Fact[] = [[t('fact.deleted-on'), beginsWhen]];
      const stop: Block[] = href ? [{ kind: 'button', label: t('erasure-requested.button'), href }] : [];
      return told('erasure-requested', input, facts, stop);
    },
  }),
  'erasure-cancelled': emailTemplate({
    needs: ['when'],
    may: ['browser', 'place'],
    draft: (input) => told('erasure-cancelled', input, []),
  }),
} satisfies Record<string, EmailTemplate>;

/** To their holder, of what is not told to apps. */
export const privacyEmails: Record<string, EmailTemplate> = {
  'data-export-ready': emailTemplate({
    needs: ['link', 'untilWhen'],
    draft: ({ t, params, service, page }) => ({
      subject: t('data-export-ready.subject'),
      preheader: t('data-export-ready.preheader'),
      title: t('data-export-ready.subject'),
      blocks: [
        { kind: 'paragraph', text: t('data-export-ready.why', { service, ...params }) },
        { kind: 'button', label: t('data-export-ready.button'), href: params.link },
        { kind: 'not-you', text: t('data-export-ready.not-you'), links: [account({ t, page })] },
      ],
    }),
  }),
  'account-erased': emailTemplate({
    needs: [],
    may: ['identityUntil', 'accessUntil'],
    draft: ({ t, params, service, page }) => ({
      subject: t('account-erased.subject'),
      preheader: t('account-erased.preheader'),
      title: t('account-erased.subject'),
      blocks: [
        { kind: 'paragraph', text: t('account-erased.why', { service }) },
        { kind: 'paragraph', text: t('account-erased.kept') },
        {
          kind: 'facts',
          rows: [
            [t('fact.kept-identity'), params.identityUntil],
            [t('fact.kept-accesses'), params.accessUntil],
          ],
        },
        { kind: 'link', label: t('link.privacy'), href: page('/privacy') },
      ],
    }),
  }),
};

type Told = DraftInput<'when' | 'browser' | 'place'>;

function told(slug: string, input: Told, rows: readonly Fact[], more: readonly Block[] = []) {
  const { t, params, service, page } = input;
  const subject = t(`${slug}.subject`);
  const facts: Fact[] = [
    ...rows,
    [t('fact.when'), params.when],
    [t('fact.browser'), params.browser],
    [t('fact.place'), params.place],
  ];
  const blocks: Block[] = [
    { kind: 'paragraph', text: t(`${slug}.why`, { service }) },
    ...more,
    { kind: 'facts', rows: facts },
    { kind: 'not-you', text: t(`${slug}.not-you`), links: [account({ t, page })] },
  ];
  return { subject, preheader: t(`${slug}.preheader`), title: subject, blocks };
}

const account = ({ t, page }: Pick<DraftInput, 't' | 'page'>) => ({
  label: t('link.not-me'),
  href: page('/selfcare/history'),
});
