import type { PlacesView } from '../../../api/contract.ts';

/** A municipality of Italy, as it is offered. */
export interface Municipality {
  id: string;
  /** Its name. */
  text: string;
  /** The letters of its province. */
  detail: string;
}

/** More than a person reads; who looks for something else types on. */
const MOST_FOUND = 40;

interface Entry extends Municipality {
  search: string;
}

/** All municipalities, ready to be searched. */
export function municipalitiesOf({ provinces }: PlacesView): Entry[] {
  return provinces.flatMap(({ code, municipalities }) =>
    municipalities.map((text) => ({ id: `${code} ${text}`, text, detail: code, search: fold(text) })),
  );
}

/** Those that begin with what was typed, then those that contain it; without regard to accents and apostrophes. */
export function findMunicipalities(all: readonly Entry[], typed: string): Municipality[] {
  const wanted = fold(typed);
  if (wanted === '') return [];
  const first = all.filter(({ search }) => search.startsWith(wanted));
  const then = wanted.length < 3 ? [] : all.filter(({ search }) => search.indexOf(wanted) > 0);
  // The shorter the name, the more of it was typed.
  return [...first.sort((a, b) => a.text.length - b.text.length), ...then].slice(0, MOST_FOUND);
}

/** The only one of a name, if it is the only one. */
export function municipalityNamed(all: readonly Entry[], name: string): Municipality | undefined {
  const wanted = fold(name);
  const found = all.filter(({ search }) => search === wanted);
  return found.length === 1 ? found[0] : undefined;
}

/** Letters and digits alone, without accents: "Forli'" finds "Forlì". */
function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}
