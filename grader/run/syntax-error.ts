/**
 * Finds in what a program printed that it could not be read at all; one that threw such an error
 * while it ran, say of JSON, has crashed.
 *
 * @returns the message, without the error's name
 */
export function findSyntaxError(text: string): string | undefined {
  const lines = text.split('\n');
  return findLoaderError(lines) ?? findInterpreterError(lines);
}

/** What tsx says of a file that it cannot read. */
function findLoaderError(lines: readonly string[]): string | undefined {
  const at = lines.findIndex((line) => /\bTransform failed with \d+ errors?:$/.test(line));
  const told = at === -1 ? undefined : lines[at + 1];
  return told === undefined ? undefined : /:\d+:\d+: ERROR: (.*)/.exec(told)?.[1];
}

function findInterpreterError(lines: readonly string[]): string | undefined {
  const at = lines.findLastIndex((line) => NAMED.test(line));
  const [, message] = NAMED.exec(lines[at] ?? '') ?? [];
  const place = lines.slice(0, Math.max(0, at)).findLast((line) => PYTHON_PLACE.test(line));
  // Python says in which call an error was thrown, but for one of reading the file.
  if (place !== undefined) return /, in .*$|"<\w+>"/.test(place) ? undefined : message;
  const frame = lines.slice(at + 1).find((line) => /^\s+at /.test(line));
  return frame === undefined || OF_LOADER.test(frame) ? message : undefined;
}

const NAMED = /^\s*(?:SyntaxError|IndentationError|TabError)(?: \[\w+\])?: ?(.*)$/;
const PYTHON_PLACE = /^\s*File ".*", line \d+/;
/** The innermost frame of Node's where it is a file that cannot be read. */
const OF_LOADER = /\(?node:internal\/(?:modules|vm|process)\b/;
