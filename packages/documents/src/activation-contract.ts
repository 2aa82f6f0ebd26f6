import { addFacts, addHeading, addLink, addList, addParagraph, addTitle, type Fact } from './blocks.ts';
import { longDate } from './calendar-date.ts';
import { checkedData } from './checked-data.ts';
import type {
  ActivationContractData,
  Contacts,
  Holder,
  IdentityDocument,
  Provider,
} from './document-data.ts';
import { documentId } from './document-id.ts';
import { finishSheet, newSheet, type Sheet } from './sheet.ts';
import { type ContractTexts, contractTexts } from './texts/contract-texts.ts';
import { type Labels, labels } from './texts/labels.ts';

/** Of the contract's words; it goes up when one of them changes, and is printed. */
const EDITION = 1;

/**
 * The contract that activated a SPID identity, as a tagged PDF.
 * The same data give the same bytes, whatever the clock.
 *
 * @throws DocumentDataRefused when a text cannot be printed
 */
export function activationContract(data: ActivationContractData): Uint8Array {
  const checked = checkedData(data);
  const texts = contractTexts[checked.language];
  const sheet = newSheet(
    {
      title: texts.title,
      language: checked.language,
      createdOn: new Date(`${checked.concludedOn}T00:00:00Z`),
      id: documentId(`activation-contract/${EDITION}`, checked),
    },
    checked.provider.colour,
  );
  const { provider, holder } = checked;
  addTitle(sheet, texts.title, texts.lead(provider.name, fullName(holder)));
  addData(sheet, checked, texts);
  addRules(sheet, checked, texts);
  return finishSheet(sheet, {
    sender: provider.name,
    subject: `${texts.title} · ${checked.identity.spidCode}`,
    pageOf: labels[checked.language].pageOf,
  });
}

/** Who, what and how to reach them: tables. */
function addData(sheet: Sheet, data: ActivationContractData, texts: ContractTexts): void {
  const names = labels[data.language];
  const date = (day: string) => longDate(day, data.language);
  addFacts(sheet, texts.identity, [
    [names.spidCode, data.identity.spidCode],
    [texts.validFrom, date(data.identity.issuedOn)],
    [texts.validUntil, date(data.identity.expiresOn)],
  ]);
  addFacts(sheet, texts.holder, holderFacts(data.holder, names, date));
  addFacts(sheet, texts.document, documentFacts(data.document, names, date));
  addFacts(sheet, texts.contacts, contactFacts(data.contacts, names));
  addFacts(sheet, texts.provider, providerFacts(data.provider, texts.providerName, names));
}

/** What both have agreed on. */
function addRules(sheet: Sheet, data: ActivationContractData, texts: ContractTexts): void {
  const { provider, holder } = data;
  for (const { heading, items } of [texts.duties, texts.providerDuties]) {
    addList(sheet, heading, items, 'Decimal');
  }
  addHeading(sheet, texts.ending.heading);
  for (const paragraph of texts.ending.paragraphs) addParagraph(sheet, paragraph);
  addLink(sheet, provider.helpUrl, texts.ending.help);
  addHeading(sheet, texts.privacy.heading);
  for (const paragraph of texts.privacy.paragraphs) addParagraph(sheet, paragraph);
  addLink(sheet, provider.privacyUrl, texts.privacy.link);
  addHeading(sheet, texts.conclusion.heading);
  const concludedOn = longDate(data.concludedOn, data.language);
  addParagraph(sheet, texts.conclusion.paragraph(concludedOn, provider.name, fullName(holder)));
  addParagraph(sheet, `${texts.edition} ${EDITION}.`);
}

function holderFacts(holder: Holder, names: Labels, date: (day: string) => string): Fact[] {
  const county = holder.countyOfBirth ? ` (${holder.countyOfBirth})` : '';
  return [
    [names.familyName, holder.familyName],
    [names.name, holder.name],
    [names.gender, names.genders[holder.gender]],
    [names.dateOfBirth, date(holder.dateOfBirth)],
    [names.placeOfBirth, `${holder.placeOfBirth}${county}`],
    [names.fiscalNumber, holder.fiscalNumber],
  ];
}

function documentFacts(document: IdentityDocument, names: Labels, date: (day: string) => string): Fact[] {
  return [
    [names.documentType, names.documentTypes[document.type]],
    [names.documentNumber, document.number],
    [names.issuedBy, document.issuer],
    [names.issuedOn, date(document.issuedOn)],
    [names.expiresOn, date(document.expiresOn)],
  ];
}

function contactFacts(contacts: Contacts, names: Labels): Fact[] {
  return known([
    [names.email, contacts.email],
    [names.mobilePhone, contacts.mobilePhone],
    [names.certifiedMail, contacts.certifiedMail],
    [names.domicile, contacts.domicile],
  ]);
}

function providerFacts(provider: Provider, nameLabel: string, names: Labels): Fact[] {
  return known([
    [nameLabel, provider.name],
    [names.address, provider.address],
    [names.email, provider.email],
    [names.certifiedMail, provider.certifiedMail],
    [names.phone, provider.phone],
  ]);
}

function known(facts: readonly (readonly [string, string | undefined])[]): Fact[] {
  return facts.flatMap(([label, value]) => (value === undefined ? [] : [[label, value] as const]));
}

function fullName({ name, familyName }: Holder): string {
  return `${name} ${familyName}`;
}
