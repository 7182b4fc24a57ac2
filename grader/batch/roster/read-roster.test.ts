import { afterEach, describe, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { makeSubmission, type TestSubmission } from '../../testing/submission.ts';
import { readRoster } from './read-roster.ts';
import type { RosterEntry } from './roster-entry.ts';

let made: TestSubmission | undefined;
afterEach(() => made?.remove());

function read(content: string | Buffer, repoTemplate?: string): Promise<readonly RosterEntry[]> {
  made?.remove();
  made = makeSubmission({ 'roster.csv': content });
  return readRoster(join(made.folder, 'roster.csv'), { repoTemplate });
}

const ann = { id: 'ann', name: '', email: '', section: '' };

describe('a roster', () => {
  test('has all columns', async () => {
    const entries = await read(
      'id,name,email,section,repo,ref,path\nann,Ann Lee,ann@x.org,B2,https://github.com/ann/w,main,labs/week02\n',
    );
    expect(entries).toEqual([
      {
        student: { id: 'ann', name: 'Ann Lee', email: 'ann@x.org', section: 'B2' },
        kind: 'repository',
        repo: 'https://github.com/ann/w',
        ref: 'main',
        path: 'labs/week02',
        line: 2,
      },
    ]);
  });

  test('needs id and repo alone, in any order and case', async () => {
    expect(await read('REPO,Other,Id\nhttps://h/r,x,ann')).toEqual([
      { student: ann, kind: 'repository', repo: 'https://h/r', line: 2 },
    ]);
  });

  test('is read as spreadsheets write it: BOM, CRLF, quotes, empty rows and cells', async () => {
    const entries = await read(
      '\ufeffid,name,repo\r\nann,"Lee, ""Ann""\nB.",https://h/a\r\n,,\r\n\r\n ben , Ben ,https://h/b,,\r\n',
    );
    expect(entries.map(({ student, line }) => [student.id, student.name, line])).toEqual([
      ['ann', 'Lee, "Ann"\nB.', 2],
      ['ben', 'Ben', 6],
    ]);
  });

  test.each([';', '\t'])('may be parted by %j', async (mark) => {
    const entries = await read(`id${mark}name${mark}repo\nann${mark}Lee, Ann${mark}https://h/a\n`);
    expect(entries[0]?.student.name).toBe('Lee, Ann');
  });

  test('takes local paths from its own folder', async () => {
    const [first, second] = await read('id,repo\nann,forks/ann\nben,/srv/git/ben.git\n');
    expect(first?.repo).toBe(join(made?.folder ?? '', 'forks/ann'));
    expect(second?.repo).toBe('/srv/git/ben.git');
  });

  test('may name one repository twice, with another ref or path', async () => {
    const rows = 'a,https://h/r,one,\nb,https://h/r,two,\nc,https://h/r,,x\nd,https://h/r,,y\n';
    expect(await read(`id,repo,ref,path\n${rows}`)).toHaveLength(4);
  });

  test('gives the top folder an empty path', async () => {
    expect((await read('id,repo,path\nann,https://h/r,./\n'))[0]?.path).toBe('');
  });
});

describe('a roster of another tool', () => {
  const classroom =
    'identifier,github_username,github_id,name\n"ann@x.org","ann-gh","1",""\n"Ben B","ben-gh","2","Ben"\n';
  const classroom50 =
    'username,first_name,last_name,email,section,github_id\nann-gh,Ann,Lee,ann@x.org,B2,1\n';

  test('of GitHub Classroom is recognised', async () => {
    const template = 'https://github.com/org/week02-{github_username}';
    expect(await read(classroom, template)).toMatchObject([
      {
        student: { id: 'ann-gh', name: 'ann@x.org', email: 'ann@x.org' },
        repo: 'https://github.com/org/week02-ann-gh',
      },
      { student: { id: 'ben-gh', name: 'Ben', email: '' } },
    ]);
  });

  test('of Classroom 50 is recognised', async () => {
    expect(await read(classroom50, 'https://h/org/{username}')).toMatchObject([
      {
        student: { id: 'ann-gh', name: 'Ann Lee', email: 'ann@x.org', section: 'B2' },
        repo: 'https://h/org/ann-gh',
      },
    ]);
  });

  test('needs a template', async () => {
    await expect(read(classroom)).rejects.toThrow(
      "is a roster of GitHub Classroom, which names no repositories; say where they are by --repo-template 'https://github.com/ORG/LAB-{github_username}'.",
    );
  });

  test.each([
    ['https://h/org/week02', 'names no column; the columns of this roster are {id}, {name}.'],
    ['https://h/{login}', 'names {login}; the columns of this roster are {id}, {name}.'],
    ['https://h/{id', 'names no column'],
  ])('is refused with the template %s', async (template, reason) => {
    await expect(read('id,name\nann,Ann\n', template)).rejects.toThrow(reason);
  });

  test('is filled in percent-encoded in addresses, and never leads elsewhere in paths', async () => {
    const [entry] = await read('id,name\nann,Ann/Lee #1\n', 'https://h/o/{NAME}');
    expect(entry?.repo).toBe('https://h/o/Ann%2FLee%20%231');
    await expect(read('id,name\nann,..\n', '/srv/{name}')).rejects.toThrow(
      'line 2: name holds a path',
    );
    await expect(read('id,name\nann,\n', '/srv/{name}')).rejects.toThrow('line 2: name is empty');
  });

  test('keeps the repository of a row that names one', async () => {
    const [entry] = await read('id,repo\nann,https://h/mine\n', 'https://h/{id}');
    expect(entry?.repo).toBe('https://h/mine');
  });
});

describe('all that is wrong is named by line, at once', () => {
  test('in one error', async () => {
    const content = 'id,repo\n,https://h/1\n"a\nb",https://h/2\nann,https://h/3\nANN,http://h/4\n';
    await expect(read(content)).rejects.toMatchObject({ name: 'UsageError' });
    await expect(read(content)).rejects.toThrow(
      [
        'roster.csv has 4 faults; mend them and start again:',
        'line 2: the id is empty; give every student one.',
        'line 3: the id "a\\nb" holds white space or a character that is not shown, so it cannot name a file; choose another.',
        'line 6: the repo "http://h/4" uses http://; only https:// and local paths are taken.',
        'line 6: the id "ANN" is in line 5 already; ids name files, so upper and lower case are one.',
      ].join('\n  '),
    );
  });

  test('of which twenty are shown', async () => {
    const rows = Array.from({ length: 25 }, (_, n) => `-${String(n)},https://h/${String(n)}`);
    const error: unknown = await read(`id,repo\n${rows.join('\n')}`).catch(
      (thrown: unknown) => thrown,
    );
    expect(String(error).split('\n')).toHaveLength(22);
    expect(String(error)).toMatch(/line 21: .*\n {2}and 5 more\.$/);
  });

  test.each([
    ['../x', 'holds a slash'],
    ['a\\b', 'holds a slash'],
    ['.ssh', 'begins with a dot or a dash'],
    ['-rf', 'begins with a dot or a dash'],
    ['a b', 'holds white space'],
    ['a\u202eb', 'a character that is not shown'],
    ['a\u0000b', 'a character that is not shown'],
    ['aux', 'is the name of a device on Windows'],
    ['Com1.txt', 'is the name of a device on Windows'],
    ['a:b', 'holds one of'],
    ['a.', 'ends with a dot'],
    ['x'.repeat(101), 'is longer than 100 characters'],
  ])('the id %j', async (id, reason) => {
    await expect(read(`id,repo\n"${id}",https://h/r\n`)).rejects.toThrow(reason);
  });

  test.each(['ann', 'ann@x.org', 'ann.lee', '0042', 'Ünal', 'x'.repeat(100), 'console', '李雷'])(
    'but not the id %s',
    async (id) => {
      expect((await read(`id,repo\n${id},https://h/r\n`))[0]?.student.id).toBe(id);
    },
  );

  test.each([
    ['', 'the repo is empty'],
    ['http://h/r', 'uses http://'],
    ['ssh://git@h/r', 'uses ssh://'],
    ['file:///etc', 'uses file://'],
    ['git://h/r', 'uses git://'],
    ['ext::sh -c "id"', 'is an ssh address'],
    ['git@github.com:o/r.git', 'is an ssh address'],
    ['host:o/r', 'is an ssh address'],
    ['--upload-pack=id', 'begins with a dash'],
    ['https://ann:secret@h/r', 'holds a user name or a password'],
    ['https://token@h/r', 'holds a user name or a password'],
    ['https://h', 'names a host but no repository'],
    ['https:h/r', 'is no address'],
    ['https://h/r?x=1', 'goes on after ? or #'],
    ['https://h/a b', 'is no address'],
    ['https://h:99999/r', 'is no address'],
  ])('the repo %s', async (repo, reason) => {
    const row = `"${repo.replaceAll('"', '""')}"`;
    const error: unknown = await read(`id,repo\nann,${row}\n`).catch((thrown: unknown) => thrown);
    expect(String(error)).toContain(`roster.csv, line 2: the repo`);
    expect(String(error)).toContain(reason);
    expect(String(error)).not.toContain('secret');
  });

  test.each([
    ['-x', 'cannot name a branch'],
    ['a..b', 'cannot name a branch'],
    ['a b', 'cannot name a branch'],
    ['+a:b', 'cannot name a branch'],
  ])('the ref %s', async (ref, reason) => {
    await expect(read(`id,repo,ref\nann,https://h/r,${ref}\n`)).rejects.toThrow(reason);
  });

  test.each(['/etc', '../other', 'a/../../b'])('the path %s', async (path) => {
    await expect(read(`id,repo,path\nann,https://h/r,${path}\n`)).rejects.toThrow('leads out');
  });

  test.each(['a/.git/b', 'a/.GIT', '-a', 'a\\b'])('the path %s', async (path) => {
    await expect(read(`id,repo,path\nann,https://h/r,${path}\n`)).rejects.toThrow('the path');
  });

  test.each([
    ['https://github.com/O/R', 'https://github.com/o/r.git'],
    ['https://h/o/r', 'https://H/o/r/'],
    ['forks/ann', './forks/ann/'],
  ])('one repository written as %s and as %s', async (one, other) => {
    await expect(read(`id,repo\nann,${one}\nben,${other}\n`)).rejects.toThrow(
      'is in line 2 already; give one of them another ref or path.',
    );
  });

  test.each([
    ['', 'is empty'],
    ['id,repo\n', 'names no students'],
    ['name,repo\nAnn,https://h/r\n', 'has no column "id"'],
    ['id,name\nann,Ann\n', 'has no column "repo"'],
    ['id,repo,ID\nann,https://h/r,x\n', 'has two columns "id"'],
    ['id,repo\nann,https://h/r,Lee\n', 'line 2: it has 3 cells where the first line has 2'],
    ['id,repo\n"ann,https://h/r\n', 'a quoted cell does not end'],
    ['id,repo\nan"n",https://h/r\n', 'line 2: a quote stands within a cell'],
    [Buffer.from('id,repo\n\xe4,x', 'latin1'), 'is not in UTF-8'],
    [Buffer.from('\ufeffid,repo\n', 'utf16le'), 'is not in UTF-8'],
  ])('the file %j', async (content, reason) => {
    await expect(read(content)).rejects.toThrow(reason);
  });

  test('a file that is not there, or is a folder', async () => {
    made = makeSubmission({});
    await expect(readRoster(join(made.folder, 'none.csv'))).rejects.toThrow('no such file');
    await expect(readRoster(made.folder)).rejects.toThrow('it is a folder');
  });
});
