import { afterEach, it, jest } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeCourse, type TestCourse } from '../testing/course.ts';
import { pageServer, RIGHT_PAGE } from '../testing/page-server.ts';
import { startLive, type TestLive } from '../testing/start-live.ts';

jest.setTimeout(120_000);

let course: TestCourse | undefined;
let watch: TestLive | undefined;

afterEach(async () => {
  await watch?.stop();
  course?.remove();
});

it('watches the files of the lab, and begins anew when its checks are changed', async () => {
  course = makeCourse();
  const { folder, write, edit } = course;
  write('labs/week02/http_serve1/http_serve1.ts', pageServer(RIGHT_PAGE));
  watch = startLive(['watch', 'week02', 'http_serve1'], { cwd: folder, project: folder });
  await watch.shows(/^watching labs\/week02: /m);
  const page = 'labs/week02/tiny_html.html';
  write(page, `${readFileSync(join(folder, page), 'utf8')}<!-- more -->`);
  await watch.shows(/http_serve1: no check has changed; 10\/10 points/);
  edit('labs/week02/http_serve1/checks.ts', 'points: 5,', 'points: 6,');
  await watch.shows(/what it checks in week02, has changed: begun anew\.\n/);
  await watch.shows(/^ {2}PASS {2}http_serve1 +11\/11/m);
  await watch.shows(/^watching labs\/week02: /m);
});

it('goes on with the checks as they were where those that are saved cannot be read', async () => {
  course = makeCourse();
  const { folder, write, edit } = course;
  const checks = 'labs/week02/http_serve1/checks.ts';
  write('labs/week02/http_serve1/http_serve1.ts', pageServer(RIGHT_PAGE));
  watch = startLive(['watch', 'week02', 'http_serve1'], { cwd: folder, project: folder });
  await watch.shows(/^watching labs\/week02: /m);
  edit(checks, 'points: 5,', 'points: = 6,');
  await watch.shows(
    /http_serve1\/checks\.ts:\d+:\d+: ERROR: Unexpected "="\nGoing on as before, until/,
  );
  await watch.shows(/^ {2}PASS {2}http_serve1 +10\/10/m);
  await watch.shows(/^watching labs\/week02: /m);
  edit(checks, 'points: = 6,', 'points: 6,');
  await watch.shows(/^ {2}PASS {2}http_serve1 +11\/11/m);
});
