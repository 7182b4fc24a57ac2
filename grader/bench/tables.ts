import type { Comparison, Measured, Target } from './contenders.ts';
import { median } from './rounds.ts';

/** Renders what each contender cost: medians, and the range of the wall times. Not told is empty. */
export function renderCosts(measured: Measured): string {
  const rows = [...measured].map(([{ name }, costs]) => {
    const walls = costs.map(({ wallMs }) => wallMs);
    const cpus = costs.map(({ cpuMs }) => cpuMs);
    const range = `${whole(Math.min(...walls))} to ${whole(Math.max(...walls))}`;
    const machine = costs.flatMap(({ machineMs }) => machineMs ?? []);
    const memory = costs.flatMap(({ memoryMb }) => memoryMb ?? []);
    return [
      ...[name, whole(median(walls)), range, whole(median(cpus))],
      ...[machine, memory].map((each) => (each.length === 0 ? '' : whole(median(each)))),
    ];
  });
  return renderTable([
    ['median, ms', 'wall', 'range', 'CPU', "machine's CPU", 'memory, MB'],
    ...rows,
  ]);
}

/** Renders each comparison beside its target. A ratio is the median of those within each round. */
export function renderComparisons(comparisons: readonly Comparison[], measured: Measured): string {
  const rows = comparisons.map((comparison) => {
    const value = median(compare(comparison, measured));
    const { title, target } = comparison;
    const shown = value < 10 ? value.toFixed(2) : whole(value);
    if (!target) return [title, shown, '', ''];
    return [title, shown, describe(target), meets(value, target) ? 'ok' : 'MISSED'];
  });
  return renderTable([['comparison', 'value', 'target', ''], ...rows]);
}

function compare({ of, than, value }: Comparison, measured: Measured): number[] {
  const costs = measured.get(of) ?? [];
  const others = than && measured.get(than);
  return costs.map((cost, round) => value(cost, others?.[round]));
}

function meets(value: number, target: Target): boolean {
  return 'atMost' in target ? value <= target.atMost : value >= target.atLeast;
}

function describe(target: Target): string {
  return 'atMost' in target
    ? `at most ${String(target.atMost)}`
    : `at least ${String(target.atLeast)}`;
}

function whole(value: number): string {
  return value.toFixed(0);
}

/** The first column is words, the others are numbers. */
function renderTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('   ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}
