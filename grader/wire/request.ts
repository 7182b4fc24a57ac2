/** A request as it goes out, with the words by which a report names it. */
export interface Request {
  /** For example `GET /images/`. */
  readonly name: string;
  readonly bytes: Buffer;
}

export interface RequestOptions {
  /** The Host header's value. */
  readonly host: string;
  readonly body?: string;
}

/**
 * Makes a request with the headers of an ordinary browser. The path goes out exactly as given, so
 * that one can be asked for which no browser would send.
 */
export function browserRequest(method: string, path: string, options: RequestOptions): Request {
  const body = Buffer.from(options.body ?? '');
  const lines = [
    `${method} ${path} HTTP/1.1`,
    `Host: ${options.host}`,
    'User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0',
    'Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/png,image/jpeg,*/*;q=0.8',
    'Accept-Language: en-US,en;q=0.5',
    'Accept-Encoding: identity',
    'Connection: keep-alive',
    'Upgrade-Insecure-Requests: 1',
    'Sec-Fetch-Dest: document',
    'Sec-Fetch-Mode: navigate',
    'Sec-Fetch-Site: none',
    'Sec-Fetch-User: ?1',
    ...(options.body === undefined
      ? []
      : [
          'Content-Type: application/x-www-form-urlencoded',
          `Content-Length: ${String(body.byteLength)}`,
        ]),
  ];
  return { name: `${method} ${path}`, bytes: lengthOtherThan1024(lines, body) };
}

/** A program that calls recv(1024) until less comes would hang on a request of just that length. */
function lengthOtherThan1024(lines: readonly string[], body: Buffer): Buffer {
  const bytes = Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), body]);
  return bytes.byteLength % 1024 === 0 ? lengthOtherThan1024([...lines, 'DNT: 1'], body) : bytes;
}
