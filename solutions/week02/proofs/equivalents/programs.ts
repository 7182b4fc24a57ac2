import type { Equivalent } from '../../../../grader/lab/index.ts';
import {
  listProcess,
  ownListing,
  ownMessages,
  responsesInLab,
  responsesOfHttpServe2,
  serverOfHttpServe3,
} from './program-files.ts';

const ofCourse = [
  'echo_server',
  'http_serve1',
  'http_serve2',
  'http_serve3',
  'http_serve4',
  'http_serve5',
  'athome',
].map((stage): Equivalent => ({ name: 'in plain Python', stage, program: `python/${stage}.py` }));

const inPython: readonly Equivalent[] = [
  { name: 'in Python with select', stage: 'echo_server', program: 'python/echo_server_select.py' },
  {
    name: 'in the Python of the first years, laid flat',
    stage: 'http_serve1',
    program: 'python/http_serve1_first_year.py',
    at: 'http_serve1.py',
  },
  { name: 'as a daemon in Python', stage: 'http_serve1', program: 'python/http_serve1_daemon.py' },
  {
    name: 'in Python with a forked child for each client',
    stage: 'http_serve2',
    program: 'python/http_serve2_fork.py',
    forgoes: ['date'],
  },
  {
    name: 'in Python with data classes and match',
    stage: 'http_serve3',
    program: 'python/http_serve3_dataclass.py',
  },
  {
    name: 'in Python, flat in lab/, with an import of http_serve2 beside it',
    stage: 'http_serve3',
    program: 'python/http_serve3_of_http_serve2.py',
    at: 'lab/http_serve3.py',
    files: { 'lab/http_serve2.py': responsesInLab },
    forgoes: ['error-status'],
  },
  {
    name: 'in Python as an asyncio protocol',
    stage: 'http_serve4',
    program: 'python/http_serve4_protocol.py',
  },
  {
    name: 'in Python, importing http_serve3, which imports http_serve2',
    stage: 'http_serve4',
    program: 'python/http_serve4_of_http_serve3.py',
    files: {
      'http_serve3/http_serve3.py': serverOfHttpServe3,
      'http_serve2/http_serve2.py': responsesOfHttpServe2,
    },
  },
  {
    name: 'in Python with connections that are kept alive',
    stage: 'http_serve5',
    program: 'python/http_serve5_keep_alive.py',
  },
  {
    name: 'in Python with worker processes',
    stage: 'http_serve5',
    program: 'python/http_serve5_workers.py',
  },
  {
    name: 'in Python, flat in lab/, with whole addresses for links and an awkward name',
    stage: 'athome',
    program: 'python/athome_template.py',
    at: 'lab/athome.py',
    files: {
      'athome/web/what_i_did.txt': undefined,
      'athome/web/100% of Q&A #1, für alle.txt': 'All of it works.\n',
    },
  },
];

const inJavaScript: readonly Equivalent[] = [
  {
    name: 'in JavaScript with a pipeline',
    stage: 'http_serve1',
    program: 'javascript/http_serve1_pipeline.mjs',
  },
  {
    name: 'in JavaScript with prototypes',
    stage: 'http_serve2',
    program: 'javascript/http_serve2_prototype.cjs',
  },
  {
    name: 'in JavaScript with async iterators, called server.mjs',
    stage: 'http_serve3',
    program: 'javascript/http_serve3_for_await.mjs',
    at: 'http_serve3/server.mjs',
  },
  {
    name: 'in JavaScript with the server in a child process',
    stage: 'http_serve3',
    program: 'javascript/http_serve3_child.js',
  },
  {
    name: 'in JavaScript with callbacks',
    stage: 'http_serve4',
    program: 'javascript/http_serve4_callbacks.js',
  },
  {
    name: 'in JavaScript as a cluster',
    stage: 'http_serve5',
    program: 'javascript/http_serve5_cluster.mjs',
  },
  {
    name: 'in JavaScript with a thread for the disk',
    stage: 'http_serve5',
    program: 'javascript/http_serve5_threads.mjs',
  },
  {
    name: 'in JavaScript with tagged templates',
    stage: 'athome',
    program: 'javascript/athome_tagged.mjs',
  },
];

const inTypeScript: readonly Equivalent[] = [
  {
    name: 'in TypeScript with a namespace, import = and export =',
    stage: 'http_serve2',
    program: 'typescript/http_serve2_namespace.ts',
  },
  {
    name: 'in TypeScript with decorators and an accessor',
    stage: 'http_serve3',
    program: 'typescript/http_serve3_decorators.ts',
  },
  {
    name: 'in TypeScript with modules of its own',
    stage: 'http_serve4',
    program: 'typescript/http_serve4_modules.ts',
    files: {
      'http_serve4/lib/messages.ts': ownMessages,
      'http_serve4/lib/listing.ts': ownListing,
    },
  },
  {
    name: 'in TypeScript with await using',
    stage: 'http_serve5',
    program: 'typescript/http_serve5_using.ts',
  },
  {
    name: 'in TypeScript with a child process in a file of its own',
    stage: 'athome',
    program: 'typescript/athome_fork.ts',
    files: { 'athome/list.ts': listProcess },
  },
];

const executables: readonly Equivalent[] = [
  {
    name: 'as an executable in Perl, in lab/',
    stage: 'echo_server',
    program: 'executables/echo_server_perl',
    at: 'lab/echo_server',
  },
  {
    name: 'as an executable in bash',
    stage: 'http_serve1',
    program: 'executables/http_serve1_bash',
  },
  {
    name: 'as an executable for node',
    stage: 'http_serve2',
    program: 'executables/http_serve2_node',
  },
  {
    name: 'as an executable for Python, by env -S',
    stage: 'http_serve3',
    program: 'executables/http_serve3_env',
  },
  {
    name: 'as an executable in Perl',
    stage: 'http_serve5',
    program: 'executables/http_serve5_perl',
  },
  {
    name: 'as an executable in Perl with select, called server',
    stage: 'athome',
    program: 'executables/athome_perl',
    at: 'athome/server',
  },
];

const inShell: readonly Equivalent[] = [
  {
    name: 'in the shell, with Python from a heredoc',
    stage: 'echo_server',
    program: 'shell/echo_server.sh',
  },
  {
    name: 'in the shell, with node for the socket',
    stage: 'http_serve1',
    program: 'shell/http_serve1.sh',
  },
  {
    name: 'in the shell, started anew for each client',
    stage: 'http_serve5',
    program: 'shell/http_serve5.sh',
  },
];

/** Whole programs in other languages and styles, as different people would write them. */
export const programs: readonly Equivalent[] = [
  ...ofCourse,
  ...inPython,
  ...inJavaScript,
  ...inTypeScript,
  ...executables,
  ...inShell,
];
