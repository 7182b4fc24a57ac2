import type { DiagnosisCode } from '../../model/diagnosis.ts';
import { writeAsPython } from './python-bytes.ts';

/** A mistake that servers are known to make with the bytes of a file. */
interface Mistake {
  readonly code: DiagnosisCode;
  /** What is said where it gives exactly the bytes that came. */
  readonly tell: (name: string) => string;
  /** What the mistake makes of a file; more than one where it can be made in several ways. */
  readonly make: (bytes: Buffer) => readonly Buffer[];
}

/**
 * Finds the mistake that turns a file into just the bytes that came. It is a fact then, and no guess.
 *
 * @param name of the file, as a report names it
 */
export function findMistake(
  came: Buffer,
  bytes: Buffer,
  name: string,
): { readonly code: DiagnosisCode; readonly summary: string } | undefined {
  // What merely stops early may have been cut off just as well as have lost its last line end.
  if (came.equals(bytes.subarray(0, came.byteLength))) return undefined;
  const likely = MISTAKES.filter(({ make }) => mayBe(came, bytes, make));
  const found = likely.find(({ make }) => make(bytes).some((made) => made.equals(came)));
  return found && { code: found.code, summary: found.tell(name) };
}

const [SAMPLE, COMPARED] = [2048, 512];

/** Whether a mistake is worth making with the whole of a large file: its start tells. */
function mayBe(came: Buffer, bytes: Buffer, make: Mistake['make']): boolean {
  if (bytes.byteLength <= 2 * SAMPLE) return true;
  // Not the first bytes, in which what is chosen for the whole may show, as a quotation mark does.
  const start = (each: Buffer): Buffer => each.subarray(2, COMPARED);
  return make(bytes.subarray(0, SAMPLE)).some((made) => start(made).equals(start(came)));
}

const damaged = (how: string) => (name: string) =>
  `${name} was damaged on the way: ${how} gives exactly your bytes.`;

const MISTAKES: readonly Mistake[] = [
  {
    code: 'utf8-body',
    tell: damaged('decoding the file as UTF-8 and encoding it again'),
    make: (bytes) => [Buffer.from(bytes.toString())],
  },
  {
    code: 'utf8-body',
    tell: damaged('decoding the file as UTF-8, leaving out what is none, and encoding it again'),
    // A file that has the sign itself would lose that as well.
    make: (bytes) => [Buffer.from(bytes.toString().replaceAll('\ufffd', ''))],
  },
  {
    code: 'utf8-body',
    tell: (name) => `${name} lost the byte order mark at its start, as decoding it as UTF-8 does.`,
    make: (bytes) => (bytes.toString('latin1', 0, 3) === BOM ? [bytes.subarray(3)] : []),
  },
  {
    code: 'latin1-body',
    tell: damaged('reading it as Latin-1 and sending it as UTF-8'),
    make: (bytes) => [Buffer.from(bytes.toString('latin1'))],
  },
  {
    code: 'latin1-body',
    tell: damaged('reading it as UTF-8 and sending it as Latin-1'),
    make: (bytes) => [Buffer.from(bytes.toString(), 'latin1')],
  },
  {
    code: 'utf8-body',
    tell: damaged('reading it as ASCII'),
    make: (bytes) => [
      // JavaScript drops the highest bit; Python replaces such bytes, or leaves them out.
      Buffer.from(bytes.toString('ascii'), 'latin1'),
      Buffer.from(bytes.toString('latin1').replace(/[\x80-\xff]/g, '\ufffd')),
      Buffer.from(bytes.toString('latin1').replace(/[\x80-\xff]/g, '?')),
      Buffer.from(bytes.toString('latin1').replace(/[\x80-\xff]/g, '')),
    ],
  },
  {
    code: 'newline-translated',
    tell: (name) => `The line ends of ${name} were changed on the way.`,
    make: (bytes) => {
      const text = bytes.toString('latin1');
      const unix = text.replaceAll('\r\n', '\n');
      const made = [unix, unix.replaceAll('\r', '\n')];
      const windows = [text.replaceAll('\n', '\r\n'), unix.replaceAll('\n', '\r\n')];
      return [...made, ...windows].map((each) => Buffer.from(each, 'latin1'));
    },
  },
  {
    code: 'newline-translated',
    tell: (name) => `The line ends of ${name} were lost on the way: its lines came as one.`,
    make: (bytes) => [Buffer.from(bytes.toString('latin1').replace(/\r?\n/g, ''), 'latin1')],
  },
  {
    code: 'body-differs',
    tell: (name) =>
      `What came is ${name} as Python writes bytes out, b'...', and not the bytes themselves.`,
    make: (bytes) => [Buffer.from(writeAsPython(bytes))],
  },
  {
    code: 'body-differs',
    tell: (name) => `What came is ${name} in base64, and not the bytes themselves.`,
    make: (bytes) => [Buffer.from(bytes.toString('base64'))],
  },
  {
    code: 'body-differs',
    tell: (name) => `What came is ${name} as numbers, and not the bytes themselves.`,
    make: (bytes) =>
      // The text of 8 MiB of numbers would be long, and nobody sends it.
      bytes.byteLength > MOST_NUMBERS
        ? []
        : [Buffer.from(bytes.join(',')), Buffer.from(JSON.stringify(bytes))],
  },
  {
    code: 'trailing-bytes',
    tell: (name) => `${name} came twice, one behind the other.`,
    make: (bytes) => [Buffer.concat([bytes, bytes])],
  },
];

const BOM = '\xef\xbb\xbf';
const MOST_NUMBERS = 2 ** 20;
