import type { ReactElement } from 'react';
import { useNavigate } from 'react-router';
import { BiometricOn } from './biometric-on.tsx';

/** Turns the device's own lock on, from the settings. */
export default function BiometricPage(): ReactElement {
  const navigate = useNavigate();
  const back = async (): Promise<void> => void (await navigate('/settings'));
  return <BiometricOn onDone={back} onLater={back} />;
}
