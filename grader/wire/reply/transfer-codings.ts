import { QUOTED, TOKEN } from './grammar.ts';

const CODING = `${TOKEN}(?:[ \\t]*;[ \\t]*${TOKEN}=(?:${TOKEN}|${QUOTED}))*`;
const CODINGS = new RegExp(`^(?:${CODING}(?:[ \\t]*,[ \\t]*${CODING})*)?$`);

/**
 * Reads the value of Transfer-Encoding (RFC 9112, section 6.1).
 *
 * @returns the codings in lower case, with their parameters, in the order in which they were
 *   applied; undefined where it is no list of them, or where `chunked` has a parameter: it knows none
 */
export function readCodings(value: string): readonly string[] | undefined {
  if (!CODINGS.test(value)) return undefined;
  const codings = (value.match(new RegExp(CODING, 'g')) ?? []).map((each) => each.toLowerCase());
  return codings.some((coding) => /^chunked[ \t]*;/.test(coding)) ? undefined : codings;
}
