import englishMethods from '@sigillo/ui/translations/en/ceremony.json' with { type: 'json' };
import english from '@sigillo/ui/translations/en/history.json' with { type: 'json' };
import italianMethods from '@sigillo/ui/translations/it/ceremony.json' with { type: 'json' };
import italian from '@sigillo/ui/translations/it/history.json' with { type: 'json' };
import { csvLine } from '../../../platform/csv.ts';
import { describeBrowser, placeOf } from '../../../platform/http/client-info.ts';
import { type ExportedLine, type ExportPorts, readLines } from './export-history.service.ts';
import type { HistoryFilter } from './history.ports.ts';

type Texts = Readonly<Record<string, string>>;

/** The words of the page, so that file and page say the same. */
const WORDS: Record<'it' | 'en', Texts> = {
  it: { ...italianMethods, ...italian },
  en: { ...englishMethods, ...english },
};

const COLUMNS = [
  ...['when', 'what', 'outcome', 'service', 'level', 'method', 'place', 'address', 'browser', 'system'],
  ...['record', 'block'],
];

/** What a spreadsheet needs to see that a file is UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF';

/** The history for a spreadsheet, piece by piece: times exact (ISO 8601), no value a formula ([WEB-6]). */
export async function* exportCsv(
  ports: ExportPorts,
  accountId: string,
  filter: HistoryFilter,
  language: 'it' | 'en',
): AsyncGenerator<string> {
  const words = WORDS[language];
  yield BYTE_ORDER_MARK + csvLine(COLUMNS.map((column) => words[`history.column-${column}`] ?? column));
  for await (const some of readLines(ports, accountId, filter))
    yield some.map((one) => csvLine(cellsOf(one, words, language))).join('');
}

function cellsOf({ line, service, place }: ExportedLine, words: Texts, language: 'it' | 'en') {
  const { browser, system } = describeBrowser(line.userAgent);
  const { local, country } = placeOf(line.address);
  const isOwn = line.clientId === '';
  return [
    line.at.toISOString(),
    words[`history.kind-${line.kind}`] ?? words['history.kind-other'] ?? line.kind,
    words[`history.outcome-${line.outcome}`] ?? line.outcome,
    (isOwn ? words['history.own-pages'] : service?.name?.[language]) ?? line.clientId,
    line.level ?? '',
    methodOf(line.method, words),
    local ? (words['history.place-local'] ?? '') : (country ?? ''),
    line.address,
    browser,
    system,
    line.id,
    place?.block ?? '',
  ];
}

const methodOf = (method: string | null, words: Texts): string =>
  (method === null
    ? words['history.method-none']
    : (words[`ceremony.method-${method}`] ?? words[`history.method-${method}`])) ??
  method ??
  '';
