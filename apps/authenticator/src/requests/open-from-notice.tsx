import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { useSay } from '../app/announcements.tsx';
import { onHappenedPressed, onNoticePressed } from './notices.ts';
import { useRequests } from './requests.tsx';

/** Whoever pressed a notice wants to see what is asked: the one request opens by itself, several are on the start. */
export function OpenFromNotice(): null {
  const { t } = useTranslation();
  const { search } = useLocation();
  const navigate = useNavigate();
  const say = useSay();
  const { waiting, isLoaded, unreachable } = useRequests();
  const [isWanted, setIsWanted] = useState(new URLSearchParams(search).get('from') === 'notification');
  useEffect(() => onNoticePressed(() => setIsWanted(true)), []);
  useEffect(() => onHappenedPressed(() => void navigate('/what-happened')), [navigate]);
  useEffect(() => {
    if (!isWanted || !isLoaded) return;
    setIsWanted(false);
    const [only, another] = waiting;
    const place = only && !another ? `/requests/${only.request.id}` : '/';
    void navigate(place, { replace: true });
    if (!only && unreachable === 0) say({ text: t('requests.none-left') });
  }, [isWanted, isLoaded, waiting, unreachable, navigate, say, t]);
  return null;
}
