import { type LiveBrand, liveBrand } from '../branding/live-brand.ts';
import { SECOND_MS } from '../platform/clock/clock.ts';
import type { Jobs } from '../platform/jobs/jobs.ts';
import { chosenBrandStore } from '../stores/console/chosen-brand.store.ts';
import { readBrand } from './brand.ts';
import type { Platform } from './platform.ts';

/** How soon a node looks as it was decided at another one. */
const LOOK_MS = 2 * SECOND_MS;

/** The brand of this node: its brand file, and what administrators chose since, looked at again every few seconds. */
export async function openBrand({ config, single }: Platform, jobs: Jobs): Promise<LiveBrand> {
  const live = liveBrand(readBrand(config));
  const look = async () => live.use(await single((tx) => chosenBrandStore.find(tx)));
  await look();
  jobs.every('look-at-brand', LOOK_MS, look);
  return live;
}
