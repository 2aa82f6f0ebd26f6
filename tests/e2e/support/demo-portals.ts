import { claims } from '@sigillo/demo/claims';
import { customerCare } from '@sigillo/demo/customer-care';
import { claimsWords } from '../../../apps/demo/src/claims.words.ts';
import { careWords } from '../../../apps/demo/src/customer-care.words.ts';
import { learnedWords } from '../../../apps/demo/src/kit/learned.words.ts';
import { words } from '../../../apps/demo/src/kit/words.ts';
import type { Look } from './looks.ts';
import type { Visitor } from './visitor.ts';

/** What the demonstration portals say in one language. */
export function portalWords({ language }: Look) {
  return {
    ...words[language],
    claims: { ...claimsWords[language], portal: claims.name[language] },
    care: { ...careWords[language], portal: customerCare.name[language] },
    learned: learnedWords[language],
  };
}

/** Everything in the panel "What this portal learned about you". */
export async function readLearned({ page, look }: Visitor): Promise<string> {
  const { title } = learnedWords[look.language];
  return (await page.getByRole('region', { name: title, exact: true }).textContent()) ?? '';
}
