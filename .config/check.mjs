// `npm run check`: all that can be said about the tree without starting a server. Every step runs,
// whatever failed before it, so that one call shows all there is to mend. A step that passes says
// one line; `npm run check types lint` runs those two alone.
import { execa } from 'execa';

const $ = execa({
  cwd: new URL('..', import.meta.url),
  preferLocal: true,
  reject: false,
  all: true,
  stdin: 'ignore',
  env: process.stdout.isTTY ? { FORCE_COLOR: '1' } : {},
});

const steps = {
  types: () => $`tsc`,
  lint: () => $`eslint . --config .config/eslint.config.mjs --max-warnings 0`,
  format: () =>
    $`prettier . --check --log-level warn --ignore-path .gitignore --ignore-path .config/prettierignore`,
  layers: () =>
    $`depcruise grader labs solutions --config .config/dependency-cruiser.config.mjs --output-type err-long`,
  'dead-code': () => $`knip --config .config/knip.json`,
  'starters-in-step': () => $`node grader/launch.mjs release --check`,
};

process.exitCode = (await check(process.argv.slice(2))) ? 0 : 1;

/** Runs the named steps, or all of them, two at a time; true when all of them passed. */
async function check(names) {
  const unknown = names.filter((name) => !Object.hasOwn(steps, name));
  if (unknown.length > 0) {
    console.error(
      `No such step: ${unknown.join(', ')}. There are ${Object.keys(steps).join(', ')}.`,
    );
    return false;
  }
  const waiting = names.length > 0 ? names : Object.keys(steps);
  const verdicts = [];
  const takeNext = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      verdicts.push(await runStep(name));
    }
  };
  await Promise.all([takeNext(), takeNext()]);
  return verdicts.every((passed) => passed);
}

/** Runs one step and prints it as one block: its verdict, and its output where it failed. */
async function runStep(name) {
  const { failed, all, shortMessage, durationMs } = await steps[name]();
  const seconds = (durationMs / 1000).toFixed(1);
  console.log(
    failed
      ? `== ${name}: FAILED after ${seconds}s\n${all || shortMessage}\n`
      : `== ${name}: passed in ${seconds}s`,
  );
  return !failed;
}
