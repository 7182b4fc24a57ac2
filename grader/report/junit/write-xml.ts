/** An element of XML, not yet written: so nothing that is put into it can be forgotten to escape. */
export interface XmlElement {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string | number>>;
  readonly children?: readonly (XmlElement | string)[];
}

/**
 * Writes a document of XML 1.0. Text is escaped, and characters that XML does not allow, not even as
 * a reference, are left out. An element that holds text keeps it as it is; the others are indented.
 */
export function writeXml(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${writeElement(root, '')}\n`;
}

function writeElement(
  { name, attributes = {}, children = [] }: XmlElement,
  margin: string,
): string {
  const pairs = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${escapeXml(String(value))}"`,
  );
  const tag = `${margin}<${name}${pairs.join('')}`;
  if (children.length === 0) return `${tag}/>`;
  const hasText = children.some((child) => typeof child === 'string');
  const inner = children.map((child) =>
    typeof child === 'string' ? escapeXml(child, TEXT) : writeElement(child, `${margin}  `),
  );
  return hasText
    ? `${tag}>${inner.join('')}</${name}>`
    : [`${tag}>`, ...inner, `${margin}</${name}>`].join('\n');
}

const ILLEGAL = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** In an attribute a reader would make spaces of line ends and tabs. */
const ATTRIBUTE = /[&<>"\t\n\r]/g;

/** In text a reader would make LF of CR. */
const TEXT = /[&<>\r]/g;

function escapeXml(text: string, special = ATTRIBUTE): string {
  return text
    .replace(ILLEGAL, '')
    .replace(
      special,
      (character) => NAMED.get(character) ?? `&#${String(character.charCodeAt(0))};`,
    );
}

const NAMED = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
]);
