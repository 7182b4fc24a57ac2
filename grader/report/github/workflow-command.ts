/** A command that GitHub Actions takes from a line of a step's output. */
export interface WorkflowCommand {
  readonly name: 'error' | 'warning' | 'notice';
  readonly properties: Readonly<Record<string, string | number>>;
  readonly message: string;
}

/** How many of one kind GitHub shows of a step; those that come later are lost without a word. */
export const MOST_SHOWN = 10;

/** Writes a command in one line, whatever its texts hold. */
export function writeCommand({ name, properties, message }: WorkflowCommand): string {
  const pairs = Object.entries(properties).map(
    ([key, value]) => `${key}=${escape(String(value), PROPERTY)}`,
  );
  return `::${[name, pairs.join(',')].join(' ').trimEnd()}::${escape(message, MESSAGE)}\n`;
}

const MESSAGE = /[%\r\n]/g;
const PROPERTY = /[%\r\n:,]/g;

function escape(text: string, special: RegExp): string {
  return text.replace(special, (character) => {
    const hex = character.charCodeAt(0).toString(16).toUpperCase();
    return `%${hex.padStart(2, '0')}`;
  });
}
