/**
 * What a GitHub runner would obey of a step's output: commands at the start of a line, white space
 * aside, and the older ones anywhere, but nothing between a stop and its token.
 */
export function obeyedCommands(output: string): readonly string[] {
  const obeyed: string[] = [];
  let token: string | undefined;
  for (const line of output.split(/\r\n|[\r\n]/)) {
    const command = line.trimStart();
    if (token !== undefined) {
      if (command.startsWith(`::${token}::`)) token = undefined;
      continue;
    }
    token = /^::stop-commands::(.+)$/.exec(command)?.[1];
    if (token === undefined && /^::|##\[/.test(command)) obeyed.push(line);
  }
  return obeyed;
}
