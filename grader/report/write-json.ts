/** A record as JSON, indented, with a line end behind it. */
export function writeJson(record: object): string {
  return `${JSON.stringify(record, undefined, 2)}\n`;
}
