/** A country by its name in the language of the page: "Italy". */
export function countryName(country: string | null | undefined, language: string): string | undefined {
  return country ? new Intl.DisplayNames([language], { type: 'region' }).of(country) : undefined;
}
