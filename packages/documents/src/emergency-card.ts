import { addBeside, addLink, addList, addParagraph, addTitle } from './blocks.ts';
import { longDate } from './calendar-date.ts';
import { checkedData } from './checked-data.ts';
import type { EmergencyCardData } from './document-data.ts';
import { DocumentDataRefused } from './document-data-refused.ts';
import { documentId } from './document-id.ts';
import { addQrCode } from './qr-code.ts';
import { finishSheet, newSheet, PAGE, type Sheet } from './sheet.ts';
import { type CardTexts, cardTexts } from './texts/card-texts.ts';
import { labels } from './texts/labels.ts';

/** Side of the code and the white that it needs around it, in points. */
const QR = { side: 150, white: 24 };

/** The longest link that leaves the card one page, in code units. Nobody types a longer one from paper. */
const MAX_LINK_LENGTH = 200;

/**
 * One page to keep at home: the link that suspends the identity, as text and as a QR code.
 * The link is a secret: who stores the card keeps it like one.
 *
 * @throws DocumentDataRefused when a text cannot be printed
 */
export function emergencyCard(data: EmergencyCardData): Uint8Array {
  const checked = checkedData(data);
  if (checked.suspensionLink.length > MAX_LINK_LENGTH) {
    throw new DocumentDataRefused('suspensionLink', 'too-long');
  }
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
  addList(sheet, texts.steps.heading, texts.steps.items, 'Decimal');
  addList(sheet, texts.effect.heading, texts.effect.items, 'Disc');
  addList(sheet, texts.keeping.heading, texts.keeping.items, 'Disc');
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
  const y = sheet.y + QR.white;
  addQrCode(sheet, link, texts.code, { x: PAGE.left, y, side: QR.side });
  addBeside(sheet, { label: texts.link, url: link }, { x: PAGE.left + QR.side + QR.white, y: y - 3 });
  sheet.y = Math.max(sheet.y, y + QR.side) + QR.white / 2;
}
