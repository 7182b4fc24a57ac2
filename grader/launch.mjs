#!/usr/bin/env node
// Starts the grader without a build step. It runs a bundle of the sources, which is made anew
// whenever one of them has changed, and kept under node_modules/.cache.
import { createHash, randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import * as module from 'node:module';
import { homedir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const project = join(dirname(fileURLToPath(import.meta.url)), '..');
const UNWRITABLE = ['EACCES', 'EROFS', 'ENOSPC', 'EPERM'];
// What none of the grader is made of: most of its files.
const UNBUNDLED = new Set(['testing', 'bench']);
const SOURCE = /(?<!\.test|\.d)\.ts$/;
// What a lab is made of; not the students' programs, which change all the time.
const LAB_SOURCE = /^labs\/[^/]+\/(?:[^/]+|[^/]+\/checks)\.ts$/;

const PROOF_SOURCE = /^solutions\/[^/]+\/proofs\/(?!programs\/).*\.ts$/;

let bundle = await findBundle().catch(fail);
let exitCode = await run(bundle);
// By sources that have changed while they ran; by those before where what was saved cannot be bundled.
while (exitCode === 'again') {
  bundle = await findBundle().catch((error) => keepBefore(error, bundle));
  exitCode = await run(bundle);
}
process.exitCode = exitCode;
// Stopped by a signal: nothing that is still waited for matters any more.
if (exitCode > 128) process.exit();

/** Runs the command line of a bundle. */
async function run(bundle) {
  // Node 22 and newer keep compiled code as well.
  module.enableCompileCache?.(join(dirname(bundle), 'compiled'));
  const { runCli } = await import(pathToFileURL(join(bundle, 'cli.js')).href);
  return runCli(process.argv.slice(2));
}

/** What keeps the grader from being bundled is told without a stack: it is rarely its own fault. */
function fail(error) {
  const missing = error.code === 'ERR_MODULE_NOT_FOUND';
  const cause = missing ? 'its packages are not installed; run npm ci first.' : error.message;
  process.stderr.write(`wiregrade: ${cause}\n`);
  process.exit(missing ? 2 : 3);
}

/** Whoever changes checks while they are watched saves them half written now and then. */
function keepBefore(error, before) {
  process.stderr.write(
    `wiregrade: ${error.message}\nGoing on as before, until that is saved again.\n\n`,
  );
  return before;
}

function listAllSources() {
  return [
    ...listSources('grader', SOURCE),
    ...listSources('labs', LAB_SOURCE),
    // Many files, which one command alone reads.
    ...(process.argv[2] === 'verify' ? listSources('solutions', PROOF_SOURCE) : []),
  ];
}

function listSources(folder, pattern) {
  // Students have a course without solutions.
  if (!existsSync(join(project, folder))) return [];
  return readdirSync(join(project, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const name = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return UNBUNDLED.has(entry.name) ? [] : listSources(name, pattern);
      return pattern.test(name) ? [name] : [];
    })
    .sort();
}

async function findBundle() {
  const key = createHash('sha256').update(`${project} ${process.versions.node}`);
  for (const name of [...listAllSources(), 'package-lock.json', 'grader/launch.mjs']) {
    key.update(`\0${name}\0`).update(readFileSync(join(project, name)));
  }
  const name = key.digest('hex').slice(0, 20);
  const places = [
    join(project, 'node_modules/.cache/wiregrade'),
    join(homedir(), '.cache/wiregrade'),
  ];
  const made = places.map((place) => join(place, name)).find((place) => existsSync(place));
  if (made) markUsed(made);
  const bundle = made ?? (await buildWhere(places, name));
  if (!made) removeUnused(dirname(bundle));
  return bundle;
}

/** Builds into the first place that can be written. */
async function buildWhere([place, ...others], name) {
  const target = join(place, name);
  try {
    mkdirSync(place, { recursive: true });
    await build(target);
    return target;
  } catch (error) {
    if (others.length === 0 || !UNWRITABLE.includes(error.code)) throw error;
    return buildWhere(others, name);
  }
}

function markUsed(bundle) {
  try {
    utimesSync(bundle, new Date(), new Date());
  } catch (error) {
    if (!UNWRITABLE.includes(error.code)) throw error;
  }
}

/** A bundle that was started within a day may still be running, and load more of itself. */
function removeUnused(place) {
  for (const name of readdirSync(place)) {
    // Another grader may have removed it by now.
    const usedAt = statSync(join(place, name), { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    const unused = Date.now() - usedAt > 24 * 60 * 60 * 1000;
    if (unused) rmSync(join(place, name), { recursive: true, force: true });
  }
}

async function build(target) {
  const esbuild = await import('esbuild');
  const beside = `${target}.${randomBytes(4).toString('hex')}.tmp`;
  // By ourselves: an error of esbuild does not say that the place cannot be written.
  mkdirSync(beside);
  try {
    await esbuild.build({
      absWorkingDir: project,
      entryPoints: { cli: 'grader/cli.ts' },
      outdir: beside,
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      minifySyntax: true,
      minifyWhitespace: true,
      logLevel: 'warning',
      logOverride: { 'empty-glob': 'silent' },
      banner: {
        js: 'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);',
      },
      plugins: [keepSourceUrls(), leaveNativeAddon()],
    });
    renameSync(beside, target);
  } catch (error) {
    rmSync(beside, { recursive: true, force: true });
    // Another grader made the same bundle at the same moment.
    if (!existsSync(target)) throw error;
  }
}

/** A native addon stays where it is, wherever the bundle is kept. */
function leaveNativeAddon() {
  return {
    name: 'leave-native-addon',
    setup: ({ onResolve }) => {
      onResolve({ filter: /^oxc-transform$/ }, ({ path }) => {
        return { path: import.meta.resolve(path), external: true };
      });
    },
  };
}

/** Lets a source that finds a file beside itself find it from within the bundle as well. */
function keepSourceUrls() {
  return {
    name: 'keep-source-urls',
    setup: ({ onLoad }) => {
      // Students, and those who grade elsewhere, have a course without.
      const solutions = pathToFileURL(`${join(project, 'solutions')}/`);
      const lacksSolutions = !existsSync(solutions);
      onLoad({ filter: /[\\/]grader[\\/].*\.ts$/ }, ({ path }) => {
        if (relative(project, path).startsWith('node_modules')) return undefined;
        const url = JSON.stringify(pathToFileURL(path).href);
        const source = readFileSync(path, 'utf8').replaceAll('import.meta.url', url);
        // A pattern that begins so is left alone: there is no folder to look for its files in.
        const contents = lacksSolutions
          ? source.replaceAll('import(`../../solutions/', () => `import(\`${solutions.href}`)
          : source;
        return { contents, loader: 'ts' };
      });
    },
  };
}
