/** What the benchmark prints. */
import type { Weighed } from './build.js';

/** One implementation: nanoseconds for a call, and bytes that a pending one keeps. */
export interface Row {
  readonly name: string;
  readonly concurrent: number;
  readonly sequential: number;
  readonly bytes: number;
}

const kinds = ['concurrent', 'sequential', 'bytes'] as const;

/** What is measured of each, by name. */
type Measured = Readonly<Record<string, string | number>> & {
  readonly name: string;
  readonly beside?: string;
};

/** Which of ours a row is compared with: the first, if it names no other. */
const besideOf = <R extends { readonly name: string; readonly beside?: string | undefined }>(
  { beside }: R,
  rows: readonly R[],
): R => rows.find(({ name }) => name === beside) ?? rows[0]!;
const measuredOf = (row: object): string[] =>
  Object.entries(row).flatMap(([kind, value]) => (typeof value === 'number' ? [kind] : []));

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map((row) => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join('  ')
      .trimEnd();
  return `${[head, ...rows].map(line).join('\n')}\n`;
}

/** Times, bytes, and ours divided by each. The first row is ours. */
export function timeTable(title: string, rows: readonly Row[]): string {
  const [ours] = rows as readonly [Row, ...Row[]];
  return table(
    [title, 'concurrent ns', 'ratio', 'sequential ns', 'ratio', 'bytes', 'ratio'],
    rows.map((row) => [
      row.name,
      ...kinds.flatMap((kind) => [
        row[kind].toFixed(0),
        row === ours ? '' : (ours[kind] / row[kind]).toFixed(2),
      ]),
    ]),
  );
}

/** Which guarantees each has, and for one that is faster than ours, which it lacks. */
export function guaranteeTable(
  guarantees: readonly string[],
  held: readonly (readonly string[])[],
  rows: readonly object[],
): string {
  const letters = guarantees.map((_, index) => String.fromCharCode(97 + index));
  const lines = (rows as readonly Measured[]).map((row, index) => {
    const ours = besideOf(row, rows as readonly Measured[]);
    const faster = measuredOf(row).filter((kind) => row[kind]! < ours[kind]!);
    const marks = guarantees.map((each) => (held[index]!.includes(each) ? 'x' : '-'));
    return [row.name, ...marks, faster.join(', ')];
  });
  const legend = guarantees.map((each, index) => `${letters[index]} ${each}`).join('; ');
  return `${table(['guarantees (x: tried, and it holds)', ...letters, 'less than ours'], lines)}${legend}\n`;
}

/** Where ours takes more than 1.1 times what the second row takes: the same by hand. */
export function tooMuch(title: string, [ours, byHand]: readonly Row[]): string[] {
  return kinds.flatMap((kind) => {
    const ratio = ours![kind] / byHand![kind];
    return ratio > 1.1 ? [`${title}, ${kind}: ${ratio.toFixed(2)}`] : [];
  });
}

/** Which peers guarantee all that ours does, and take less; by hand is not among them. */
export function ahead(
  title: string,
  held: readonly (readonly string[])[],
  rows: readonly (Row | DrainRow)[],
): string[] {
  const all = rows as readonly object[] as readonly Measured[];
  return all.flatMap((row, index) => {
    const isPeer = !/^(anyasync|by hand)/.test(row.name);
    const ours = besideOf(row, all);
    const guaranteed = held[all.indexOf(ours)]!;
    if (!isPeer || !guaranteed.every((each) => held[index]!.includes(each))) return [];
    const less = measuredOf(row).filter((kind) => row[kind]! < ours[kind]!);
    return less.map(
      (kind) => `${title}, ${row.name}, ${kind}: ${(Number(ours[kind]) / Number(row[kind])).toFixed(2)}`,
    );
  });
}

/** Sizes of what an application would bundle. */
export function sizeTable(weights: readonly Weighed[]): string {
  return table(
    ['bundled size', 'minified', 'and gzipped'],
    weights.map(({ title, minified, gzipped }) => [title, String(minified), String(gzipped)]),
  );
}

/** What one class costs: nanoseconds for an object and for a link of a chain, and bytes for a pending object. */
export interface ClassRow {
  readonly name: string;
  readonly once: number;
  readonly link: number;
  readonly bytes: number;
}

/** Each class, divided by the first. */
export function classTable(rows: readonly ClassRow[]): string {
  const [first] = rows as readonly [ClassRow, ...ClassRow[]];
  return table(
    ['classes', 'object ns', 'ratio', 'link ns', 'ratio', 'bytes', 'ratio'],
    rows.map((row) => [
      row.name,
      ...(['once', 'link', 'bytes'] as const).flatMap((kind) =>
        Number.isNaN(row[kind])
          ? ['-', '']
          : [row[kind].toFixed(0), row === first ? '' : (row[kind] / first[kind]).toFixed(2)],
      ),
    ]),
  );
}

/** What reading many items costs: milliseconds for all of them, and the bytes that are held when all are there. */
export interface DrainRow {
  readonly name: string;
  readonly beside: string | undefined;
  readonly milliseconds: number;
  readonly bytes: number;
}

/** Ours divided by each: the first row, or the one that does the same. */
export function drainTable(title: string, rows: readonly DrainRow[]): string {
  const ratio = (ours: number, theirs: number): string => (theirs === 0 ? '' : (ours / theirs).toFixed(2));
  return table(
    [title, 'ms', 'ratio', 'bytes held', 'ratio', 'ratio to'],
    rows.map((row) => {
      const ours = besideOf(row, rows);
      const { milliseconds, bytes } = row;
      return [
        row.name,
        milliseconds.toFixed(1),
        row === ours ? '' : ratio(ours.milliseconds, milliseconds),
        bytes.toFixed(0),
        row === ours ? '' : ratio(ours.bytes, bytes),
        ours === rows[0] ? '' : ours.name,
      ];
    }),
  );
}

/** NaN of none. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
