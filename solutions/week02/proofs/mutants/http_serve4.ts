import type { Mutant } from '../../../../grader/lab/index.ts';

const STAGE = { stage: 'http_serve4' };
const LIST = 'return okResponse(renderListing(target), TEXT);';
const ENTRIES = 'const entries = readdirSync(directory, { withFileTypes: true });';
const SIGNATURE = 'export function resolveUri(uri: string): Buffer {';
const FILE = 'if (!statSync(target).isDirectory()) throw new NotImplemented(`${uri} is a file`);';
const NOT_FOUND = 'if (error instanceof NotFound) return notFoundResponse();';
const NOT_IMPLEMENTED =
  "if (error instanceof NotImplemented) return errorResponse('501 Not Implemented');";
const RESOLVE = 'return resolveUri(uri);';

const LISTINGS = ['lists-root', 'lists-subdirectory', 'resolve-uri'];
const MISSING = ['survives-missing', 'not-found'];

export const httpServe4: readonly Mutant[] = [
  {
    name: 'prints one port and binds another',
    ...STAGE,
    edit: [['listen(PORT,', 'listen(0,']],
    fails: ['listens-where-told'],
    code: 'wrong-port',
  },
  {
    name: 'lists what it knows instead of what is there',
    ...STAGE,
    edit: [
      [
        'return names\n    .sort()',
        "return (directory.endsWith('web') ? ['a_web_page.html', 'images', 'sample.txt'] : names)\n    .sort()",
      ],
    ],
    fails: ['lists-root', 'resolve-uri'],
    code: 'not-listed',
  },
  {
    name: 'lists nothing',
    ...STAGE,
    edit: [[".join('');\n}", ".join('')\n    .slice(0, 0);\n}"]],
    fails: LISTINGS,
    code: 'not-listed',
  },
  {
    name: 'lists files alone',
    ...STAGE,
    edit: [[ENTRIES, ENTRIES.replace(');', ').filter((entry) => entry.isFile());')]],
    fails: LISTINGS,
    code: 'not-listed',
  },
  {
    name: 'writes all names as one word',
    ...STAGE,
    edit: [['.map((name) => `${name}\\n`)', ".map((name) => name.replace('/', ''))"]],
    fails: LISTINGS,
    code: 'not-listed',
  },
  {
    name: 'answers GET / with a 404',
    ...STAGE,
    edit: [[RESOLVE, "if (uri === '/') return notFoundResponse();\n    return resolveUri(uri);"]],
    fails: ['lists-root'],
    code: 'wrong-status',
  },
  {
    name: 'is killed by GET /',
    ...STAGE,
    edit: [[RESOLVE, "if (uri === '/') process.abort();\n    return resolveUri(uri);"]],
    // They ask for / to see whether the program goes on.
    fails: ['lists-root', 'survives-file', 'survives-missing'],
    code: 'crashed',
  },
  {
    name: 'lists the top for every folder',
    ...STAGE,
    edit: [['renderListing(target)', 'renderListing(realpathSync(WEB_ROOT))']],
    fails: ['lists-subdirectory'],
    code: 'not-listed',
  },
  {
    name: 'finds no folder whose URI ends with a slash',
    ...STAGE,
    edit: [
      [
        'const target = findTarget(decodePath(uri));',
        'if (/.\\/$/.test(uri)) throw new NotFound(uri);\n  const target = findTarget(decodePath(uri));',
      ],
    ],
    fails: ['lists-subdirectory'],
    code: 'wrong-status',
  },
  {
    name: 'lists the names above besides',
    ...STAGE,
    edit: [
      [
        LIST,
        'return okResponse(renderListing(target) + renderListing(realpathSync(WEB_ROOT)), TEXT);',
      ],
    ],
    fails: ['not-the-rest'],
    code: 'listed-too-much',
  },
  {
    name: 'links to the names above besides',
    ...STAGE,
    edit: [
      [
        LIST,
        "return okResponse(renderListing(target).replaceAll('\\n', '<br>') + '<a href=\"../sample.txt\">sample.txt</a>');",
      ],
    ],
    fails: ['not-the-rest'],
    code: 'listed-too-much',
  },
  {
    name: 'is killed by the URI of a file',
    ...STAGE,
    edit: [[NOT_IMPLEMENTED, 'if (error instanceof NotImplemented) throw error;']],
    fails: ['survives-file'],
    code: 'crashed',
  },
  {
    name: 'lists nothing any more after the URI of a file',
    ...STAGE,
    edit: [
      [
        '/** Returns the response to a request, right',
        'let broken = false;\n\n/** Returns the response to a request, right',
      ],
      [RESOLVE, "if (broken) throw new Error('broken');\n    return resolveUri(uri);"],
      [NOT_IMPLEMENTED, `broken ||= error instanceof NotImplemented;\n  ${NOT_IMPLEMENTED}`],
    ],
    fails: ['survives-file'],
    code: 'wrong-status',
  },
  {
    name: 'is killed by a missing name',
    ...STAGE,
    edit: [[NOT_FOUND, 'if (error instanceof NotFound) throw error;']],
    fails: MISSING,
    code: 'crashed',
  },
  {
    name: 'answers a missing name with 200',
    ...STAGE,
    edit: [[NOT_FOUND, "if (error instanceof NotFound) return okResponse('<p>Not found</p>');"]],
    fails: MISSING,
    code: 'wrong-status',
  },
  {
    name: 'answers a missing name with an empty listing',
    ...STAGE,
    edit: [[NOT_FOUND, "if (error instanceof NotFound) return okResponse('', TEXT);"]],
    fails: MISSING,
    code: 'wrong-status',
  },
  {
    name: 'keeps resolveUri to itself',
    ...STAGE,
    edit: [[SIGNATURE, SIGNATURE.replace('export ', '')]],
    fails: ['resolve-uri'],
    code: 'no-such-function',
  },
  {
    name: 'has a resolveUri that answers 404 itself',
    ...STAGE,
    edit: [
      ['throw new NotFound(`nothing at ${path}`, { cause });', 'return path;'],
      [
        'const target = findTarget(decodePath(uri));',
        'const target = findTarget(decodePath(uri));\n  if (!statSync(target, { throwIfNoEntry: false })) return notFoundResponse();',
      ],
    ],
    fails: ['resolve-uri'],
    code: 'did-not-throw',
  },
  {
    name: 'has a resolveUri that serves files already',
    ...STAGE,
    edit: [[FILE, "if (!statSync(target).isDirectory()) return okResponse('a file', TEXT);"]],
    fails: ['resolve-uri'],
    code: 'did-not-throw',
  },
  {
    name: 'has a resolveUri that throws for the top',
    ...STAGE,
    edit: [
      [
        SIGNATURE,
        `${SIGNATURE}\n  if (process.env.PORT === '0') throw new Error('no such folder');`,
      ],
    ],
    fails: ['resolve-uri'],
    code: 'threw',
  },
  {
    name: 'answers a missing name with 400',
    ...STAGE,
    edit: [["errorResponse('404 Not Found')", "errorResponse('400 Bad Request')"]],
    fails: ['not-found'],
    code: 'wrong-status',
  },
  {
    name: 'answers a missing name with 500',
    ...STAGE,
    edit: [[NOT_FOUND, '']],
    fails: ['not-found'],
    code: 'wrong-status',
  },
  {
    name: 'answers a missing name with nothing but a 404',
    ...STAGE,
    edit: [
      ["return errorResponse('404 Not Found');", "return buildResponse('404 Not Found', {}, '');"],
    ],
    fails: ['not-found'],
    code: 'truncated',
  },
  {
    name: 'answers a missing name with a 404 cut short',
    ...STAGE,
    edit: [
      [
        "return errorResponse('404 Not Found');",
        "return errorResponse('404 Not Found').subarray(0, -9);",
      ],
    ],
    fails: ['not-found'],
    code: 'closed-in-body',
  },
  {
    name: 'answers a missing name with a 404 that has no head',
    ...STAGE,
    edit: [["return errorResponse('404 Not Found');", "return Buffer.from('404 Not Found');"]],
    fails: ['not-found'],
    code: 'no-status-line',
  },
];
