import { randomPng, repeatedFile, type PlantedFile, type Random } from '../../grader/lab/index.ts';

/** Files that no program can know: a canned listing, or a canned page, does not hold them. */
export function plantFiles(random: Random) {
  const folder = random.word();
  return {
    text: { path: `web/${random.word()}.txt`, bytes: Buffer.from(random.text(4)) },
    spaced: {
      path: `web/${random.word()} ${random.word()}.txt`,
      bytes: Buffer.from(random.text(2)),
    },
    png: { path: `web/${folder}/${random.word()}.png`, bytes: randomPng(random) },
    nested: { path: `web/${folder}/${random.word()}.txt`, bytes: Buffer.from(random.text(3)) },
    // Beside web/, where nobody should ever see it.
    secret: { path: `${random.word()}.txt`, bytes: Buffer.from(random.text(1)) },
  } satisfies Record<string, PlantedFile>;
}

/** The same, and a file larger than any buffer between two programs. */
export function plantFilesAndALargeOne(random: Random) {
  // A block of a prime length, over and over: no buffer's size hides what is lost or comes twice. It
  // begins with what no text holds, so that a program which takes it for one goes wrong in one way.
  const block = Buffer.from(random.bytes(65_521)).fill(0, 0, 1);
  const large = repeatedFile(`web/${random.word()}.png`, block, 8 * 1024 * 1024);
  return { ...plantFiles(random), large };
}

/** The URI of a file below `web/`. */
export function uriOf({ path }: { readonly path: string }): string {
  return path
    .replace(/^web/, '')
    .split('/')
    .map((name) => encodeURIComponent(name))
    .join('/');
}
