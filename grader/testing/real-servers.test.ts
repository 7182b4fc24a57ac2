import { afterEach, describe, expect, test } from '@jest/globals';
import { execa } from 'execa';
import getPort, { portNumbers } from 'get-port';
import { once } from 'node:events';
import { cpSync, chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { labFolder } from '../course/project.ts';
import { gradeJson, isInstalled } from './cli.ts';
import { makeSubmission, type TestSubmission } from './submission.ts';

// Servers that millions rely on must pass whatever they do as the assignment asks. Each is started
// by an executable script, as a submission, and once more by hand, for --url.

interface RealServer {
  readonly name: string;
  readonly command: string;
  /** Serves ./web on port $1. */
  readonly script: string;
  /** What fails, by its code, when the server is graded as http_serve5 and as athome. */
  readonly failures: readonly string[];
}

/** No server of the world has a page /time-page, and none brings a text file of a student's own. */
const BY_DESIGN = ['athome/time-page: wrong-status', 'athome/own-text-file: no-own-file'];

const SERVERS: readonly RealServer[] = [
  {
    name: 'python3 -m http.server',
    command: 'python3',
    script: 'exec python3 -m http.server "$1" --bind 127.0.0.1 --directory web',
    failures: BY_DESIGN,
  },
  {
    name: 'nginx with autoindex',
    command: 'nginx',
    script: `
mkdir -p "nginx-$1"
cat > "nginx-$1/nginx.conf" <<END
daemon off;
master_process off;
pid nginx.pid;
error_log error.log;
events { worker_connections 64; }
http {
  access_log off;
  client_body_temp_path body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
  types { text/html html; text/plain txt; image/jpeg jpg jpeg; image/png png; }
  server { listen 127.0.0.1:$1; root $PWD/web; autoindex on; }
}
END
exec nginx -p "$PWD/nginx-$1" -e error.log -c nginx.conf`,
    failures: BY_DESIGN,
  },
  {
    // It lists no folders by itself: GET / is a 404 unless there is an index.html or a CGI program.
    name: 'busybox httpd, which has no listings',
    command: 'busybox',
    script: 'exec busybox httpd -f -p "127.0.0.1:$1" -h web',
    failures: [
      'http_serve5/still-lists: wrong-status',
      'athome/html-listing: wrong-status',
      ...BY_DESIGN,
    ],
  },
];

let submission: TestSubmission | undefined;
afterEach(() => submission?.remove());

/** Makes a submission whose programs are the start script, with a copy of web/ of its own. */
function serveWith({ script }: RealServer): TestSubmission {
  submission = makeSubmission({});
  const { folder } = submission;
  const web = join(labFolder('week02'), 'web');
  cpSync(web, join(folder, 'web'), { recursive: true });
  cpSync(web, join(folder, 'athome/web'), { recursive: true });
  for (const stage of ['http_serve5', 'athome']) {
    const file = join(folder, stage, `${stage}.sh`);
    mkdirSync(join(folder, stage), { recursive: true });
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
  }
  return submission;
}

describe.each(SERVERS)('$name', (server) => {
  const installed = isInstalled(server.command);
  const testWhere = installed ? test : test.skip;
  const reason = installed ? '' : ` (skipped: ${server.command} is not installed)`;

  testWhere(`passes all that it does as the assignment asks${reason}`, async () => {
    const { folder } = serveWith(server);
    const graded = await gradeJson(['week02', 'http_serve5', 'athome', '--from', folder]);
    expect(graded.outcomesOf('failed')).toEqual(server.failures);
    expect(graded.outcomesOf('broken')).toEqual([]);
  });

  testWhere(`is judged alike where it already runs, by --url${reason}`, async () => {
    const { folder } = serveWith(server);
    const running = await startByHand(folder);
    try {
      const { outcomesOf } = await gradeJson([
        ...['week02', 'http_serve5', 'athome', '--url', running.url],
        ...['--web', join(folder, 'web')],
      ]);
      const own = 'athome/own-text-file: no-own-file';
      expect(outcomesOf('failed')).toEqual(
        server.failures.filter((each) => each !== own).concat(own),
      );
      expect(outcomesOf('broken')).toEqual([]);
      expect(outcomesOf('not-judged')).toEqual([
        'http_serve5/listens-where-told',
        'http_serve5/planted-file',
        'http_serve5/stays-inside',
        'http_serve5/decodes-names',
        'http_serve5/large-file',
        'athome/listens-where-told',
      ]);
    } finally {
      await running.stop();
    }
  });
});

/** Starts the server in the submission's folder and waits until it takes connections. */
async function startByHand(folder: string) {
  const port = await getPort({ port: portNumbers(17_000, 17_999) });
  const child = execa(join(folder, 'http_serve5/http_serve5.sh'), [String(port)], {
    cwd: folder,
    reject: false,
    stdio: 'ignore',
  });
  const isUp = async (): Promise<boolean> => {
    const socket = connect({ host: '127.0.0.1', port });
    try {
      await once(socket, 'connect');
      return true;
    } catch {
      return false;
    } finally {
      socket.destroy();
    }
  };
  for (const until = performance.now() + 10_000; !(await isUp());) {
    if (performance.now() > until) throw new Error(`${folder} does not listen`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    url: `http://127.0.0.1:${String(port)}`,
    stop: async () => {
      child.kill('SIGKILL');
      await child;
    },
  };
}
