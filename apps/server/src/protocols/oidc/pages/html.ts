import { withoutHidden } from '../../../platform/hidden-characters.ts';

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A piece of HTML that is safe to put into a page. */
export interface Html {
  readonly html: string;
}

/** Text as it is read, whoever wrote it: no markup, and nothing that reorders or hides what follows. */
const escapeText = (text: string): string =>
  withoutHidden(text).replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');

type Value = string | Html | readonly Html[] | undefined;

/** HTML as written; whatever is put in is text, and escaped, unless it is such HTML itself. */
export function html(parts: TemplateStringsArray, ...values: Value[]): Html {
  return { html: parts.map((part, index) => part + render(values[index])).join('') };
}

function render(value: Value): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return escapeText(value);
  return 'html' in value ? value.html : value.map((one) => one.html).join('');
}
