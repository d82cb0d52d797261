import { inspect } from 'node:util';

/** One line of the demo's table. */
export interface Row {
  readonly api: string;
  readonly styles: string;
  readonly call: string;
  readonly result: unknown;
  readonly ms: number;
}

/** Prints the rows as a table, in colour on a terminal and as plain text elsewhere. */
export function printTable(rows: readonly Row[]): void {
  const lines = [
    ['API', 'from -> to', 'call', 'result', 'ms'],
    ...rows.map(({ api, styles, call, result, ms }) => [api, styles, call, shown(result), ms.toFixed(1)]),
  ];
  const widths = (lines[0] as string[]).map((_, column) =>
    Math.max(...lines.map((line) => (line[column] as string).length)),
  );
  const colours = process.stdout.isTTY && process.env.NO_COLOR === undefined;
  for (const [index, line] of lines.entries()) {
    const text = line
      .map((cell, column) =>
        column === 4 ? cell.padStart(widths[4] as number) : cell.padEnd(widths[column] as number),
      )
      .join('  ');
    console.log(colours && index === 0 ? `\x1b[1m${text}\x1b[0m` : text.trimEnd());
    if (index === 0) console.log(widths.map((width) => '-'.repeat(width)).join('  '));
  }
}

function shown(result: unknown): string {
  const text =
    typeof result === 'string' ? result : inspect(result, { breakLength: Number.POSITIVE_INFINITY });
  const [line = ''] = text.split('\n');
  return line.length > 60 ? `${line.slice(0, 57)}...` : line;
}
