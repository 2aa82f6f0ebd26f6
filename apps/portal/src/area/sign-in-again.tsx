import type { ReactElement } from 'react';
import { Navigate, useLocation } from 'react-router';
import { queryString } from '../api/query-string.ts';

/** The session ended meanwhile: sign in and come back here. */
export function SignInAgain(): ReactElement {
  const { pathname, search } = useLocation();
  return <Navigate to={`/sign-in${queryString({ returnTo: pathname + search, ended: 'idle' })}`} replace />;
}
