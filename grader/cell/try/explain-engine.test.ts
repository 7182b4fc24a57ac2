import { expect, it } from '@jest/globals';
import { explainEndpoint, explainEngine, explainSilence } from './explain-engine.ts';
import { parseEngine } from './parse-engine.ts';

const HERE = 'unix:///var/run/docker.sock';
const GOOD = {
  OSType: 'linux',
  SecurityOptions: ['name=apparmor', 'name=seccomp,profile=default', 'name=cgroupns'],
  MemoryLimit: true,
  PidsLimit: true,
  CPUSet: true,
};
const explain = (change: Readonly<Record<string, unknown>>) =>
  explainEngine(parseEngine(JSON.stringify({ ...GOOD, ...change })), HERE);

it('has nothing to say of an engine that will do', () => {
  expect(explain({})).toBeUndefined();
  expect(explainEndpoint(HERE)).toBeUndefined();
});

it.each([
  {
    change: { SecurityOptions: ['name=seccomp,profile=builtin', 'name=rootless'] },
    says: /\(rootless\).*DOCKER_HOST/,
  },
  {
    change: { SecurityOptions: ['name=seccomp', 'name=userns'] },
    says: /\(userns\).*DOCKER_HOST/,
  },
  { change: { SecurityOptions: null }, says: /filters no system calls/ },
  { change: { OSType: 'windows' }, says: /containers of windows/ },
  { change: { MemoryLimit: false, PidsLimit: false }, says: /cannot limit memory, processes/ },
])('says what is wrong with $change, and what to do', ({ change, says }) => {
  expect(explain(change)).toMatch(says);
});

it('says that an engine is on another machine', () => {
  expect(explainEndpoint('tcp://10.0.0.1:2376')).toMatch(/tcp:.*unset DOCKER_HOST/);
});

it.each([
  { words: 'permission denied while trying to connect', says: /usermod -aG docker/ },
  { words: 'Cannot connect to the Docker daemon at unix:///x.', says: /systemctl start docker/ },
  { words: 'error during connect:\nsomething new', says: /it says: something new/ },
])('tells why there is no answer: $words', ({ words, says }) => {
  expect(explainSilence(words, HERE)).toMatch(says);
});
