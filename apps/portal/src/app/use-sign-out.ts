import { useNavigate } from 'react-router';
import { queryClient } from './query-client.ts';
import { signOut } from './session.api.ts';

/** Signs out here and says so; nothing of the account stays in the page. */
export function useSignOut(): () => Promise<void> {
  const navigate = useNavigate();
  return async () => {
    try {
      await signOut();
    } finally {
      queryClient.clear();
      await navigate('/signed-out');
    }
  };
}
