import { newDeviceKeys } from '@sigillo/device-protocol';
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { DeviceProblem } from '../linked/device-problem.ts';
import type { LinkDraft, LinkProgress } from '../linked/link-draft.ts';
import { useLinkedStore } from '../linked/use-linked-accounts.ts';
import { type Installation, readInstallation } from './installation.ts';

/** A set-up that is under way, and what keeps it. */
export interface Link {
  draft: LinkDraft;
  /** Keeps what changed, so that it is there after a reload. */
  update(change: Partial<LinkProgress>): Promise<void>;
  /** The unlock code that was just chosen, in memory alone: for the step after it. */
  chosenCode: RefObject<string | undefined>;
  /** Begins anew, with other keys. */
  restart(change?: Partial<LinkProgress>): Promise<void>;
  /** Forgets it: it is done, or given up. */
  end(): Promise<void>;
}

/** The set-up that was left, else a new one; `unreachable` when it is not known yet whom to link with. */
export function useLink(): Link | 'reading' | 'unreachable' {
  const store = useLinkedStore();
  const [draft, setDraft] = useState<LinkDraft>();
  const [isUnreachable, setIsUnreachable] = useState(false);
  const chosenCode = useRef<string>(undefined);
  const keep = useCallback(
    async (next: LinkDraft) => {
      // Before it is shown: whoever loads the page again finds what was there.
      await store.keepDraft(next);
      setDraft(next);
    },
    [store],
  );
  useEffect(() => {
    const begin = async (): Promise<void> => {
      const left = await store.draft();
      if (left) return setDraft(left);
      await keep(await newDraft(await readInstallation()));
    };
    begin().catch((error: unknown) => {
      if (!(error instanceof DeviceProblem)) throw error;
      setIsUnreachable(true);
    });
  }, [store, keep]);
  if (!draft) return isUnreachable ? 'unreachable' : 'reading';
  return {
    draft,
    chosenCode,
    update: (change) => keep({ ...draft, ...change }),
    restart: async (change = {}) => {
      const fresh = await newDraft({ issuer: draft.issuer, name: draft.service });
      await keep({ ...fresh, identifier: draft.identifier, name: draft.name, ...change });
    },
    end: () => store.keepDraft(undefined),
  };
}

async function newDraft({ issuer, name }: Installation): Promise<LinkDraft> {
  return {
    keys: await newDeviceKeys(),
    way: 'credentials',
    issuer,
    service: name,
    step: 'credentials',
    identifier: '',
    code: null,
    chosen: null,
    issuerKey: null,
    account: null,
    name: '',
    wantsNotices: false,
    noticesFailed: false,
    linked: null,
  };
}
