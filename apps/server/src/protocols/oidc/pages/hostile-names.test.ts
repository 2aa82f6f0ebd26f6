import { errors } from 'oidc-provider';
import { expect, test } from 'vitest';
import { translator } from '../../../platform/messages/templates/translate.ts';
import { errorContent } from './error-page.ts';
import { layout } from './layout.ts';
import { signOutContent } from './sign-out-page.ts';

const HOSTILE = `"><img src=x onerror=alert(1)>' autofocus </title><script>\u202egpj.exe\u0000\u001b[2J`;
const SHOWN = '&quot;&gt;&lt;img src=x onerror=alert(1)&gt;&#39; autofocus';

const languages = ['it', 'en'] as const;

/** Of the pages that the server writes itself; all others are made of text by React. */
const pages = languages.flatMap((language) => {
  const t = translator(language);
  const brand = { name: HOSTILE, hasLogo: false };
  const party = { name: { it: HOSTILE, en: HOSTILE }, homeUrl: `https://a.example/${HOSTILE}` };
  const error = new errors.InvalidRequest(HOSTILE);
  const failed = { t, language, error, code: 'invalid_request', description: HOSTILE, requestId: HOSTILE };
  const parts = {
    'an error': errorContent({ ...failed, party: party as never }),
    'signing out': signOutContent({
      t,
      portal: HOSTILE,
      installation: HOSTILE,
      action: HOSTILE,
      ticket: HOSTILE,
    }),
  };
  return Object.entries(parts).map(
    ([name, part]) => [name, language, layout({ language, t, brand, ...part })] as const,
  );
});

test.each(pages)('[WEB-6] %s in %s: hostile names are shown as text', (_name, _language, page) => {
  expect(page).toContain(SHOWN);
  expect(page).not.toMatch(/<(img src|script)|autofocus<|\son\w+=[^a]/);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  expect(page).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u202a-\u202e]/);
  // Every quoted value ends where it was meant to: none holds a quotation mark or an angle bracket of theirs.
  for (const [, value = ''] of page.matchAll(/="([^"]*)"/g)) expect(value).not.toMatch(/[<>']/);
  expect(page.match(/<\/title>/g)).toHaveLength(1);
});
