import type { ReactElement } from 'react';
import { Route, Routes } from 'react-router';
import { NotFoundPage } from '../../app/not-found-page.tsx';
import { SignedInArea } from '../../area/signed-in-area.tsx';
import { CodesPage } from './codes/codes.page.tsx';
import { ContactsPage } from './contacts/contacts.page.tsx';
import { DataPage } from './data/data.page.tsx';
import { DocumentPage } from './document/document.page.tsx';
import { HistoryPage } from './history/history.page.tsx';
import { HomePage } from './home/home.page.tsx';
import { PLACES } from './places.ts';
import { ResidencePage } from './residence/residence.page.tsx';
import { RevokePage } from './revoke/revoke.page.tsx';
import { SuspendPage } from './suspend/suspend.page.tsx';

/** Self-care: the digital identity, and what its holder does about it. */
export default function SelfCareArea(): ReactElement {
  return (
    <SignedInArea area="selfcare" places={PLACES}>
      <Routes>
        <Route index element={<HomePage />} />
        <Route path="data" element={<DataPage />} />
        <Route path="codes" element={<CodesPage />} />
        <Route path="revoke" element={<RevokePage />} />
        <Route path="contacts" element={<ContactsPage />} />
        <Route path="contacts/residence" element={<ResidencePage />} />
        <Route path="document" element={<DocumentPage />} />
        <Route path="history" element={<HistoryPage />} />
        <Route path="suspend" element={<SuspendPage />} />
        <Route path="*" element={<NotFoundPage />} />
      </Routes>
    </SignedInArea>
  );
}
