import type { Tag } from './pdfkit-document.ts';
import {
  drawArtifact,
  heightOfText,
  INK,
  MEASURE,
  makeRoom,
  PAGE,
  type Setting,
  type Sheet,
  setText,
} from './sheet.ts';

/** How text of a kind is set, but for its place. */
type Style = Omit<Setting, 'x' | 'y' | 'width'>;

const TITLE: Style = { size: 22, weight: 'bold', leading: 1.2 };
const SECTION: Style = { size: 13, weight: 'bold', leading: 1.3 };
const LEAD: Style = { size: 11.5, leading: 1.5 };
const BODY: Style = { size: 10 };
const LABEL: Style = { size: 9.5, colour: INK.quiet };
/** To be typed from paper. */
const COPIED: Style = { size: 15, weight: 'bold', leading: 1.5, isAddress: true };
const VALUE: Style = { size: 10.5, weight: 'bold' };

/** Nothing but its heading never ends a page. */
const ROOM_AFTER_HEADING = 60;

/** A section up to this high stays on one page with its heading. */
const TOGETHER = 300;

/** The title of the document, with a sentence that says what it is. */
export function addTitle(sheet: Sheet, title: string, lead: string): void {
  addText(sheet, 'H1', title, { ...TITLE, colour: sheet.colour });
  sheet.y += 6;
  addText(sheet, 'P', lead, LEAD);
}

/** The heading of a section, with its bookmark. */
export function addHeading(sheet: Sheet, heading: string, roomAfter = ROOM_AFTER_HEADING): void {
  sheet.y += 17;
  makeRoom(sheet, roomAfter + heightOfText(sheet, heading, { ...SECTION, width: MEASURE }));
  const bookmark = { top: Math.max(0, sheet.y - 10), fit: false, zoom: null };
  sheet.doc.outline.addItem(heading, bookmark as object);
  addText(sheet, 'H2', heading, SECTION);
  sheet.y += 4;
}

/** A paragraph. */
export function addParagraph(sheet: Sheet, text: string): void {
  addText(sheet, 'P', text, BODY);
  sheet.y += 5;
}

/** One text across the page, tagged, on a page that has room for all of it. */
function addText(sheet: Sheet, type: string, text: string, style: Style): void {
  const height = heightOfText(sheet, text, { ...style, width: MEASURE });
  makeRoom(sheet, height);
  const place = { ...style, x: PAGE.left, y: sheet.y, width: MEASURE };
  sheet.root.add(sheet.doc.struct(type, {}, () => setText(sheet, text, place)));
  sheet.y += height;
}

/** A section that is a list with numbers or bullets. */
export function addList(
  sheet: Sheet,
  heading: string,
  items: readonly string[],
  kind: 'Decimal' | 'Disc',
): void {
  const heights = items.map((item) => heightOfItem(sheet, item));
  addHeading(sheet, heading, Math.min(TOGETHER, sum(heights)));
  const list = sheet.doc.struct('L') as Tag;
  list.dictionary.data.A = { O: 'List', ListNumbering: kind };
  sheet.root.add(list);
  for (const [index, item] of items.entries())
    addItem(sheet, list, kind === 'Disc' ? '•' : `${index + 1}.`, item);
  list.end();
}

function addItem(sheet: Sheet, list: Tag, label: string, text: string): void {
  const { doc } = sheet;
  const height = heightOfItem(sheet, text);
  makeRoom(sheet, height);
  const y = sheet.y;
  const labelStyle = { ...BODY, weight: 'bold', colour: sheet.colour } as const;
  const drawLabel = () => setText(sheet, label, { ...labelStyle, x: PAGE.left, y, width: INDENT });
  const drawText = () => setText(sheet, text, { ...BODY, x: PAGE.left + INDENT, y, width: MEASURE - INDENT });
  list.add(doc.struct('LI', {}, [doc.struct('Lbl', {}, drawLabel), doc.struct('LBody', {}, drawText)]));
  sheet.y += height;
}

const INDENT = 20;

function heightOfItem(sheet: Sheet, text: string): number {
  return heightOfText(sheet, text, { ...BODY, width: MEASURE - INDENT }) + 4;
}

function sum(heights: readonly number[]): number {
  return heights.reduce((total, height) => total + height, 0);
}

/** A fact: what it is, and its value. */
export type Fact = readonly [label: string, value: string];

/** A section that is a table of facts: each row has a header cell and its value. */
export function addFacts(sheet: Sheet, heading: string, facts: readonly Fact[]): void {
  addHeading(sheet, heading, Math.min(TOGETHER, sum(facts.map((fact) => heightOfFact(sheet, fact)))));
  const table = sheet.doc.struct('Table') as Tag;
  sheet.root.add(table);
  for (const fact of facts) addFact(sheet, table, fact);
  table.end();
}

/** Measures of a row. */
const ROW = { label: 158, value: PAGE.left + 170, padding: 4.5 };

function addFact(sheet: Sheet, table: Tag, fact: Fact): void {
  const { doc } = sheet;
  const [label, value] = fact;
  const height = heightOfFact(sheet, fact);
  makeRoom(sheet, height);
  const y = sheet.y + ROW.padding;
  // A little lower: the smaller label stands on the value's baseline.
  const drawLabel = () => setText(sheet, label, { ...LABEL, x: PAGE.left, y: y + 0.9, width: ROW.label });
  const drawValue = () => setText(sheet, value, { ...VALUE, x: ROW.value, y, width: PAGE.right - ROW.value });
  const header = doc.struct('TH', { scope: 'Row' } as object, drawLabel);
  table.add(doc.struct('TR', {}, [header, doc.struct('TD', {}, drawValue)]));
  sheet.y += height;
  const { y: ruleY } = sheet;
  drawArtifact(sheet, () => {
    doc.moveTo(PAGE.left, ruleY).lineTo(PAGE.right, ruleY).lineWidth(0.5).stroke(INK.rule);
  });
}

function heightOfFact(sheet: Sheet, [label, value]: Fact): number {
  const labelHeight = heightOfText(sheet, label, { ...LABEL, width: ROW.label });
  const valueHeight = heightOfText(sheet, value, { ...VALUE, width: PAGE.right - ROW.value });
  return Math.max(labelHeight, valueHeight) + 2 * ROW.padding;
}

/** A link on a line of its own: what it leads to, and its address written out so that it serves on paper too. */
export function addLink(sheet: Sheet, url: string, description: string): void {
  const text = `${description}: ${url}`;
  const style = { ...BODY, colour: sheet.colour, isAddress: true };
  const height = heightOfText(sheet, text, { ...style, width: MEASURE });
  makeRoom(sheet, height);
  setLink(sheet, { text, url, description }, { ...style, x: PAGE.left, y: sheet.y, width: MEASURE }, height);
  sheet.y += height + 5;
}

/** A link to be copied by hand, under its label, beside what stands to its left. Ends where it ends. */
export function addBeside(
  sheet: Sheet,
  link: { label: string; url: string },
  place: { x: number; y: number },
): void {
  const { label, url } = link;
  const width = PAGE.right - place.x;
  const heading = { ...LABEL, ...place, width };
  sheet.root.add(sheet.doc.struct('P', {}, () => setText(sheet, label, heading)));
  const y = place.y + heightOfText(sheet, label, { ...LABEL, width });
  const style = { ...COPIED, width };
  const height = heightOfText(sheet, url, style);
  setLink(sheet, { text: url, url, description: label }, { ...style, x: place.x, y }, height);
  sheet.y = y + height;
}

/** What a link shows, where it leads, and what that is. */
interface Link {
  text: string;
  url: string;
  description: string;
}

function setLink(sheet: Sheet, { text, url, description }: Link, setting: Setting, height: number): void {
  const { doc } = sheet;
  const paragraph = doc.struct('P');
  const link = doc.struct('Link');
  sheet.root.add(paragraph);
  paragraph.add(link);
  link.add(() => setText(sheet, text, setting));
  const width = Math.min(setting.width, doc.widthOfString(text));
  const options = { structParent: link, Contents: new String(description) };
  doc.link(setting.x, setting.y, width, height, url, options as object);
  paragraph.end();
}
