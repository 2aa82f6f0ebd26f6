/** Markup that needs no more escaping: what `html` made, or a constant of ours. */
export interface Html {
  readonly markup: string;
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Markup from a template: every text put into it is escaped for element content and quoted attributes. */
export function html(strings: TemplateStringsArray, ...values: (string | Html | readonly Html[])[]): Html {
  const parts = values.map((value, index) => markupOf(value) + (strings[index + 1] ?? ''));
  return { markup: (strings[0] ?? '') + parts.join('') };
}

function markupOf(value: string | Html | readonly Html[]): string {
  if (typeof value === 'string')
    return value.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
  return 'markup' in value ? value.markup : value.map(markupOf).join('');
}
