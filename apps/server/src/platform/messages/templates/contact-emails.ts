import { type Block, type EmailTemplate, emailTemplate, type Fact } from './email-draft.ts';

/** E-mails about a change of the e-mail address or telephone number: asked for, made, undone. */

const FACTS = ['browser', 'place', 'address', 'link', 'untilWhen'] as const;

/**
 * What happens to the contact of the kind `params.kind`; with a link where the reader can undo it, else with where to
 * go when it was not the reader.
 */
function contactNotice(slug: string): EmailTemplate {
  return emailTemplate({
    needs: ['when', 'kind'],
    may: FACTS,
    draft: ({ t, params, service, page }) => {
      const subject = t(`${slug}.subject.${params.kind}`);
      const facts: Fact[] = [
        [t(`fact.new-${params.kind}`), slug === 'contact-change-undone' ? '' : params.address],
        [t('fact.when'), params.when],
        [t('fact.browser'), params.browser],
        [t('fact.place'), params.place],
      ];
      const undo = (): Block[] => [
        { kind: 'paragraph', text: t(`${slug}.undo`, params) },
        { kind: 'button', label: t(`${slug}.button`), href: params.link },
      ];
      const links = [
        { label: t('link.not-me'), href: page('/account/security') },
        { label: t('link.choose-password'), href: page('/forgot-password') },
        { label: t('link.support'), href: page('/support') },
      ];
      const blocks: Block[] = [
        { kind: 'paragraph', text: t(`${slug}.why.${params.kind}`, { service }) },
        { kind: 'facts', rows: facts },
        ...(params.link ? undo() : [{ kind: 'not-you', text: t(`${slug}.not-you`), links } as const]),
      ];
      return { subject, preheader: t(`${slug}.preheader`), title: subject, blocks };
    },
  });
}

export const contactEmails = {
  'contact-change-requested': contactNotice('contact-change-requested'),
  'contact-changed': contactNotice('contact-changed'),
  'contact-change-undone': contactNotice('contact-change-undone'),
} satisfies Record<string, EmailTemplate>;

/** Of those, the ones that telephone numbers are told by SMS. */
export const CONTACT_SMS: readonly string[] = ['contact-changed', 'contact-change-undone'];
