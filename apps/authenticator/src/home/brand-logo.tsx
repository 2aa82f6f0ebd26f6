import { type ReactElement, useState } from 'react';

/** The installation's logo; nothing where it has none. */
export function BrandLogo(): ReactElement | null {
  const [isMissing, setIsMissing] = useState(false);
  if (isMissing) return null;
  return <img src="/brand/logo.svg" alt="" width="112" height="112" onError={() => setIsMissing(true)} />;
}
