import type { ReactElement } from 'react';
import { Route, Routes } from 'react-router';
import { NotFoundPage } from '../../app/not-found-page.tsx';
import { ConfirmPage } from './confirm/confirm.page.tsx';
import { RegisterPage } from './register/register.page.tsx';
import { SentPage } from './sent/sent.page.tsx';

/** Registration: the form, "check your mail", the address confirmed. */
export default function RegisterArea(): ReactElement {
  return (
    <Routes>
      <Route index element={<RegisterPage />} />
      <Route path="sent" element={<SentPage />} />
      <Route path="confirm" element={<ConfirmPage />} />
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  );
}
