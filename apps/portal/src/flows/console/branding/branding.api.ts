import { callApi } from '../../../api/call-api.ts';
import type { Answer } from '../../../api/contract.ts';

export type Branding = Answer<'getBranding'>;
export type ChosenBranding = NonNullable<Branding['chosen']>;

const PATH = '/console/branding';

export const getBranding = (): Promise<Branding> => callApi('GET', PATH);

export const setBranding = (chosen: ChosenBranding, approval: string | undefined): Promise<void> =>
  callApi('PUT', PATH, { ...chosen, approval });

export const resetBranding = (approval: string | undefined): Promise<void> =>
  callApi('POST', `${PATH}/reset`, { approval });
