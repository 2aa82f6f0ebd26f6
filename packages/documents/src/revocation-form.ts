import { addHeading, addLink, addList, addParagraph, addTitle } from './blocks.ts';
import { longDate, shortDate } from './calendar-date.ts';
import { checkedData } from './checked-data.ts';
import type { Provider, RevocationFormData } from './document-data.ts';
import { documentId } from './document-id.ts';
import { type Form, newForm } from './form.ts';
import { addCheckBoxes, addOneOf } from './form-choices.ts';
import { addFieldRow } from './form-fields.ts';
import { finishSheet, newSheet } from './sheet.ts';
import { type FormTexts, formTexts } from './texts/form-texts.ts';
import { labels } from './texts/labels.ts';

/**
 * The form by which a holder asks for revocation or suspension, filled in with what is known.
 * To be filled in by keyboard (AcroForm) or by pen. The same data give the same bytes.
 *
 * @throws DocumentDataRefused when a text cannot be printed
 */
export function revocationForm(data: RevocationFormData): Uint8Array {
  const checked = checkedData(data);
  const texts = formTexts[checked.language];
  const sheet = newSheet(
    {
      title: texts.title,
      language: checked.language,
      createdOn: new Date(`${checked.madeOn}T00:00:00Z`),
      id: documentId('revocation-form', checked),
    },
    checked.provider.colour,
  );
  const form = newForm(sheet);
  addTitle(sheet, texts.title, texts.lead);
  addRequest(form, texts);
  addHolder(form, checked, texts);
  addReason(form, texts);
  addDocument(form, checked, texts);
  addSigning(form, texts);
  addInstructions(form, checked.provider, texts);
  return finishSheet(sheet, {
    sender: checked.provider.name,
    subject: texts.madeOn(longDate(checked.madeOn, checked.language)),
    pageOf: labels[checked.language].pageOf,
  });
}

function addRequest(form: Form, { request }: FormTexts): void {
  addHeading(form.sheet, request.heading);
  addOneOf(form, 'request', request.tip, [
    { name: 'revocation', label: request.revocation },
    { name: 'suspension', label: request.suspension },
  ]);
  addFieldRow(form, [{ name: 'suspensionDays', label: request.days }], 3);
}

function addHolder(form: Form, data: RevocationFormData, texts: FormTexts): void {
  const names = labels[data.language];
  const { holder = {}, contacts = {} } = data;
  const born = holder.dateOfBirth && shortDate(holder.dateOfBirth);
  addHeading(form.sheet, texts.holder.heading);
  addParagraph(form.sheet, texts.holder.note);
  addFieldRow(form, [
    { name: 'familyName', label: names.familyName, value: holder.familyName },
    { name: 'name', label: names.name, value: holder.name },
  ]);
  addFieldRow(form, [
    { name: 'dateOfBirth', label: `${names.dateOfBirth} ${texts.dateHint}`, value: born },
    { name: 'placeOfBirth', label: names.placeOfBirth, value: holder.placeOfBirth },
  ]);
  addFieldRow(form, [
    { name: 'fiscalNumber', label: names.fiscalNumber, value: holder.fiscalNumber },
    { name: 'spidCode', label: names.spidCode, value: data.spidCode },
  ]);
  addFieldRow(form, [
    { name: 'email', label: names.email, value: contacts.email },
    { name: 'mobilePhone', label: names.mobilePhone, value: contacts.mobilePhone },
  ]);
}

function addReason(form: Form, { reason }: FormTexts): void {
  addHeading(form.sheet, reason.heading);
  addCheckBoxes(form, [
    { name: 'reasonUnused', label: reason.unused },
    { name: 'reasonLost', label: reason.lost },
    { name: 'reasonAbused', label: reason.abused },
    { name: 'reasonOther', label: reason.other },
  ]);
  addFieldRow(form, [{ name: 'explanation', label: reason.more, lines: 3 }]);
}

function addDocument(form: Form, data: RevocationFormData, texts: FormTexts): void {
  const names = labels[data.language];
  const { document } = data;
  const type = document && names.documentTypes[document.type];
  addHeading(form.sheet, texts.document.heading);
  addParagraph(form.sheet, texts.document.note);
  addFieldRow(form, [
    { name: 'documentType', label: names.documentType, value: type },
    { name: 'documentNumber', label: names.documentNumber, value: document?.number },
  ]);
  const expires = document && shortDate(document.expiresOn);
  addFieldRow(form, [
    { name: 'documentIssuer', label: names.issuedBy, value: document?.issuer },
    { name: 'documentExpiry', label: `${names.expiresOn} ${texts.dateHint}`, value: expires },
  ]);
  addCheckBoxes(form, [{ name: 'reportAttached', label: texts.document.report }]);
}

/** All on one page: nobody signs below a declaration that stands elsewhere. */
function addSigning(form: Form, { signature }: FormTexts): void {
  addHeading(form.sheet, signature.heading, 150);
  addParagraph(form.sheet, signature.declaration);
  addFieldRow(form, [
    { name: 'place', label: signature.place },
    { name: 'date', label: signature.date },
  ]);
  addFieldRow(form, [
    { name: 'signature', label: signature.signature, tip: signature.tip, lines: 3, isSignature: true },
  ]);
}

function addInstructions({ sheet }: Form, provider: Provider, texts: FormTexts): void {
  const addresses = [
    provider.certifiedMail && `${provider.certifiedMail} (PEC)`,
    provider.email,
    provider.address,
  ];
  const instructions = texts.instructions.items(addresses.filter(Boolean).join(texts.or));
  addList(sheet, texts.instructions.heading, instructions, 'Decimal');
  addList(sheet, texts.next.heading, texts.next.items, 'Decimal');
  addLink(sheet, provider.helpUrl, texts.next.help);
}
