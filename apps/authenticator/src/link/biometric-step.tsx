import type { ReactElement } from 'react';
import { useNavigate } from 'react-router';
import { BiometricOn } from '../accounts/biometric-on.tsx';
import type { Link } from './use-link.ts';

/** The last step: the device's own lock in place of the code, or later. */
export function BiometricStep({ link }: { link: Link }): ReactElement {
  const navigate = useNavigate();
  const end = async (): Promise<void> => {
    await link.end();
    await navigate('/', { replace: true });
  };
  return <BiometricOn code={link.chosenCode.current} onDone={end} onLater={end} />;
}
