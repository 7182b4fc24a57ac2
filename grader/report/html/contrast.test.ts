import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../../course/project.ts';

const STYLE = readFileSync(join(PROJECT, 'templates/page.css'), 'utf8');

/** The colours of the page: in the light, in the dark, and on paper, in this order. */
const PALETTES = [...STYLE.matchAll(/:root \{([^}]*)\}/g)].map(
  ([, body = '']) =>
    new Map([...body.matchAll(/--(\w+): (#[0-9a-f]{6});/g)].map(([, name, hex]) => [name, hex])),
);

/** What is written, and what it is written on. */
const TEXTS = [
  ...['paper', 'raised', 'warn'].map((ground) => ['ink', ground] as const),
  ...['muted', 'link', 'passed', 'failed'].flatMap((text) =>
    ['paper', 'raised'].map((ground) => [text, ground] as const),
  ),
  ['marked', 'mark'] as const,
];

test.each(['in the light', 'in the dark', 'on paper'])(
  'every text stands out from its ground as WCAG AA asks, %s',
  (where) => {
    const palette = PALETTES[['in the light', 'in the dark', 'on paper'].indexOf(where)];
    const poor = TEXTS.map(([text, ground]) => ({
      pair: `${text} on ${ground}`,
      contrast: compare(palette?.get(text) ?? '', palette?.get(ground) ?? ''),
    })).filter(({ contrast }) => !(contrast >= 4.5));
    expect(poor).toEqual([]);
  },
);

/** The contrast of two colours, from 1 to 21 (WCAG 2.2). */
function compare(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? NaN) + 0.7152 * (green ?? NaN) + 0.0722 * (blue ?? NaN);
}
