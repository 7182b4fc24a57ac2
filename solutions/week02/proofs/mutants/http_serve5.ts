import type { DiagnosisCode, Edit, Mutant } from '../../../../grader/lab/index.ts';

const STAGE = { stage: 'http_serve5' };
const SERVE = 'return okResponse(readFileSync(target), findMediaType(target));';
const LIST = 'return okResponse(renderListing(target), TEXT);';
const OUTSIDE =
  'if (target !== root && !target.startsWith(root + sep)) throw new NotFound(`${path} is outside`);';
const NOT_FOUND = 'if (error instanceof NotFound) return notFoundResponse();';
const SEND = 'socket.end(respond(request));';
const DATA = "socket.on('data', receive);";
const IMAGES = ['jpeg', 'png', 'planted-file', 'large-file'];
const TEXTS = ['text', 'planted-file', 'decodes-names'];
const FILES = ['html', 'text', 'jpeg', 'png', 'planted-file', 'decodes-names', 'large-file'];

/** A mistake in how a file is read or sent. */
function inFiles(name: string, serve: string, failing: [readonly string[], DiagnosisCode]): Mutant {
  const [fails, code] = failing;
  return { name, ...STAGE, edit: [[SERVE, serve]], fails, code };
}

/** A mistake in a media type. */
function inType(name: string, edit: Edit, fails: readonly string[]): Mutant {
  return { name, ...STAGE, edit: [edit], fails, code: 'wrong-header' };
}

/** A way out of web/. */
function leak(name: string, edit: readonly Edit[]): Mutant {
  return { name, ...STAGE, edit, fails: ['stays-inside'], code: 'escaped-web-root' };
}

export const httpServe5: readonly Mutant[] = [
  {
    name: 'prints one port and binds another',
    ...STAGE,
    edit: [['listen(PORT,', 'listen(0,']],
    fails: ['listens-where-told'],
    code: 'wrong-port',
  },
  inType('says that HTML is plain text', ["['.html', HTML]", "['.html', TEXT]"], ['html']),
  inType('does not know .html', ["['.html', HTML],", ''], ['html']),
  inType('says that text is HTML', ["['.txt', TEXT]", "['.txt', HTML]"], ['text', 'planted-file']),
  inType('knows .jpeg but not .jpg', ["['.jpg', 'image/jpeg'],", ''], ['jpeg']),
  inType('says image/jpg', ["['.jpg', 'image/jpeg']", "['.jpg', 'image/jpg']"], ['jpeg']),
  inType('says that PNG is JPEG', ["'image/png'", "'image/jpeg'"], ['png', 'planted-file']),
  inFiles('says no type', "return buildResponse('200 OK', {}, readFileSync(target));", [
    ['html', 'text', 'jpeg', 'png', 'planted-file'],
    'missing-header',
  ]),
  inFiles('does not serve files', "return errorResponse('501 Not Implemented');", [
    FILES,
    'wrong-status',
  ]),
  inFiles('sends the name of a file', 'return okResponse(target, findMediaType(target));', [
    FILES,
    'body-differs',
  ]),
  inFiles('sends empty files', "return okResponse('', findMediaType(target));", [
    FILES,
    'truncated',
  ]),
  inFiles(
    'reads files as UTF-8',
    "return okResponse(readFileSync(target, 'utf8'), findMediaType(target));",
    [IMAGES, 'utf8-body'],
  ),
  inFiles(
    'reads files as Latin-1',
    "return okResponse(readFileSync(target, 'latin1'), findMediaType(target));",
    [IMAGES, 'latin1-body'],
  ),
  inFiles(
    'sends the first KiB of images',
    'const image = /(png|jpe?g)$/.test(target);\n  return okResponse(readFileSync(target).subarray(0, image ? 1024 : undefined), findMediaType(target));',
    [IMAGES, 'truncated'],
  ),
  inFiles(
    'changes the line ends of text',
    "const type = findMediaType(target);\n  return okResponse(type === TEXT ? readFileSync(target, 'utf8').replaceAll('\\n', '\\r\\n') : readFileSync(target), type);",
    [TEXTS, 'newline-translated'],
  ),
  inFiles(
    'sends sample.txt for every text',
    "const type = findMediaType(target);\n  return okResponse(readFileSync(type === TEXT ? join(WEB_ROOT, 'sample.txt') : target), type);",
    [['planted-file', 'decodes-names'], 'body-of-another-file'],
  ),
  {
    name: 'swaps content and type',
    ...STAGE,
    edit: [[SERVE, 'return okResponse(findMediaType(target), readFileSync(target).toString());']],
    fails: FILES,
    code: 'lf-only',
    codes: { jpeg: 'bad-header-line', png: 'bad-header-line', 'large-file': 'bad-header-line' },
  },
  inFiles(
    'serves the files that it knows',
    'if (!/(a_web_page|sample|birds|light|mountains|rain|sun)/.test(target)) throw new NotFound(uri);\n  return okResponse(readFileSync(target), findMediaType(target));',
    [['planted-file', 'decodes-names', 'large-file'], 'wrong-status'],
  ),
  {
    name: 'is killed by the URI of an image',
    ...STAGE,
    edit: [[SERVE, `if (/(png|jpe?g)$/.test(target)) process.exit(1);\n  ${SERVE}`]],
    fails: IMAGES,
    code: 'crashed',
  },
  {
    name: 'lists folders no longer',
    ...STAGE,
    edit: [[LIST, 'throw new NotFound(uri);']],
    fails: ['still-lists'],
    code: 'wrong-status',
  },
  {
    name: 'lists nothing',
    ...STAGE,
    edit: [[LIST, "return okResponse('', TEXT);"]],
    fails: ['still-lists'],
    code: 'not-listed',
  },
  {
    name: 'is killed by a missing name',
    ...STAGE,
    edit: [[NOT_FOUND, 'if (error instanceof NotFound) throw error;']],
    fails: ['still-lists', 'stays-inside'],
    code: 'crashed',
  },
  {
    name: 'answers a missing name with 200',
    ...STAGE,
    edit: [[NOT_FOUND, "if (error instanceof NotFound) return okResponse('<p>Not found</p>');"]],
    fails: ['still-lists'],
    code: 'wrong-status',
  },
  leak('goes wherever a path leads', [[OUTSIDE, '']]),
  leak('looks for .. before it decodes', [
    [OUTSIDE, ''],
    [
      'return decodeURIComponent(path);',
      "if (path.includes('..')) throw new NotFound(path);\n    return decodeURIComponent(path);",
    ],
  ]),
  leak('takes the first ../ out', [
    [OUTSIDE, ''],
    ['join(root, path)', "join(root, path.replace('../', ''))"],
  ]),
  leak('looks for .. at the start alone', [
    [OUTSIDE, ''],
    ['join(root, path)', "join(root, path.startsWith('/..') ? '/' : path)"],
  ]),
  leak('serves an absolute path as it is', [
    [OUTSIDE, ''],
    [
      'join(root, path)',
      "path.includes('..') ? root : path.startsWith('/tmp') ? path : join(root, path)",
    ],
  ]),
  {
    name: 'does not decode names',
    ...STAGE,
    edit: [['return decodeURIComponent(path);', 'return path;']],
    fails: ['decodes-names'],
    code: 'wrong-status',
  },
  {
    name: 'decodes %20 to a plus',
    ...STAGE,
    edit: [
      [
        'return decodeURIComponent(path);',
        "return decodeURIComponent(path.replaceAll('%20', '+'));",
      ],
    ],
    fails: ['decodes-names'],
    code: 'wrong-status',
  },
  {
    name: 'sends 64 KiB of a file and no more',
    ...STAGE,
    edit: [[SEND, 'socket.end(respond(request).subarray(0, 65536));']],
    fails: ['large-file'],
    code: 'closed-in-body',
  },
  {
    name: 'closes before everything is written',
    ...STAGE,
    edit: [[SEND, 'socket.write(respond(request));\n    socket.destroy();']],
    fails: ['large-file'],
    code: 'closed-in-body',
  },
  {
    name: 'serves one client at a time',
    ...STAGE,
    edit: [
      [
        '/** Reads one client',
        'let turn: Promise<unknown> = Promise.resolve();\n\n/** Reads one client',
      ],
      [
        DATA,
        `const before = turn;\n  turn = new Promise((resolve) => socket.once('close', resolve));\n  void before.then(() => ${DATA.replace(';', '')});`,
      ],
    ],
    fails: ['many-clients'],
    code: 'silent',
  },
  {
    name: 'is killed by a fifth client at once',
    ...STAGE,
    edit: [
      ['/** Reads one client', 'let clients = 0;\n\n/** Reads one client'],
      [
        DATA,
        `clients += 1;\n  if (clients > 4) process.exit(3);\n  socket.once('close', () => (clients -= 1));\n  ${DATA}`,
      ],
    ],
    fails: ['many-clients'],
    code: 'crashed',
  },
  {
    name: 'is killed when a client goes that said nothing',
    ...STAGE,
    edit: [[DATA, `${DATA}\n  socket.on('end', () => console.log(received[0]!.toFixed()));`]],
    fails: ['many-clients'],
    code: 'crashed',
  },
];
