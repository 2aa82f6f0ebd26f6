import { callApi } from '../../../api/call-api.ts';
import type { PlacesView, ResidenceView } from '../../../api/contract.ts';

/** Where the holder lives; null where it is not known. */
export async function getResidence(): Promise<ResidenceView | null> {
  const { residence } = await callApi<{ residence: ResidenceView | null }>('GET', '/selfcare/residence');
  return residence;
}

export function changeResidence(residence: ResidenceView): Promise<void> {
  return callApi('PUT', '/selfcare/residence', residence);
}

/** What one may choose from: countries, and the provinces and municipalities of Italy. */
export function getPlaces(): Promise<PlacesView> {
  return callApi('GET', '/places');
}
