/** What a traced program says that it did. It may lie: nothing is believed without a proof. */
export type Note =
  | {
      readonly kind: 'listened';
      /** 0 where the system was to choose one. */
      readonly port: number;
      /** The calls that led to it, the innermost first, each as `file:line:column`. */
      readonly frames: readonly string[];
    }
  | {
      readonly kind: 'wrote';
      /** Its number among those that were accepted, from 1. */
      readonly connection: number;
      /** In bytes. */
      readonly size: number;
      /** SHA-256 of the bytes, in hexadecimal. */
      readonly digest: string;
      /** The calls that led to it, the innermost first, each as `file:line:column`. */
      readonly frames: readonly string[];
    };

const MOST_NOTES = 500;
const FRAME = /^[^\n]{1,1000}:\d{1,9}:\d{1,9}$/;

/** Reads the notes of a program, up to the first that is none. */
export function parseNotes(text: string): readonly Note[] {
  const notes: Note[] = [];
  for (const line of text.split('\n', MOST_NOTES)) {
    const note = parseNote(line);
    if (!note) break;
    notes.push(note);
  }
  return notes;
}

function parseNote(line: string): Note | undefined {
  const fact = parseJson(line);
  if (typeof fact !== 'object' || fact === null) return undefined;
  const { kind, port, connection, size, digest, frames } = fact as Record<string, unknown>;
  if (!areFrames(frames)) return undefined;
  if (kind === 'listened' && (port === 0 || isCount(port))) return { kind, port, frames };
  if (kind !== 'wrote' || !isCount(connection) || !isCount(size)) return undefined;
  if (typeof digest !== 'string' || !/^[0-9a-f]{64}$/.test(digest)) return undefined;
  return { kind, connection, size, digest, frames };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function areFrames(value: unknown): value is readonly string[] {
  return (
    Array.isArray(value) &&
    value.length <= 50 &&
    value.every((each) => typeof each === 'string' && FRAME.test(each))
  );
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}
