import { type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react';
import { readVideo } from './read-picture.ts';

/** Whether pictures come, may still come, or why they do not. */
export type CameraState = 'starting' | 'running' | 'refused' | 'missing';

/** Time between two looks: quick for the eye, and most of the processor stays free. */
const LOOK_EVERY_MS = 150;

/** Shows the camera in a video element and reads the QR codes in it, as long as it is wanted. */
export function useCamera(
  isWanted: boolean,
  onTexts: (texts: string[]) => void,
): { video: RefObject<HTMLVideoElement | null>; state: CameraState } {
  const video = useRef<HTMLVideoElement>(null);
  const [state, setState] = useState<CameraState>('starting');
  const tell = useEffectEvent(onTexts);

  useEffect(() => {
    if (!isWanted) return;
    const end = new AbortController();
    const run = async (): Promise<void> => {
      const element = video.current;
      const stream = await openCamera(end.signal);
      if (!element || end.signal.aborted) return;
      element.srcObject = stream;
      await element.play();
      setState('running');
      while (!end.signal.aborted) {
        const texts = await readVideo(element);
        if (texts.length > 0 && !end.signal.aborted) tell(texts);
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
      }
    };
    run().catch((error: unknown) => {
      if (end.signal.aborted) return;
      const isRefused = error instanceof DOMException && error.name === 'NotAllowedError';
      setState(isRefused ? 'refused' : 'missing');
    });
    return () => end.abort();
  }, [isWanted]);

  return { video, state };
}

/** The camera at the back where there are two. It is let go when the signal says so, also when it comes late. */
async function openCamera(signal: AbortSignal): Promise<MediaStream> {
  if (!navigator.mediaDevices) throw new DOMException('no camera', 'NotFoundError');
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: false,
    video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } },
  });
  const release = (): void => {
    for (const track of stream.getTracks()) track.stop();
  };
  if (signal.aborted) release();
  else signal.addEventListener('abort', release);
  return stream;
}
