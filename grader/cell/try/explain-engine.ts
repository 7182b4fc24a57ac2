import type { Engine } from './parse-engine.ts';

const OTHERWISE = 'or choose another --sandbox';

/** Says in one sentence why docker's client got no answer, and what to do. @param words what it said */
export function explainSilence(words: string, endpoint: string): string {
  if (/permission denied/i.test(words)) {
    return `you may not use docker's engine at ${endpoint}; run: sudo usermod -aG docker "$USER", and log in again, ${OTHERWISE}.`;
  }
  if (/cannot connect|is the docker daemon running|no such file|connection refused/i.test(words)) {
    return `no docker engine answers at ${endpoint}; run: sudo systemctl start docker, ${OTHERWISE}.`;
  }
  const said = words.trim().split('\n').at(-1) ?? '';
  return `docker's engine at ${endpoint} does not answer (it says: ${said}); mend that, ${OTHERWISE}.`;
}

/** Why an engine is of no use, in one sentence with the way out; undefined where it is. */
export function explainEngine(engine: Engine, endpoint: string): string | undefined {
  if (engine.system !== 'linux') {
    return `docker's engine at ${endpoint} runs containers of ${engine.system}; switch it to those of Linux, ${OTHERWISE}.`;
  }
  for (const kind of ['rootless', 'userns']) {
    if (!engine.protections.includes(kind)) continue;
    return `docker's engine at ${endpoint} gives containers other users than ours (${kind}), so work that is yours cannot be read in them; name another engine by DOCKER_HOST, ${OTHERWISE}.`;
  }
  if (!engine.protections.includes('seccomp')) {
    return `docker's engine at ${endpoint} filters no system calls; install one with seccomp, ${OTHERWISE}.`;
  }
  if (engine.limitless.length > 0) {
    return `docker's engine at ${endpoint} cannot limit ${engine.limitless.join(', ')}; turn on the control groups of this machine's kernel, ${OTHERWISE}.`;
  }
  return undefined;
}

/** Why an engine that is reached in this way is of no use; undefined where it may be. */
export function explainEndpoint(endpoint: string): string | undefined {
  if (endpoint.startsWith('unix://')) return undefined;
  return `docker's engine is at ${endpoint}, and cells need one on this machine, by a Unix socket; unset DOCKER_HOST, or run: docker context use default, ${OTHERWISE}.`;
}

/** @param folder of the Dockerfile */
export function explainMissingImage(image: string, folder: string): string {
  const node = `NODE=${process.versions.node}`;
  return `there is no image ${image}; run: docker build --tag ${image} --build-arg ${node} ${folder}, or name another by --image.`;
}
