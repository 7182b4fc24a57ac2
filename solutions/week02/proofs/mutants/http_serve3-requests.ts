import type { Mutant } from '../../../../grader/lab/index.ts';

const STAGE = { stage: 'http_serve3' };
const SIGNATURE = 'export function parseRequest(request: string): string {';
const CATCH = 'if (error instanceof ClientError) return clientErrorResponse(error.status);';
const SEND = 'socket.end(respond(request));';
const METHOD = "if (method !== 'GET') throw new ClientError('405 Method Not Allowed');";
const REFUSE = "if (uri === undefined) throw new ClientError('400 Bad Request');";

const STATUS = { ...STAGE, fails: ['error-status'] };
const REJECTS = { ...STAGE, fails: ['rejects-bad-requests'] };
const PARSES = { ...STAGE, fails: ['parse-request'] };

/** How week02's programs go wrong in what they make of a request's first line. */
export const httpServe3Requests: readonly Mutant[] = [
  {
    name: 'returns the whole request line',
    ...PARSES,
    edit: [['  return uri;\n', '  return line;\n']],
    code: 'wrong-return',
  },
  {
    name: 'returns all three words',
    ...PARSES,
    edit: [['  return uri;\n', "  return line.split(' ');\n"]],
    code: 'wrong-return',
  },
  {
    name: 'throws for a request without User-Agent',
    ...PARSES,
    edit: [
      [
        REFUSE,
        `if (line.includes('GET /') && !request.includes('User-Agent')) throw new Error('no browser');\n  ${REFUSE}`,
      ],
    ],
    code: 'threw',
  },
  {
    name: 'loops for ever over a request without User-Agent',
    ...PARSES,
    edit: [
      [
        REFUSE,
        `while (/\\.html HTTP/.test(line) && !request.includes('User-Agent')) continue;\n  ${REFUSE}`,
      ],
    ],
    code: 'never-returned',
  },
  {
    name: 'keeps parseRequest to itself',
    ...STAGE,
    edit: [[SIGNATURE, SIGNATURE.replace('export ', '')]],
    fails: ['parse-request', 'rejects-bad-requests'],
    code: 'no-such-function',
  },
  {
    name: 'takes any protocol for HTTP',
    ...REJECTS,
    edit: [[' HTTP\\/1', ' \\w+\\/1']],
    code: 'did-not-throw',
  },
  {
    name: 'looks for HTTP in the line alone, so that POST gets the page',
    ...STAGE,
    edit: [
      [
        METHOD,
        "if (!('GET' && line.includes('HTTP'))) throw new ClientError('405 Method Not Allowed');",
      ],
    ],
    fails: ['rejects-bad-requests', 'error-status'],
    code: 'did-not-throw',
    codes: { 'error-status': 'wrong-status' },
  },
  {
    name: 'answers POST with 400',
    ...STATUS,
    edit: [["ClientError('405 Method Not Allowed');", "ClientError('400 Bad Request');"]],
    code: 'wrong-status',
  },
  {
    name: 'answers garbage with the page',
    ...STATUS,
    edit: [
      [
        CATCH,
        `if (error instanceof ClientError && error.status.startsWith('400')) return okResponse(readFileSync(PAGE));\n    ${CATCH}`,
      ],
    ],
    code: 'wrong-status',
  },
  {
    name: 'closes the connection on garbage',
    ...STATUS,
    edit: [
      [
        SEND,
        "if (!REQUEST_LINE.test(request.split('\\r\\n')[0]!)) socket.destroy();\n    else socket.end(respond(request));",
      ],
    ],
    code: 'closed-empty',
  },
  {
    name: 'answers errors without a head',
    ...STATUS,
    edit: [
      [
        "return errorResponse(status, status === '405 Method Not Allowed' ? { Allow: 'GET' } : {});",
        'return Buffer.from(status);',
      ],
    ],
    code: 'no-status-line',
  },
];
