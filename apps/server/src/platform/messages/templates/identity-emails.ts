import { type Block, type DraftInput, type EmailTemplate, emailTemplate, type Fact } from './email-draft.ts';

/** What becomes of a digital identity, why and on which day, and what its holder can do. */
const identityNotice = (slug: string, path: string): EmailTemplate =>
  emailTemplate({
    needs: ['day'],
    may: ['when', 'identityCause', 'browser', 'place'],
    draft: (input) => draft(slug, path, input),
  });

function draft(
  slug: string,
  path: string,
  { t, params, service, page }: DraftInput<'day' | 'when' | 'identityCause' | 'browser' | 'place'>,
) {
  const { day } = params;
  const rows: Fact[] = [
    [t('fact.cause'), params.identityCause],
    [t('fact.day'), day],
    [t('fact.when'), params.when],
    [t('fact.browser'), params.browser],
    [t('fact.place'), params.place],
  ];
  const subject = t(`${slug}.subject`, { day });
  const blocks: Block[] = [
    { kind: 'paragraph', text: t(`${slug}.why`, { service, day }) },
    { kind: 'facts', rows },
    { kind: 'paragraph', text: t(`${slug}.what-to-do`, { service }) },
    { kind: 'button', label: t(`${slug}.button`), href: page(path) },
    {
      kind: 'not-you',
      text: t('identity.not-you'),
      links: [{ label: t('link.support'), href: page('/support') }],
    },
  ];
  return { subject, preheader: t(`${slug}.preheader`, { day }), title: subject, blocks };
}

/** Why a document was refused, in the operator's words. */
const documentRefused = emailTemplate({
  needs: ['reason', 'when'],
  may: ['browser', 'place'],
  draft: ({ t, params, service, page }) => {
    const subject = t('document-refused.subject');
    const blocks: Block[] = [
      { kind: 'paragraph', text: t('document-refused.why', { service }) },
      {
        kind: 'facts',
        rows: [
          [t('fact.reason'), params.reason],
          [t('fact.when'), params.when],
          [t('fact.browser'), params.browser],
          [t('fact.place'), params.place],
        ],
      },
      { kind: 'button', label: t('document-refused.button'), href: page('/selfcare/document') },
      {
        kind: 'not-you',
        text: t('identity.not-you'),
        links: [{ label: t('link.support'), href: page('/support') }],
      },
    ];
    return { subject, preheader: t('document-refused.preheader'), title: subject, blocks };
  },
});

export const identityEmails = {
  'identity-issued': identityNotice('identity-issued', '/selfcare'),
  'identity-document-expiring': identityNotice('identity-document-expiring', '/selfcare'),
  'identity-document-expired': identityNotice('identity-document-expired', '/selfcare'),
  'identity-end-announced': identityNotice('identity-end-announced', '/selfcare'),
  'password-ending': identityNotice('password-ending', '/account/change-password'),
  'document-accepted': identityNotice('document-accepted', '/selfcare/document'),
  'document-refused': documentRefused,
  'identity-revoked': identityNotice('identity-revoked', '/support'),
} satisfies Record<string, EmailTemplate>;
