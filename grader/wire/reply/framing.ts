import type { HeaderLine } from './header-line.ts';
import { readCodings } from './transfer-codings.ts';

/** How a reader knows where the body ends (RFC 9112, section 6.3). */
export type Framing =
  | { readonly kind: 'none' }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'close' }
  /** `length` is in bytes, as Content-Length declares it. */
  | { readonly kind: 'length'; readonly length: number };

/** Tells a body's framing from a reply's status and headers, which are without fault. */
export function chooseFraming(status: number, headers: readonly HeaderLine[]): Framing {
  if (status < 200 || status === 204 || status === 304) return { kind: 'none' };
  const [declared] = named(headers, 'content-length');
  if (declared) return { kind: 'length', length: Number(declared.value) };
  const [coding] = named(headers, 'transfer-encoding').slice(-1);
  const last = coding && readCodings(coding.value)?.at(-1);
  return { kind: last === 'chunked' ? 'chunked' : 'close' };
}

/** The header lines of one name, whatever its case. @param name in lower case */
export function named(headers: readonly HeaderLine[], name: string): HeaderLine[] {
  return headers.filter((header) => header.name.toLowerCase() === name);
}
