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

const escapeText = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');

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
