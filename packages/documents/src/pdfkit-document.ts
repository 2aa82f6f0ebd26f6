import PDFDocument from 'pdfkit';

/** A structure element (ISO 32000-1 §14.7.2), with the dictionary that pdfkit's types leave out. */
export type Tag = PDFKit.PDFStructureElement & { dictionary: { data: Record<string, unknown> } };

/** An object of the file that others refer to. */
export interface Reference {
  data: Record<string, unknown>;
  write(chunk: string | Uint8Array): void;
  end(chunk?: string | Uint8Array): void;
}

/** The face that is set now, as pdfkit embeds it. */
interface EmbeddedFace {
  id: string;
  ref(): Reference;
  /** Glyphs of a text in hexadecimal, to be shown by `Tj`. */
  encode(text: string): [glyphs: string[], positions: unknown];
}

/**
 * pdfkit's document with the members that its types do not show. All that we reach for beneath its surface is named
 * here: the catalogue (form, page mode), the file identifier (pdfkit hashes only the title and date), and the face
 * (to draw what stands in a form field).
 */
export type PdfDocument = PDFKit.PDFDocument & {
  _root: { data: Record<string, unknown> };
  _id: Uint8Array;
  _font: EmbeddedFace;
  _acroform: { fonts: Record<string, unknown>; defaultFont: string };
  ref(data: Record<string, unknown>): Reference;
};

/** What the file says about itself. */
export interface FileProperties {
  title: string;
  language: string;
  /** Shown as the date of creation. */
  createdOn: Date;
  id: Uint8Array;
}

/** Space that pdfkit keeps to itself at the foot; we end our pages far above it, and it never breaks one. */
const PDFKIT_MARGIN = 10;

/**
 * An empty tagged file, PDF/A-2a that says of itself to be PDF/UA-1 too. Streams are not compressed: what zlib makes
 * of the same bytes changes with its version.
 */
export function newPdfDocument(properties: FileProperties): PdfDocument {
  const doc = new PDFDocument({
    size: 'A4',
    margin: PDFKIT_MARGIN,
    pdfVersion: '1.7',
    subset: 'PDF/A-2a',
    tagged: true,
    lang: properties.language,
    displayTitle: true,
    bufferPages: true,
    autoFirstPage: false,
    compress: false,
    // No default face: Helvetica would not be embedded. The types do not know null.
    font: null as unknown as string,
    info: {
      Title: properties.title,
      Creator: 'Sigillo',
      Producer: 'PDFKit',
      CreationDate: properties.createdOn,
    },
  }) as unknown as PdfDocument;
  doc._id = properties.id;
  // Bookmarks are there for who wants them; the pages come first.
  doc._root.data.PageMode = 'UseNone';
  doc.appendXML(PDF_UA);
  return doc;
}

/** The finished file. pdfkit writes at once; the stream only carries it. */
export function bytesOf(doc: PdfDocument): Uint8Array {
  doc.end();
  const bytes: Buffer = doc.read();
  return new Uint8Array(bytes);
}

/** Claims PDF/UA-1 (ISO 14289-1 §5), and explains the claim's schema as PDF/A asks (ISO 19005-2 §6.6.2.3). */
const PDF_UA = `
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
  <pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
  <pdfaExtension:schemas>
    <rdf:Bag>
      <rdf:li rdf:parseType="Resource">
        <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
        <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
        <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
        <pdfaSchema:property>
          <rdf:Seq>
            <rdf:li rdf:parseType="Resource">
              <pdfaProperty:name>part</pdfaProperty:name>
              <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
              <pdfaProperty:category>internal</pdfaProperty:category>
              <pdfaProperty:description>Part of ISO 14289 that is conformed to</pdfaProperty:description>
            </rdf:li>
          </rdf:Seq>
        </pdfaSchema:property>
      </rdf:li>
    </rdf:Bag>
  </pdfaExtension:schemas>
</rdf:Description>
`;
