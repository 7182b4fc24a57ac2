const SHOWN_LINES = 12;

/** What says nothing to a student: frames of Node, and what it dumps of an error behind its stack. */
const NODE_LINES = [
  /^\s*$/,
  /^\s+at .*\bnode:/,
  /^Node\.js v/,
  /^Emitted '.*' event\b/,
  /^\s+(?:errno|code|syscall|path|address|port|dest): \S.*$/,
  /^\s*\}$/,
];

/** The last lines that were printed; where they are too many, those from the error's message on. */
export function keepLastLines(text: string): string {
  const lines = text.trimEnd().split('\n');
  const isTold = (line: string): boolean => !NODE_LINES.some((pattern) => pattern.test(line));
  const told = lines.filter(isTold).map((line) => line.replace(/^(\s+at .*) \{$/, '$1'));
  const error = lines.findLastIndex(
    (line, index) => /^\S/.test(line) && /^\s+at /.test(lines[index + 1] ?? ''),
  );
  const above = lines.slice(0, Math.max(0, error)).filter(isTold).length;
  const last = Math.max(0, told.length - SHOWN_LINES);
  const first = error === -1 ? last : Math.min(above, last);
  return told
    .slice(first, first + SHOWN_LINES)
    .join('\n')
    .trim();
}
