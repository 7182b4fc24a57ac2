import type { Mutant } from '../../../../grader/lab/index.ts';

const STAGE = { stage: 'athome' };
const OWN = 'athome/web/what_i_did.txt';
const LIST = 'return okResponse(renderListing(target));';
const HREF = '<a href="/${href}">${escapeHtml(name)}</a>';
const TIME_PAGE = "if (path === '/time-page') return okResponse(renderTimePage(new Date()));";
const TIME = '<time datetime="${now.toISOString()}">${now.toUTCString()}</time>';
const SERVE = 'return okResponse(readFileSync(target), findMediaType(target));';
const RESOLVE = 'return resolveUri(uri);';

const LISTS = { ...STAGE, fails: ['html-listing'] };
const LINKS = { ...STAGE, fails: ['links-work'] };
const TIMES = { ...STAGE, fails: ['time-page'] };
const OWNS = { ...STAGE, fails: ['own-text-file'] };

export const athome: readonly Mutant[] = [
  {
    name: 'prints one port and binds another',
    ...STAGE,
    edit: [['listen(PORT,', 'listen(0,']],
    fails: ['listens-where-told'],
    code: 'wrong-port',
  },
  {
    name: 'says that its listings are plain text',
    ...LISTS,
    edit: [[LIST, 'return okResponse(renderListing(target), TEXT);']],
    code: 'wrong-header',
  },
  {
    name: 'lists in plain text',
    ...LISTS,
    edit: [[LIST, "return okResponse(readdirSync(target).join('\\n'));"]],
    code: 'not-html',
  },
  {
    name: 'lists without links',
    ...LISTS,
    edit: [[HREF, '${escapeHtml(name)}']],
    code: 'not-listed',
  },
  {
    name: 'links to names at the top alone',
    ...LISTS,
    edit: [["const href = path.split('/')", "const href = name.split('/')"]],
    code: 'not-listed',
  },
  {
    name: 'lists nothing',
    ...LISTS,
    edit: [["<ul>\\n${links.join('')}</ul>", '<ul></ul>']],
    code: 'not-listed',
  },
  {
    name: 'lists what it knows instead of what is there',
    ...LISTS,
    edit: [
      [
        'const entries = readdirSync(directory, { withFileTypes: true });',
        'const entries = readdirSync(directory, { withFileTypes: true }).filter((entry) => !/^[a-z]{8}/.test(entry.name));',
      ],
    ],
    code: 'not-listed',
  },
  {
    name: 'is killed by GET /',
    ...LISTS,
    edit: [[RESOLVE, "if (uri === '/') process.exit(1);\n    return resolveUri(uri);"]],
    code: 'crashed',
  },
  {
    name: 'answers GET / with a 404',
    ...LISTS,
    edit: [[RESOLVE, "if (uri === '/') return notFoundResponse();\n    return resolveUri(uri);"]],
    code: 'wrong-status',
  },
  {
    name: 'does not decode names, so that some links lead nowhere',
    ...LINKS,
    edit: [['return decodeURIComponent(path);', 'return path;']],
    code: 'broken-link',
  },
  {
    name: 'links to a folder above that is not there',
    ...LINKS,
    edit: [["parents.slice(0, -1).join('/')", "'web'"]],
    code: 'broken-link',
  },
  {
    name: 'damages the images that its links lead to',
    ...LINKS,
    edit: [[SERVE, "return okResponse(readFileSync(target, 'utf8'), findMediaType(target));"]],
    code: 'utf8-body',
  },
  {
    name: 'lists the top for a folder in a folder',
    ...LINKS,
    edit: [
      [
        'renderListing(target)',
        "renderListing(target.endsWith('weather') ? realpathSync(WEB_ROOT) : target)",
      ],
    ],
    code: 'not-listed',
  },
  { name: 'has no /time-page', ...TIMES, edit: [[TIME_PAGE, '']], code: 'wrong-status' },
  {
    name: 'is killed by /time-page',
    ...TIMES,
    edit: [[TIME_PAGE, "if (path === '/time-page') process.exit(1);"]],
    code: 'crashed',
  },
  {
    name: 'says that the time is plain text',
    ...TIMES,
    edit: [['renderTimePage(new Date()))', 'renderTimePage(new Date()), TEXT)']],
    code: 'wrong-header',
  },
  {
    name: 'tells the day and not the time',
    ...TIMES,
    edit: [[TIME, '${now.toDateString()}']],
    code: 'no-time',
  },
  {
    name: 'tells a time that is slow',
    ...TIMES,
    edit: [['new Date()))', 'new Date(Date.now() - 420_000)))']],
    code: 'wrong-time',
  },
  {
    name: 'tells the time of its start',
    ...TIMES,
    edit: [
      ['const MAX_IDLE_MS', 'const STARTED = new Date();\nconst MAX_IDLE_MS'],
      ['renderTimePage(new Date())', 'renderTimePage(STARTED)'],
    ],
    code: 'stale-time',
  },
  {
    name: 'tells the time of the first request',
    ...TIMES,
    edit: [
      ['const MAX_IDLE_MS', 'let first: Date | undefined;\nconst MAX_IDLE_MS'],
      ['renderTimePage(new Date())', 'renderTimePage((first ??= new Date()))'],
    ],
    code: 'stale-time',
  },
  {
    name: 'has no text file of its own',
    ...OWNS,
    files: { [OWN]: undefined },
    code: 'no-own-file',
  },
  {
    name: 'has a text file of its own with nothing in it',
    ...OWNS,
    files: { [OWN]: ' \n' },
    code: 'no-own-file',
  },
  {
    name: 'has a sample.txt changed by hand',
    ...OWNS,
    files: { [OWN]: undefined, 'athome/web/sample.txt': 'mine\n' },
    code: 'no-own-file',
  },
  {
    name: 'does not serve text files at the top',
    ...STAGE,
    edit: [[SERVE, `if (/web.[^/]*txt$/.test(target)) throw new NotFound(uri);\n  ${SERVE}`]],
    fails: ['links-work', 'own-text-file'],
    code: 'wrong-status',
    codes: { 'links-work': 'broken-link' },
  },
];
