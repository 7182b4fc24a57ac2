import { UsageError } from '../model/errors.ts';

/** Reads `--port`; 0, for any that is free, where it is not given. @throws UsageError */
export function readPort(text: string | undefined): number {
  if (text === undefined) return 0;
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new UsageError(`--port ${text} is no port; write for example --port 8080.`);
}
