/** Escapes for HTML text and for double-quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Markup that is safe to send: only the `html` tag makes it, so plain text is never taken for it. */
export class Html {
  readonly #markup: string;

  constructor(strings: TemplateStringsArray, values: readonly Fragment[]) {
    this.#markup = String.raw({ raw: strings }, ...values.map(render));
  }

  toString(): string {
    return this.#markup;
  }
}

/** What may stand inside `html`: text and numbers are escaped, lists are joined, nothing leaves nothing. */
export type Fragment = Html | string | number | undefined | readonly Fragment[];

/** Builds markup; every value that is not markup itself is escaped. Attributes need double quotes. */
export function html(strings: TemplateStringsArray, ...values: Fragment[]): Html {
  return new Html(strings, values);
}

function render(value: Fragment): string {
  if (value === undefined) return '';
  if (value instanceof Html) return value.toString();
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value));
  return value.map(render).join('');
}
