import type { DiagnosisCode } from '../model/diagnosis.ts';

/** A check as a generated class is asked it. */
export interface BelievableCheck {
  readonly name: string;
  readonly title: string;
  readonly points: number;
  readonly bonus?: boolean;
  /** From 0, which everyone passes, to 100, which nobody does. */
  readonly difficulty: number;
  readonly mistakes: readonly Mistake[];
}

interface Mistake {
  readonly code: DiagnosisCode;
  readonly summary: string;
  /** What the server answers. */
  readonly reply?: string;
  /** Where that is wrong, and what stands under it. */
  readonly offset?: number;
  readonly caption?: string;
}

export interface BelievableStage {
  readonly id: string;
  readonly title: string;
  readonly checks: readonly BelievableCheck[];
}

const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n';

const lfOnly: Mistake = {
  code: 'lf-only',
  summary: 'Your status line ends with LF alone. HTTP lines end with CR LF.',
  reply: 'HTTP/1.1 200 OK\nContent-Type: text/html\n\n<h1>Hello</h1>\n',
  offset: 15,
  caption: 'byte 15 is 0a; 0d 0a was expected',
};
const noStatusLine: Mistake = {
  code: 'no-status-line',
  summary: 'Your reply begins with "<h1>Hello</h1>", where a status line was expected.',
  reply: '<h1>Hello</h1>\n',
  offset: 0,
};
const inCharacters: Mistake = {
  code: 'length-in-characters',
  summary: 'Content-Length is 324, which is the number of characters. The body has 327 bytes.',
  reply: `${HEAD}Content-Length: 324\r\n\r\n<h1>Héllo</h1>\n`,
  offset: 58,
  caption: '327 bytes follow the blank line',
};
const silent: Mistake = {
  code: 'silent',
  summary: 'Your server took the connection, and no byte came within 3 seconds.',
};
const crashed: Mistake = {
  code: 'crashed',
  summary: 'Your program died of this request: TypeError: path is undefined.',
};
const utf8Body: Mistake = {
  code: 'utf8-body',
  summary: 'The body is birds.png, decoded as UTF-8 and encoded again: 4,812 bytes became 8,611.',
  reply: `${HEAD}\r\n\ufffdPNG\r\n`,
  offset: 43,
  caption: 'ef bf bd; 89 was expected',
};
const escaped: Mistake = {
  code: 'escaped-web-root',
  summary: 'GET /../secret.txt showed a file outside web/.',
};

export const BELIEVABLE_STAGES: readonly BelievableStage[] = [
  {
    id: 'echo_server',
    title: 'sends back exactly what arrives',
    checks: [
      {
        ...{ name: 'listens-where-told', title: 'listens on the port it is given', points: 1 },
        difficulty: 4,
        mistakes: [{ code: 'wrong-port', summary: 'Your server opened port 50000.' }],
      },
      { name: 'line', title: 'sends back a line', points: 4, difficulty: 6, mistakes: [silent] },
    ],
  },
  {
    id: 'http_serve2',
    title: 'a proper response',
    checks: [
      {
        ...{ name: 'status-line', title: 'begins its reply with a status line', points: 10 },
        difficulty: 30,
        mistakes: [lfOnly, noStatusLine],
      },
      {
        ...{ name: 'body', title: 'says how long the body is', points: 15, difficulty: 45 },
        mistakes: [inCharacters],
      },
      {
        ...{ name: 'date', title: 'says when it answered', points: 3, bonus: true, difficulty: 70 },
        mistakes: [{ code: 'missing-header', summary: 'The reply has no header Date.' }],
      },
    ],
  },
  {
    id: 'http_serve5',
    title: 'serves files, each with its type',
    checks: [
      {
        ...{ name: 'images', title: 'serves an image byte for byte', points: 20, difficulty: 55 },
        mistakes: [utf8Body, crashed],
      },
      {
        ...{ name: 'not-found', title: 'says 404 where there is no file', points: 20 },
        difficulty: 40,
        mistakes: [
          { code: 'wrong-status', summary: 'The status is 200. 404 was expected.' },
          crashed,
        ],
      },
      {
        ...{ name: 'stays-inside', title: 'shows nothing outside of web/', points: 10 },
        difficulty: 60,
        mistakes: [escaped],
      },
    ],
  },
  {
    id: 'athome',
    title: 'the finished server',
    checks: [
      {
        ...{ name: 'html-listing', title: 'lists a folder as a page of links', points: 10 },
        difficulty: 50,
        mistakes: [{ code: 'not-listed', summary: 'The page does not name sun.png.' }],
      },
      {
        ...{ name: 'time-page', title: 'tells the time at /time-page', points: 10, difficulty: 65 },
        mistakes: [{ code: 'stale-time', summary: 'The page told the same second twice.' }],
      },
    ],
  },
];
