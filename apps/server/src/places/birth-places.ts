/**
 * The name of a place of birth by its Belfiore code: a municipality, also one that is no more, or a foreign state, in
 * Italian as documents have it. The code itself where it is not known.
 */
export async function nameOfBirthPlace(code: string): Promise<string> {
  // Loaded when it is first needed: it is a large table.
  const { belfioreConnector } = await import('@marketto/belfiore-connector-embedded');
  const place = await belfioreConnector.findByCode(code);
  return place ? repaired(place.name) : code;
}

/** A few names were written in UTF-8 and read in Latin-1 where the table was made: `MagrÃ¨` is `Magrè`. */
function repaired(name: string): string {
  return name.includes('Ã') ? Buffer.from(name, 'latin1').toString('utf8') : name;
}
