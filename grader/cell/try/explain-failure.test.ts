import { expect, it } from '@jest/globals';
import { explainFailure } from './explain-failure.ts';

const DENIED = 'bwrap: setting up uid map: Permission denied\n';

it.each([
  {
    of: 'Ubuntu 24.04, which denies them by AppArmor',
    words: DENIED,
    settings: [['kernel.apparmor_restrict_unprivileged_userns', '1']],
    says: 'sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0.',
  },
  {
    of: 'Ubuntu 24.04, where the network cannot be set up',
    words: 'bwrap: loopback: Failed RTM_NEWADDR: Operation not permitted\n',
    settings: [['kernel.apparmor_restrict_unprivileged_userns', '1']],
    says: 'sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0.',
  },
  {
    of: 'an old Debian',
    words: DENIED,
    settings: [['kernel.unprivileged_userns_clone', '0']],
    says: 'sudo sysctl -w kernel.unprivileged_userns_clone=1.',
  },
  {
    of: 'a container',
    words: 'bwrap: Creating new namespace failed: Operation not permitted\n',
    settings: [],
    says: '--security-opt seccomp=unconfined',
  },
  {
    of: 'a container whose /proc is masked',
    words: "bwrap: Can't mount proc on /newroot/proc: Operation not permitted\n",
    settings: [],
    says: '--security-opt systempaths=unconfined',
  },
  {
    of: 'an old bubblewrap',
    words: 'bwrap: Unknown option --disable-userns\n',
    settings: [],
    says: '0.8.0',
  },
  { of: 'anything else', words: 'bwrap: odd\n', settings: [], says: 'bwrap: odd' },
] as const)('names the way out of $of', ({ words, settings, says }) => {
  const sentence = explainFailure({ words, settings: new Map(settings) });
  expect(sentence).toContain(says);
  expect(sentence).not.toContain('\n');
});
