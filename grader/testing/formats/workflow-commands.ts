/** A command as the runner of GitHub Actions takes it from a line. */
export interface ReadCommand {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

/**
 * Reads what a step prints as the runner does: a line whose first characters, blanks left out, are
 * two colons is a command, and so is whatever follows `##[` in a line that is none; but not where
 * commands were stopped.
 */
export function readCommands(text: string): readonly ReadCommand[] {
  let stopped: string | undefined;
  return text.split(/\r\n|\r|\n/).flatMap((line) => {
    const command = readLine(line.trimStart()) ?? readOldLine(line);
    if (stopped !== undefined) {
      if (command?.name === stopped) stopped = undefined;
      return [];
    }
    if (command?.name === 'stop-commands') stopped = command.message;
    return command ? [command] : [];
  });
}

function readLine(line: string): ReadCommand | undefined {
  const end = line.indexOf('::', 2);
  if (!line.startsWith('::') || end === -1) return undefined;
  const [name = '', ...words] = line.slice(2, end).split(' ');
  const pairs = words
    .join(' ')
    .split(',')
    .filter((pair) => pair !== '');
  const properties = pairs.map((pair) => {
    const [key = '', ...value] = pair.split('=');
    return [key, unescape(value.join('='))] as const;
  });
  const message = unescape(line.slice(end + 2));
  return { name, properties: Object.fromEntries(properties), message };
}

function readOldLine(line: string): ReadCommand | undefined {
  const [, name, message = ''] = /##\[([^\]\s]+)[^\]]*\](.*)/.exec(line) ?? [];
  return name === undefined ? undefined : { name, properties: {}, message };
}

function unescape(text: string): string {
  return text.replace(/%(0D|0A|3A|2C|25)/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
