import type { ReplyFault } from './fault.ts';
import type { HeaderLine } from './header-line.ts';

/** How a reader knows where the body ends (RFC 9112, section 6.3). */
export type Framing =
  | { readonly kind: 'none' }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'close' }
  /** `length` is in bytes, as Content-Length declares it. */
  | { readonly kind: 'length'; readonly length: number };

/** Tells a body's framing from a final reply's status and headers, or the fault in them. */
export function chooseFraming(
  status: number,
  headers: readonly HeaderLine[],
): Framing | ReplyFault {
  const lengths = named(headers, 'content-length');
  const [declared, again] = lengths;
  const [coding] = named(headers, 'transfer-encoding').slice(-1);
  if (declared && coding) {
    return fault(
      'wrong-header',
      declared,
      'Your reply has both Content-Length and Transfer-Encoding. Only one may say where it ends.',
    );
  }
  if (declared && again) {
    return fault('repeated-header', again, 'Your reply declares Content-Length more than once.');
  }
  if (declared && !/^[0-9]{1,15}$/.test(declared.value)) {
    const summary = 'The value of Content-Length is not a number of bytes in decimal digits.';
    return {
      ...fault('wrong-header', declared, summary),
      caption: 'digits alone were expected',
    };
  }
  if (status === 204 || status === 304) return { kind: 'none' };
  if (declared) return { kind: 'length', length: Number(declared.value) };
  const chunked = coding !== undefined && /(?:^|,)[ \t]*chunked$/i.test(coding.value);
  return { kind: chunked ? 'chunked' : 'close' };
}

/** The header lines of one name, whatever its case. @param name in lower case */
export function named(headers: readonly HeaderLine[], name: string): HeaderLine[] {
  return headers.filter((header) => header.name.toLowerCase() === name);
}

function fault(code: ReplyFault['code'], header: HeaderLine, summary: string): ReplyFault {
  const length = Math.max(1, header.value.length);
  return {
    code,
    offset: header.valueOffset,
    length,
    summary,
    caption: header.value === '' ? 'nothing stands here' : 'this is the header in question',
  };
}
