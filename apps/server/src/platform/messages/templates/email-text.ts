import type { Block, EmailDraft, Link } from './email-draft.ts';
import type { Translate } from './translate.ts';

const LINE_LENGTH = 72;

/** An e-mail as plain text: paragraphs wrapped at 72 characters, addresses whole on a line of their own. */
export function emailText(draft: EmailDraft, { t, service }: { t: Translate; service: string }): string {
  const parts = [
    wrap(draft.title),
    ...draft.blocks.map(blockText),
    ['-- ', t('footer.origin', { service }), ...(draft.replyTo ? [] : [t('footer.automatic')])].join('\n'),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return wrap(block.text);
    case 'button':
    case 'link':
      return linkText(block);
    case 'code':
      return `    ${block.code}`;
    // The button above has written the address already.
    case 'copy':
      return '';
    case 'facts':
      return block.rows
        .filter(([, value]) => value !== '')
        .map(([label, value]) => `${label}: ${value}`)
        .join('\n');
    case 'quote':
      return `${block.label}:\n${block.text.split('\n').map(quoted).join('\n')}`;
    case 'not-you':
      return [wrap(block.text), ...block.links.map(linkText)].join('\n\n');
  }
}

function linkText({ label, href }: Link): string {
  return `${label}:\n${href}`;
}

function quoted(line: string): string {
  return wrap(line, LINE_LENGTH - 2)
    .split('\n')
    .map((part) => `> ${part}`)
    .join('\n');
}

function wrap(text: string, length = LINE_LENGTH): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > length) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].join('\n');
}
