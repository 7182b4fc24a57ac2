import { kitText, NODE_MAJOR, type MakeKit } from './kit.ts';

/** An image that grades: its Dockerfile, and beside it what it may take from the course. */
export const makeDocker: MakeKit = (lab, { fill, out = `${lab.id}.Dockerfile` }) => {
  const folder = `labs/${lab.id}`;
  const tag = `wiregrade/${lab.id}`;
  const needed = [
    ...['LICENSE', 'package.json', 'package-lock.json', 'grader', 'templates'],
    ...['*.ts', 'starters.json', '*/checks.ts', ...lab.assets].map((path) => `${folder}/${path}`),
  ];
  // Beside lab.ts a program may lie as well.
  const left = lab.stages.map(({ id }) => `${folder}/${id}.*`);
  return {
    files: [
      kitText(out, fill('kits/Dockerfile.ejs', { lab: lab.id, file: out, tag, node: NODE_MAJOR })),
      kitText(`${out}.dockerignore`, fill('kits/dockerignore.ejs', { lab: lab.id, needed, left })),
    ],
    next: [
      `docker build --file ${out} --tag ${tag} .`,
      `docker run --rm --network none --volume "$PWD/labs/${lab.id}:/work:ro" ${tag}`,
    ],
  };
};
