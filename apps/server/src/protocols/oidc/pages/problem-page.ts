import type { ProblemPage } from '../../../platform/http/answer-problem.ts';
import { translator } from '../../../platform/messages/templates/translate.ts';
import { errorContent } from './error-page.ts';
import { browserLanguage } from './language.ts';
import { layout, type Page } from './layout.ts';

const TOO_MANY = 429;

/** How OAuth calls it (RFC 6749 §4.1.2.1). */
function codeOf(status: number): string {
  if (status === 503 || status === TOO_MANY) return 'temporarily_unavailable';
  return status >= 500 ? 'server_error' : 'invalid_request';
}

/** What a browser is shown where the server refuses a request before the library has it: the library's own page. */
export function problemPage(brand: Page['brand']): ProblemPage {
  return (request, problem) => {
    const language = browserLanguage(request);
    const t = translator(language);
    const [code, description] = [codeOf(problem.status), problem.title];
    const part = errorContent({
      ...{ t, language, error: problem, code, description },
      ...{ requestId: request.id, party: undefined },
    });
    return { language, html: layout({ language, t, brand, ...part }) };
  };
}
