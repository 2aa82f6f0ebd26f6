import type { Translate } from './translate.ts';

/** A piece of an e-mail, in plain text; `email-html.ts` and `email-text.ts` write it in their own way. */
export type Block =
  | { kind: 'paragraph'; text: string }
  | ({ kind: 'button' } & Link)
  | ({ kind: 'link' } & Link)
  /** A one-time code, set large. */
  | { kind: 'code'; code: string }
  /** An address to copy, under the sentence that says why. */
  | { kind: 'copy'; label: string; value: string }
  /** Label and value; a fact without a value is left out. */
  | { kind: 'facts'; rows: readonly Fact[] }
  /** What somebody else wrote, line by line. */
  | { kind: 'quote'; label: string; text: string }
  /** What to do if the reader did not cause this. */
  | { kind: 'not-you'; text: string; links: readonly Link[] };

export interface Link {
  label: string;
  href: string;
}

export type Fact = readonly [label: string, value: string];

/** An e-mail before it is written as text and as HTML. */
export interface EmailDraft {
  subject: string;
  /** The line a mail client shows after the subject. */
  preheader: string;
  title: string;
  blocks: readonly Block[];
  /** Where an answer goes, when somebody reads answers. */
  replyTo?: string;
}

/** What a template may draw on; `P` names its parameters. */
export interface DraftInput<P extends string = string> {
  t: Translate;
  params: Readonly<Record<P, string>>;
  /** The installation's name. */
  service: string;
  /** The address of a page of this installation, from its path. */
  page(path: string): string;
}

/** One kind of e-mail. */
export interface EmailTemplate {
  /** What the caller must give. */
  needs: readonly string[];
  draft(input: DraftInput): EmailDraft;
}

/**
 * Declares a kind of e-mail.
 *
 * @param spec.needs parameters that must be given
 * @param spec.may parameters that may be missing, and then read as empty
 */
export function emailTemplate<N extends string, M extends string = never>(spec: {
  needs: readonly N[];
  may?: readonly M[];
  draft(input: DraftInput<N | M>): EmailDraft;
}): EmailTemplate {
  const empty = Object.fromEntries((spec.may ?? []).map((name) => [name, '']));
  return {
    needs: spec.needs,
    draft: (input) =>
      spec.draft({ ...input, params: { ...empty, ...input.params } as Record<N | M, string> }),
  };
}
