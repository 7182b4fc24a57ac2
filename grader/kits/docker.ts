import { kitText, NODE_MAJOR, type MakeKit } from './kit.ts';

/** An image that grades: its Dockerfile, and beside it what it may take from the course. */
export const makeDocker: MakeKit = (lab, { fill }) => {
  const folder = `labs/${lab.id}`;
  const name = `${lab.id}.Dockerfile`;
  const tag = `wiregrade/${lab.id}`;
  const needed = [
    ...['LICENSE', 'package.json', 'package-lock.json', 'grader', 'templates'],
    ...['*.ts', 'starters.json', '*/checks.ts', ...lab.assets].map((path) => `${folder}/${path}`),
  ];
  // Beside lab.ts a program may lie as well.
  const left = lab.stages.map(({ id }) => `${folder}/${id}.*`);
  return {
    files: [
      kitText(
        name,
        fill('kits/Dockerfile.ejs', { lab: lab.id, file: name, tag, node: NODE_MAJOR }),
      ),
      kitText(`${name}.dockerignore`, fill('kits/dockerignore.ejs', { lab: lab.id, needed, left })),
    ],
    name,
    next: [
      `docker build --file ${name} --tag ${tag} .`,
      `docker run --rm --network none --volume "$PWD/labs/${lab.id}:/work:ro" ${tag}`,
    ],
  };
};
