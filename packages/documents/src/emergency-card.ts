import { addBeside, addHeading, addLink, addList, addParagraph, addTitle } from './blocks.ts';
import { longDate } from './calendar-date.ts';
import { checkedData } from './checked-data.ts';
import type { EmergencyCardData } from './document-data.ts';
import { documentId } from './document-id.ts';
import { addQrCode } from './qr-code.ts';
import { finishSheet, newSheet, PAGE, type Sheet } from './sheet.ts';
import { type CardTexts, cardTexts } from './texts/card-texts.ts';
import { labels } from './texts/labels.ts';

/** Side of the code, in points: read from a hand's distance even when it holds 500 characters. */
const QR_SIDE = 168;

/**
 * One page to keep at home: the link that suspends the identity, as text and as a QR code.
 * The link is a secret: who stores the card keeps it like one.
 *
 * @throws DocumentDataRefused when a text cannot be printed
 */
export function emergencyCard(data: EmergencyCardData): Uint8Array {
  const checked = checkedData(data);
  const texts = cardTexts[checked.language];
  const sheet = newSheet(
    {
      title: texts.title,
      language: checked.language,
      createdOn: new Date(`${checked.madeOn}T00:00:00Z`),
      id: documentId('emergency-card', checked),
    },
    checked.provider.colour,
  );
  addTitle(sheet, texts.title, texts.lead);
  addCode(sheet, checked.suspensionLink, texts);
  for (const { heading, items } of [texts.steps, texts.effect, texts.keeping]) {
    addHeading(sheet, heading);
    addList(sheet, items, heading === texts.steps.heading ? 'Decimal' : 'Disc');
  }
  const { email, phone, helpUrl } = checked.provider;
  sheet.y += 10;
  addParagraph(sheet, texts.contacts([phone, email].filter(Boolean).join(', ')));
  addLink(sheet, helpUrl, texts.help);
  return finishSheet(sheet, {
    sender: checked.provider.name,
    subject: texts.madeOn(longDate(checked.madeOn, checked.language)),
    pageOf: labels[checked.language].pageOf,
  });
}

/** The code, and the link as text beside it. */
function addCode(sheet: Sheet, link: string, texts: CardTexts): void {
  const y = sheet.y + 14;
  addQrCode(sheet, link, texts.code, { x: PAGE.left, y, side: QR_SIDE });
  addBeside(sheet, { label: texts.link, url: link }, { x: PAGE.left + QR_SIDE + 16, y: y + 22 });
  sheet.y = Math.max(sheet.y, y + QR_SIDE);
}
