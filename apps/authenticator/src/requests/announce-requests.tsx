import { type ReactElement, useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { useSay } from '../app/announcements.tsx';
import { touchFeedback } from '../app/touch-feedback.ts';
import { readText } from './request.ts';
import { useRequests, type Waiting } from './requests.tsx';

/** Where requests are before the eyes anyway. */
const IN_SIGHT = /^\/(|requests\/.*|sign-in.*)$/;

/** Says that a request came, with a short tap: to screen readers, and to eyes that are on another screen. */
export function AnnounceRequests(): ReactElement {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const say = useSay();
  const { waiting } = useRequests();
  const known = useRef<readonly string[]>([]);
  const [said, setSaid] = useState('');
  const announce = useEffectEvent(({ request }: Waiting) => {
    const text = t('requests.arrived', { question: readText(request.text).question });
    touchFeedback();
    if (IN_SIGHT.test(pathname)) setSaid(text);
    else say({ text, link: { to: `/requests/${request.id}`, text: t('requests.look') } });
  });
  useEffect(() => {
    const fresh = waiting.find(({ request }) => !known.current.includes(request.id));
    known.current = waiting.map(({ request }) => request.id);
    if (fresh) announce(fresh);
  }, [waiting]);
  return (
    <p className="visually-hidden" role="status">
      {said}
    </p>
  );
}
