import QRCode from 'qrcode';
import { type ReactElement, useMemo } from 'react';

/** Modules of white around the symbol (ISO/IEC 18004 asks for four). */
const QUIET_ZONE = 4;

/** A QR code as a drawing. White stays white in the dark theme, since cameras need the quiet zone. */
export default function QrCode({ text, label }: { text: string; label: string }): ReactElement {
  const { size, path } = useMemo(() => drawQrCode(text), [text]);
  const side = size + 2 * QUIET_ZONE;
  return (
    <div className="qr">
      <svg viewBox={`0 0 ${side} ${side}`} role="img" aria-label={label} shapeRendering="crispEdges">
        <title>{label}</title>
        <path fill="#fff" d={`M0 0h${side}v${side}H0z`} />
        <path fill="#000" d={path} transform={`translate(${QUIET_ZONE} ${QUIET_ZONE})`} />
      </svg>
    </div>
  );
}

function drawQrCode(text: string): { size: number; path: string } {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  let path = '';
  for (let y = 0; y < modules.size; y++) {
    for (let x = 0; x < modules.size; x++) {
      if (modules.get(y, x)) path += `M${x} ${y}h1v1h-1z`;
    }
  }
  return { size: modules.size, path };
}
