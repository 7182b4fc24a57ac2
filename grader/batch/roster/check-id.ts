import { quote } from './faults.ts';

const LONGEST_ID = 100;

/** Names that Windows keeps for devices, whatever ending follows. */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\.|$)/i;

/** What is wrong with an id, which names files on every system; undefined where nothing is. */
export function faultOfId(id: string): string | undefined {
  const shown = quote(id);
  if (id === '') return 'the id is empty; give every student one.';
  if (id.length > LONGEST_ID) {
    return `the id ${shown} is longer than ${String(LONGEST_ID)} characters; shorten it.`;
  }
  const reason = REASONS.find(([pattern]) => pattern.test(id))?.[1];
  return reason === undefined
    ? undefined
    : `the id ${shown} ${reason}, so it cannot name a file; choose another.`;
}

const REASONS: readonly (readonly [RegExp, string])[] = [
  [/[/\\]/, 'holds a slash'],
  [/^[.-]/, 'begins with a dot or a dash'],
  [/[\s\p{Cc}\p{Cf}\p{Cs}]/u, 'holds white space or a character that is not shown'],
  [/[<>:"|?*]/, 'holds one of < > : " | ? *'],
  [/\.$/, 'ends with a dot'],
  [DEVICE, 'is the name of a device on Windows'],
];

/** Ids that could name the same file are one; so that upper and lower case are one as well. */
export function foldId(id: string): string {
  return id.normalize('NFC').toLowerCase();
}
