import type { ReactElement } from 'react';
import { Route, Routes } from 'react-router';
import { CasePage } from './case.page.tsx';
import { CasesPage } from './cases.page.tsx';
import { NewIdentityPage } from './new-identity.page.tsx';
import { NewReportPage } from './new-report.page.tsx';
import { NewRevocationPage } from './new-revocation.page.tsx';

/** Cases: the queue, one of them, and new ones. */
export function CasesArea(): ReactElement {
  return (
    <Routes>
      <Route index element={<CasesPage />} />
      <Route path="new-identity" element={<NewIdentityPage />} />
      <Route path="new-revocation" element={<NewRevocationPage />} />
      <Route path="new-report" element={<NewReportPage />} />
      <Route path=":id" element={<CasePage />} />
    </Routes>
  );
}
