import { IN_TIME, type Fork } from './fork.ts';
import { solved } from './list-works.ts';
import { LAB, within } from './works.ts';

/** Forks that hold nothing to grade, or what may not be taken in. */
export function listRefused(): readonly Fork[] {
  const work = within(`labs/${LAB}`, solved('http_serve1'));
  const nothing = (commit: 'chosen' | 'none'): Fork['expected'] => ({ status: 'nothing', commit });
  const refused: Fork['expected'] = { status: 'refused', commit: 'chosen' };
  return [
    { id: 'empty', commits: [], expected: nothing('none') },
    {
      id: 'after-the-cut-off',
      commits: [{ at: '2026-10-20T10:00:00Z', files: work }],
      expected: nothing('none'),
    },
    {
      id: 'another-lab',
      commits: [{ at: IN_TIME, files: within('labs/week01', solved('http_serve1')) }],
      expected: nothing('chosen'),
    },
    { id: 'linked', commits: [], odd: 'link', expected: refused },
    { id: 'dashed', commits: [], odd: 'dash', expected: refused },
    { id: 'broken-lines', commits: [], odd: 'line-break', expected: refused },
    { id: 'nested', commits: [], odd: 'submodule', expected: refused },
    {
      id: 'in-two-languages',
      commits: [
        { at: IN_TIME, files: { ...work, [`labs/${LAB}/http_serve1/http_serve1.py`]: 'pass\n' } },
      ],
      expected: refused,
    },
  ];
}
