import type { ReactElement } from 'react';
import { Route, Routes } from 'react-router';
import { NotFoundPage } from '../../../app/not-found-page.tsx';
import { HolderFilePage } from './holder-file.page.tsx';
import { SearchHoldersPage } from './search-holders.page.tsx';
import { SuspendHolderPage } from './suspend-holder.page.tsx';

/** Finding a holder, and the file that was opened. */
export function HoldersPages(): ReactElement {
  return (
    <Routes>
      <Route index element={<SearchHoldersPage />} />
      <Route path=":file" element={<HolderFilePage />} />
      <Route path=":file/suspend" element={<SuspendHolderPage />} />
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  );
}
