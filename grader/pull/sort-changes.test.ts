import { expect, test } from '@jest/globals';
import { loadLab } from '../course/load-lab.ts';
import { listCourseFiles } from './course-files.ts';
import { sortChanges, type SortedChanges } from './sort-changes.ts';

async function sort(...paths: readonly string[]): Promise<SortedChanges> {
  const courseFiles = listCourseFiles(await loadLab('week02'));
  return sortChanges(paths, [{ id: 'week02', courseFiles }]);
}

test.each([
  'labs/week02/http_serve2/http_serve2.ts',
  'labs/week02/http_serve2/http_serve2.py',
  'labs/week02/http_serve3.js',
  'labs/week02/http_serve4/parse.ts',
  'labs/week02/athome/web/me.png',
  'labs/week02/lab',
  'labs/week02',
])("%s is a student's work", async (path) => {
  expect(await sort(path)).toEqual({ touched: ['week02'], ignored: { paths: [], more: 0 } });
});

test.each([
  'labs/week02/lab.ts',
  'labs/week02/planted.ts',
  'labs/week02/starters.json',
  'labs/week02/README.md',
  'labs/week02/http_serve2/README.md',
  'labs/week02/http_serve2/checks.ts',
  'labs/week02/tiny_html.html',
  'labs/week02/web/images/weather/sun.png',
  'labs/week02/athome/web/images/weather/sun.png',
  'labs/week022/http_serve2.ts',
  'labs/week03/lab.ts',
  'LABS/week02/http_serve2.ts',
  'labs',
  'solutions/week02/athome/athome.ts',
  '.github/workflows/grade.yml',
])('%s is not, and has no effect', async (path) => {
  expect(await sort(path)).toEqual({ touched: [], ignored: { paths: [path], more: 0 } });
});

test('names so many, and counts the rest', async () => {
  const { ignored } = await sort(...Array.from({ length: 60 }, (_, n) => `grader/${String(n)}`));
  expect(ignored).toMatchObject({ more: 10 });
  expect(ignored.paths).toHaveLength(50);
});
